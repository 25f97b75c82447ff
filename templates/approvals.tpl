{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Approvals</h1><p class="muted">Requests that you may decide, oldest first. Nobody decides on a request of their own.{{#MORE}} These are the oldest {{SHOWN}} of {{TOTAL}}.{{/MORE}}</p></div></div>
{{#REQUEST}}
<article class="pf-v6-c-card" aria-labelledby="title-{{ID}}">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="title-{{ID}}"><a href="/requests/{{ID:u}}">{{WHAT}}</a></h2></div>
<div class="pf-v6-c-card__body">
<div class="columns">
<div>
<p class="muted">asked by {{REQUESTER}} for team {{TEAM}}, {{>ASKED}}{{#WAITS}} · <strong>{{WORDS}}</strong>{{/WAITS}}</p>
<p><strong class="total">{{COST}}</strong> to expiry · {{DECISIONS}} · lapses {{>LAPSES}}</p>
{{#REASON}}<blockquote>{{TEXT}}</blockquote>{{/REASON}}{{#NO_REASON}}<p class="muted">No reason was given.</p>{{/NO_REASON}}
{{>EVIDENCE}}
<details id="order-{{ID}}"><summary>The whole order</summary>
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl></details>
</div>
<div>{{>DECISION_FORM}}</div>
</div>
</div>
</article>
{{/REQUEST}}
{{#EMPTY}}
<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">No request waits for you</h2><p class="pf-v6-c-empty-state__body">When somebody asks for more than policy gives freely, it appears here with its cost, its reason and the evidence.</p><p class="pf-v6-c-empty-state__footer"><a class="pf-v6-c-button pf-m-secondary" href="/requests">See all requests</a></p></div></div>
{{/EMPTY}}
{{#LAPSED}}
<section class="pf-v6-c-card" aria-labelledby="lapsed-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="lapsed-title">Lapsed within the last {{DAYS}} days</h2></div>
<div class="pf-v6-c-card__body">
<p class="muted">Nobody decided on these in time. Their requesters were told to ask again.</p>
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Requests that lapsed</caption>
<thead><tr><th scope="col">What</th><th scope="col">Requester</th><th scope="col">Asked</th><th scope="col">Lapsed</th></tr></thead>
<tbody>
{{#LAPSED_REQUEST}}<tr><th scope="row"><a href="/requests/{{ID:u}}">{{WHAT}}</a></th><td data-label="Requester">{{REQUESTER}}, team {{TEAM}}</td><td data-label="Asked">{{>ASKED}}</td><td data-label="Lapsed">{{>ENDED}}</td></tr>
{{/LAPSED_REQUEST}}
</tbody>
</table>
</div>
</section>
{{/LAPSED}}
