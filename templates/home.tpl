{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Hello, {{NAME}}</h1><p class="muted">Your clusters, what waits for you, and how the desk is doing.</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="button first" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}
</div>
<div class="tiles" id="counts" data-live>
{{#TILE}}
<a class="card" href="{{HREF}}"><strong>{{NUMBER}}</strong> {{TEXT}}</a>
{{/TILE}}
</div>
<div class="columns">
<div>
<section class="card table-card" id="mine" data-live aria-labelledby="mine-title">
<div class="scroll">
<table class="stack">
<caption><h2 id="mine-title">My clusters</h2></caption>
{{#HAVE_CLUSTERS}}
<thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Ends</th><th scope="col" class="number">Cost</th></tr></thead>
{{/HAVE_CLUSTERS}}
<tbody>
{{#CLUSTER}}
<tr>
<th scope="row"><a href="/clusters/{{ID:u}}">{{NAME}}</a> <small>{{PROFILE}}</small></th>
<td data-label="State">{{>STATE}}</td>
<td data-label="Ends">{{>ENDS}}</td>
<td data-label="Cost" class="number">{{RATE}}</td>
</tr>
{{/CLUSTER}}
</tbody>
</table>
</div>
{{#NO_CLUSTERS}}
<div class="empty"><p><strong>You have no clusters.</strong></p><p>Pick a profile, say for how long, and the desk does the rest.</p>{{#MAY_ORDER}}<p><a class="button first" href="/catalog">Open the catalog</a></p>{{/MAY_ORDER}}</div>
{{/NO_CLUSTERS}}
</section>
</div>
<div>
<section class="card" id="needs" data-live aria-labelledby="needs-title">
<h2 id="needs-title">Needs you</h2>
{{#NEED}}
<p><a href="{{HREF}}">{{TEXT}}</a>{{#DETAIL}}<br><span class="muted small">{{WORDS}}</span>{{/DETAIL}}</p>
{{/NEED}}
{{#NO_NEEDS}}<p class="muted">Nothing waits for you.</p>{{/NO_NEEDS}}
</section>
<section class="card" id="soon" data-live aria-labelledby="soon-title">
<h2 id="soon-title">Ends soon</h2>
{{#SOON}}
<p><a href="/clusters/{{ID:u}}">{{NAME}}</a> ends {{>ENDS}}</p>
{{/SOON}}
{{#NONE_SOON}}<p class="muted">No cluster ends within the next {{HORIZON}}.</p>{{/NONE_SOON}}
</section>
<section class="card" id="desk" data-live aria-labelledby="desk-title">
<h2 id="desk-title">The desk</h2>
<dl class="facts">
<dt>Workers</dt><dd>{{WORKERS}}</dd>
<dt>Queue</dt><dd>{{QUEUE}}</dd>
<dt>Brakes</dt><dd>{{BRAKES}}</dd>
</dl>
</section>
</div>
</div>
