{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Audit</h1><p class="muted">Who did what, newest first. Each row is chained to the one before by its hash; none can be changed or removed.</p></div>
<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/audit?verify=yes">Check the chain</a> <a class="pf-v6-c-button pf-m-secondary" href="{{CSV}}" download>Download as CSV</a></p></div>
{{#CHAIN}}<div class="pf-v6-c-alert pf-m-inline {{TONE}}" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></div>
<h2 class="pf-v6-c-alert__title">{{TITLE}}</h2>
<div class="pf-v6-c-alert__description"><p>{{TEXT}}</p><p class="small break">Checked {{>CHECKED}}<br>Last hash that fits: <code>{{HASH}}</code></p></div>
</div>{{/CHAIN}}
<form class="pf-v6-c-card" method="get" action="/audit" role="search" aria-label="Audit"><div class="pf-v6-c-card__body">
<div class="filters">
<div class="field"><label for="actor">Who</label><span class="pf-v6-c-form-control"><input id="actor" name="actor" value="{{ACTOR}}" autocomplete="off"></span></div>
<div class="field"><label for="action">What</label><span class="pf-v6-c-form-control"><input id="action" name="action" value="{{ACTION}}" autocomplete="off" aria-describedby="action-hint"></span></div>
<div class="field"><label for="target">On</label><span class="pf-v6-c-form-control"><input id="target" name="target" value="{{TARGET}}" autocomplete="off"></span></div>
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Show</button>{{#FILTERED}} <a href="/audit">Clear</a>{{/FILTERED}}</p>
</div>
<p class="small muted" id="action-hint">For example “cluster.destroy”, or “cluster” for everything done to clusters. “On” is an id.</p>
</div>
</form>
<div class="pf-v6-c-card">
{{#HAVE}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Audit events</caption>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">On, team</th><th scope="col">From</th><th scope="col">Details</th></tr></thead>
<tbody>
{{#EVENT}}<tr id="event-{{ID}}"><td>{{>AT}}</td><th scope="row">{{WHO}}</th><td data-label="What"><code>{{WHAT}}</code></td><td class="break small">{{#LINKED}}<a href="{{HREF}}">{{TARGET_ID}}</a>{{/LINKED}}{{#PLAIN}}{{TARGET_ID}}{{/PLAIN}} <small>{{TEAM}}</small></td><td data-label="From" class="small">{{ADDRESS}}</td><td>{{#DETAILS}}<details><summary class="small">Change<span class="unseen"> of event {{ID}}</span></summary><pre>{{TEXT:p}}</pre></details>{{/DETAILS}}</td></tr>
{{/EVENT}}
</tbody></table></div>
{{/HAVE}}
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">No event matches.</h2><div class="pf-v6-c-empty-state__body">Take a filter away.</div></div></div>{{/NONE}}
</div>
{{#MORE}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="next">Older events</a></p>{{/MORE}}
