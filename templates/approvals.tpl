{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Approvals</h1><p class="muted">Requests that you may decide, oldest first. Nobody decides on a request of their own.</p></div></div>
{{#REQUEST}}
<article class="card" aria-labelledby="title-{{ID}}">
<div class="columns wide">
<div>
<h2 id="title-{{ID}}"><a href="/requests/{{ID:u}}">{{WHAT}}</a></h2>
<p class="muted">{{REQUESTER}}, team {{TEAM}}, asked {{>ASKED}}</p>
<dl class="facts">
<dt>Cost to expiry</dt><dd><strong>{{COST}}</strong></dd>
<dt>Reason given</dt><dd>{{#REASON}}{{TEXT}}{{/REASON}}{{#NO_REASON}}<span class="muted">none</span>{{/NO_REASON}}</dd>
<dt>Why you are asked</dt><dd>{{EXPLANATION}} <code>{{RULE}}</code></dd>
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
<dt>Decisions so far</dt><dd>{{DECISIONS}}</dd>
<dt>Lapses</dt><dd>{{>LAPSES}}</dd>
</dl>
</div>
<div>{{>DECISION_FORM}}</div>
</div>
</article>
{{/REQUEST}}
{{#EMPTY}}
<div class="card empty"><p><strong>No request waits for you.</strong></p><p>When somebody asks for more than policy gives freely, it appears here with its cost and reason.</p><p><a class="button" href="/requests">See all requests</a></p></div>
{{/EMPTY}}
