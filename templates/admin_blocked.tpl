{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Blocked deletions</h1><p class="muted">Clusters whose destroy failed and is not over: what still exists, what blocks it, what to do.</p></div>
<p class="actions"><a class="button" href="/admin/orphans">Orphans</a></p></div>
<div id="blocked-list" data-live>
{{#DELETION}}{{>PANEL}}{{/DELETION}}
{{#NONE}}<div class="card empty"><p><strong>No deletion is blocked.</strong></p><p>A destroy that fails is listed here from its first failure on.</p></div>{{/NONE}}
{{#MORE}}<p class="muted">Only the {{NUMBER}} that are blocked longest are shown.</p>{{/MORE}}
</div>
