{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Hello, {{NAME}}</h1><p class="muted">What needs you, what runs, and what ends soon.</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="pf-v6-c-button pf-m-primary" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}
</div>
<div class="pf-v6-l-gallery pf-m-gutter tiles" id="counts">
{{#TILE}}
<a class="pf-v6-c-card pf-m-compact" href="{{HREF}}"><span class="pf-v6-c-card__body"><strong class="total">{{NUMBER}}</strong> {{TEXT}}</span></a>
{{/TILE}}
</div>
<div class="columns">
<div>
<section class="pf-v6-c-card" id="needs" aria-labelledby="needs-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="needs-title">Needs you</h2></div>
<div class="pf-v6-c-card__body">
{{#NEED}}
<div class="need"><p><strong>{{TEXT}}</strong>{{#DETAIL}}<br><span class="muted small">{{WORDS}}</span>{{/DETAIL}}</p><a class="pf-v6-c-button pf-m-secondary pf-m-small" href="{{HREF}}">{{ACTION}}<span class="unseen">: {{TEXT}}</span></a></div>
{{/NEED}}
{{#NO_NEEDS}}<p class="muted">Nothing waits for you.</p>{{/NO_NEEDS}}
</div>
</section>
<section class="pf-v6-c-card" id="mine" aria-labelledby="mine-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="mine-title">My clusters</h2></div>
<div class="pf-v6-c-card__body">
{{#HAVE_CLUSTERS}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">My clusters</caption>
<thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Ends</th><th scope="col" class="number">Rate</th></tr></thead>
<tbody>
{{#CLUSTER}}
<tr>
<th scope="row"><a href="/clusters/{{ID:u}}">{{NAME}}</a> <small>{{PROFILE}}</small></th>
<td data-label="State">{{>STATE}}</td>
<td data-label="Ends">{{>ENDS}}</td>
<td data-label="Rate" class="number">{{RATE}}</td>
</tr>
{{/CLUSTER}}
</tbody>
</table>
{{/HAVE_CLUSTERS}}
{{#NO_CLUSTERS}}
<p><strong>You have no clusters.</strong></p>
{{#MAY_ORDER}}<p>Pick a profile, say for how long, and the desk does the rest.</p><p><a class="pf-v6-c-button pf-m-secondary" href="/catalog">Open the catalog</a></p>{{/MAY_ORDER}}
{{/NO_CLUSTERS}}
</div>
</section>
</div>
<div>
<section class="pf-v6-c-card" id="soon" aria-labelledby="soon-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="soon-title">Ends soon</h2></div>
<div class="pf-v6-c-card__body">
{{#SOON}}
<div class="need"><p><a href="/clusters/{{ID:u}}">{{NAME}}</a> ends {{>ENDS}}</p>{{#MAY_EXTEND}}<a class="pf-v6-c-button pf-m-secondary pf-m-small" href="/clusters/{{ID:u}}#lifetime">Extend<span class="unseen"> {{NAME}}</span></a>{{/MAY_EXTEND}}</div>
{{/SOON}}
{{#NONE_SOON}}<p class="muted">No cluster ends within the next {{HORIZON}}.</p>{{/NONE_SOON}}
</div>
</section>
{{#HAVE_WAITING}}
<section class="pf-v6-c-card" id="waiting" aria-labelledby="waiting-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="waiting-title">Waits for an approver</h2></div>
<div class="pf-v6-c-card__body">
{{#WAITING}}<p><a href="{{HREF}}">{{TEXT}}</a><br><span class="small">lapses {{>LAPSES}}</span></p>{{/WAITING}}
</div>
</section>
{{/HAVE_WAITING}}
<section class="pf-v6-c-card" id="desk" aria-labelledby="desk-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="desk-title">The desk</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
<dt>Workers</dt><dd>{{WORKERS}}</dd>
<dt>Queue</dt><dd>{{QUEUE}}</dd>
<dt>Brakes</dt><dd>{{BRAKES}}</dd>
</dl>
{{#MAY_TOUR}}<form method="post" action="/tour"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-link pf-m-small" name="wish" value="begin">Take the tour of the first order</button></form>{{/MAY_TOUR}}
</div>
</section>
</div>
</div>
