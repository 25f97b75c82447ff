{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/catalog">Catalog</a></li></ol></nav>
<div class="head"><div><h1>Order by file</h1><p class="muted">A cluster.yaml fills in the order form. You see price and policy there before anything is ordered.</p></div></div>
{{>ERRORS}}
<form method="post" action="/requests/import" class="pf-v6-c-card" novalidate aria-label="Order by file">
<div class="pf-v6-c-card__body pf-v6-c-form">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CREATES}}</p>
{{>PROFILE}}
<div class="field needs-script"><label for="pick">Take it from your computer</label><input type="file" id="pick" accept=".yaml,.yml" data-into="file"></div>
<div class="tall">{{>FILE}}</div>
<p class="actions"><button class="pf-v6-c-button pf-m-primary">Fill in the order form</button></p>
</div>
</form>
<p class="small muted">Every cluster’s page has its file to download. What a file may say is in its schema, <code>conf/schemas/cluster.schema.json</code>; <code>clusterdesk-worker validate</code> checks one without a desk.</p>
