{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/requests">Requests</a></p>
<div class="head"><div><h1>{{WHAT}}</h1><p class="muted">asked by {{REQUESTER}} for team {{TEAM}}, {{>ASKED}}</p></div><p>{{>STATE}}</p></div>
<div id="status" class="box {{TONE}}" data-live role="status"><p class="sentence">{{SENTENCE}}</p><p>{{NEXT_STEP}}</p></div>
{{>ERRORS}}
<div class="columns">
<div>
<section class="card" aria-labelledby="order-title">
<h2 id="order-title">The order</h2>
<dl class="facts">
<dt>Cluster</dt><dd><a href="/clusters/{{CLUSTER_ID:u}}">{{CLUSTER}}</a></dd>
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
{{>PREVIEW}}
</section>
<section class="card" aria-labelledby="reason-title">
<h2 id="reason-title">Reason given</h2>
{{#REASON}}<p>{{TEXT}}</p>{{/REASON}}{{#NO_REASON}}<p class="muted">None was given.</p>{{/NO_REASON}}
</section>
<section class="card" aria-labelledby="decisions-title" id="decisions" data-live>
<h2 id="decisions-title">Decisions</h2>
<ul class="timeline">
<li><strong>Policy</strong>: rule <code>{{RULE}}</code><br>{{EXPLANATION}}</li>
{{#DECISION}}<li><strong>{{WHO}}</strong> {{VERDICT}}, {{>AT}}{{#COMMENT}}<br>“{{TEXT}}”{{/COMMENT}}</li>{{/DECISION}}
{{#WAITING}}<li class="now">{{TEXT}}</li>{{/WAITING}}
</ul>
</section>
</div>
<div>
<section class="card" aria-labelledby="cost-title"><h2 id="cost-title">Cost to expiry</h2><p class="total">{{COST}}</p>{{#COST_WORDS}}<p class="muted small">{{TEXT}}</p>{{/COST_WORDS}}</section>
{{#MAY_DECIDE}}{{>DECISION_FORM}}{{/MAY_DECIDE}}
{{#MAY_WITHDRAW}}
<section class="card" aria-labelledby="withdraw-title">
<h2 id="withdraw-title">Withdraw</h2>
<p class="small">Takes the request back. The name is free again at once.</p>
<form method="post" action="/requests/{{ID:u}}/withdraw"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="button danger">Withdraw the request</button></form>
</section>
{{/MAY_WITHDRAW}}
<section class="card" aria-labelledby="binding-title">
<h2 id="binding-title">What a decision binds to</h2>
<p class="small">Every resolved value of this order has the digest below. If anything were changed, no decision would hold.</p>
<p class="small break"><code>{{DIGEST}}</code></p>
</section>
</div>
</div>
