{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Audit</h1><p class="muted">Who did what, newest first. Each row is chained to the one before by its hash; none can be changed or removed.</p></div>
<p class="actions"><a class="button" href="/audit?verify=yes">Check the chain</a></p></div>
{{#CHAIN}}<div class="box {{TONE}}" role="status"><h2>{{TITLE}}</h2><p>{{TEXT}}</p><p class="small break">Newest hash: <code>{{HASH}}</code></p></div>{{/CHAIN}}
<form class="card" method="get" action="/audit" role="search" aria-label="Audit">
<div class="filters">
<div class="field"><label for="actor">Who</label><input id="actor" name="actor" value="{{ACTOR}}" autocomplete="off"></div>
<div class="field"><label for="action">What</label><input id="action" name="action" value="{{ACTION}}" autocomplete="off" aria-describedby="action-hint"></div>
<div class="field"><label for="target">On</label><input id="target" name="target" value="{{TARGET}}" autocomplete="off"></div>
<p class="actions"><button class="button">Show</button>{{#FILTERED}} <a href="/audit">Clear</a>{{/FILTERED}}</p>
</div>
<p class="small muted" id="action-hint">For example “cluster.destroy”, or “cluster” for everything done to clusters. “On” is an id.</p>
</form>
<div class="card table-card">
{{#HAVE}}
<div class="scroll"><table class="stack">
<caption class="unseen">Audit events</caption>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">On</th><th scope="col">Team</th><th scope="col">From</th><th scope="col">Details</th></tr></thead>
<tbody>
{{#EVENT}}<tr id="event-{{ID}}"><td data-label="When">{{>AT}}</td><th scope="row">{{WHO}}</th><td data-label="What"><code>{{WHAT}}</code></td><td data-label="On" class="break small">{{#LINKED}}<a href="{{HREF}}">{{TARGET_ID}}</a>{{/LINKED}}{{#PLAIN}}{{TARGET_ID}}{{/PLAIN}}</td><td data-label="Team">{{TEAM}}</td><td data-label="From" class="small">{{ADDRESS}}</td><td>{{#DETAILS}}<details><summary class="small">Change<span class="unseen"> of event {{ID}}</span></summary><pre>{{TEXT:p}}</pre></details>{{/DETAILS}}</td></tr>
{{/EVENT}}
</tbody></table></div>
{{/HAVE}}
{{#NONE}}<div class="empty"><p><strong>No event matches.</strong></p><p>Take a filter away.</p></div>{{/NONE}}
</div>
{{#MORE}}<p class="actions"><a class="button" href="{{HREF}}" rel="next">Older events</a></p>{{/MORE}}
