{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/catalog">Catalog</a></p>
<div class="head"><div><h1>Order by file</h1><p class="muted">A cluster.yaml fills in the order form. You see price and policy there before anything is ordered.</p></div></div>
{{>ERRORS}}
<form method="post" action="/requests/import" class="card" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CREATES}}</p>
{{>PROFILE}}
<div class="field" hidden><label for="pick">Take it from your computer</label><input type="file" id="pick" accept=".yaml,.yml" data-into="file"></div>
<div class="tall">{{>FILE}}</div>
<p class="actions"><button class="button first">Fill in the order form</button></p>
</form>
<p class="small muted">Every cluster’s page has its file to download. What a file may say is in its schema, <code>conf/schemas/cluster.schema.json</code>; <code>clusterdesk-worker validate</code> checks one without a desk.</p>
