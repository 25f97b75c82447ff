{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/clusters">Clusters</a></li></ol></nav>
<div class="head">
<div><h1>{{NAME}}</h1><p class="muted">{{PROFILE}} · {{VERSION}} · {{REGION}} · {{OWNER}}, team {{TEAM}}</p></div>
<p id="state" role="status">{{>STATE}}</p>
</div>
<nav class="pf-v6-c-tabs" aria-label="Cluster">
<ul class="pf-v6-c-tabs__list">
{{#TAB}}<li class="pf-v6-c-tabs__item{{#CURRENT}} pf-m-current{{/CURRENT}}"><a class="pf-v6-c-tabs__link" href="/clusters/{{ID:u}}{{PART}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{TEXT}}</a></li>{{/TAB}}
</ul>
</nav>
{{#DEMO}}<p class="small muted no-print">{{PACE}}</p>{{/DEMO}}
