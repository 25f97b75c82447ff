{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Blocked deletions</h1><p class="muted">Clusters whose destroy failed and is not over: what still exists, what blocks it, what to do.</p></div>
<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/admin/orphans">Orphans</a></p></div>
<div id="blocked-list">
{{#DELETION}}{{>PANEL}}{{/DELETION}}
{{#NONE}}<div class="pf-v6-c-card"><div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">No deletion is blocked.</h2><div class="pf-v6-c-empty-state__body">A destroy that fails is listed here from its first failure on.</div></div></div></div>{{/NONE}}
{{#MORE}}<p class="muted">Only the {{NUMBER}} that are blocked longest are shown.</p>{{/MORE}}
</div>
