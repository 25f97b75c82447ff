{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/requests">Requests</a></li></ol></nav>
<div class="head"><div><h1>{{WHAT}}</h1><p class="muted">asked by {{REQUESTER}} for team {{TEAM}}, {{>ASKED}}</p></div><p>{{>STATE}}</p></div>
<div id="status" class="pf-v6-c-alert pf-m-inline {{ALERT}}" role="status"><div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></div><p class="pf-v6-c-alert__title sentence">{{SENTENCE}}</p><div class="pf-v6-c-alert__description"><p>{{NEXT_STEP}}</p>{{#AGAIN}}<p><a href="{{HREF}}">Fill the order form with this order again</a></p>{{/AGAIN}}</div></div>
{{>ERRORS}}
<div class="columns three">
<div>
{{#MAY_DECIDE}}
<section class="pf-v6-c-card" aria-labelledby="decide-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="decide-title">Decide</h2></div>
<div class="pf-v6-c-card__body">{{>DECISION_FORM}}</div>
</section>
{{/MAY_DECIDE}}
<section class="pf-v6-c-card" aria-labelledby="talk-title" id="decisions">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="talk-title">Decisions, questions and answers</h2></div>
<div class="pf-v6-c-card__body">
<ol class="timeline">
<li><strong>{{REQUESTER}}</strong> {{#REASON}}gave as reason<blockquote>{{TEXT}}</blockquote>{{/REASON}}{{#NO_REASON}}gave no reason{{/NO_REASON}}</li>
<li><strong>Policy</strong>: rule <code class="break">{{RULE}}</code><br>{{EXPLANATION}}</li>
{{#ENTRY}}<li><strong>{{WHO}}</strong> {{DID}}, {{>AT}}{{#COMMENT}}<blockquote>{{TEXT}}</blockquote>{{/COMMENT}}</li>
{{/ENTRY}}
{{#WAITING}}<li class="now">{{TEXT}}</li>{{/WAITING}}
</ol>
{{#MAY_ANSWER}}
<form method="post" action="/requests/{{ID:u}}/comments" class="pf-v6-c-form" aria-label="Answer">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>ANSWER}}
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Send</button></p>
</form>
{{/MAY_ANSWER}}
</div>
</section>
</div>
<div>
<section class="pf-v6-c-card" aria-labelledby="cost-title"><div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="cost-title">Cost to expiry</h2></div><div class="pf-v6-c-card__body"><p class="total">{{COST}}</p>{{#COST_WORDS}}<p class="muted small">{{TEXT}}</p>{{/COST_WORDS}}</div></section>
<section class="pf-v6-c-card" aria-labelledby="evidence-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="evidence-title">Evidence</h2></div>
<div class="pf-v6-c-card__body">{{>EVIDENCE}}</div>
</section>
{{#MAY_WITHDRAW}}
<section class="pf-v6-c-card" aria-labelledby="withdraw-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="withdraw-title">Withdraw</h2></div>
<div class="pf-v6-c-card__body">
<p>Takes the request back. The name is free again at once.</p>
<form method="post" action="/requests/{{ID:u}}/withdraw"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary pf-m-danger">Withdraw the request</button></form>
</div>
</section>
{{/MAY_WITHDRAW}}
</div>
<div>
<section class="pf-v6-c-card" aria-labelledby="order-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="order-title">The order</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
<dt>Cluster</dt><dd><a href="/clusters/{{CLUSTER_ID:u}}">{{CLUSTER}}</a></dd>
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
{{>PREVIEW}}
<details id="binding"><summary>What a decision binds to</summary>
<p class="small">Every resolved value of this order has this digest. If anything were changed, no decision would hold.</p>
<p class="small break"><code>{{DIGEST}}</code></p>
</details>
</div>
</section>
</div>
</div>
