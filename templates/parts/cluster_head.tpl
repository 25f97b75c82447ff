{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/clusters">Clusters</a></p>
<div class="head">
<div><h1>{{NAME}}</h1><p class="muted">{{PROFILE}} · {{VERSION}} · {{REGION}} · {{OWNER}}, team {{TEAM}}</p></div>
<p id="state" data-live>{{>STATE}}</p>
</div>
<nav aria-label="Cluster">
<ul class="tabs">
{{#TAB}}<li><a href="/clusters/{{ID:u}}{{PART}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{TEXT}}</a></li>{{/TAB}}
</ul>
</nav>
{{#DEMO}}<p class="small muted no-print">{{PACE}}</p>{{/DEMO}}
