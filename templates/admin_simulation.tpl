{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/admin/profiles">Profiles</a></li></ol></nav>
<div class="head"><div><h1>Try a rule: {{TITLE}}</h1><p class="muted">What another approval rule would have decided on the last orders of this profile. Nothing is changed here. The rule today: {{RULE_NOW}}</p></div></div>
{{>ERRORS}}
<div class="columns">
<div>
{{#NO_ORDERS}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nobody has ordered of this profile yet</h2><p class="pf-v6-c-empty-state__body">A rule can be tried on it as soon as there are orders.</p></div></div>{{/NO_ORDERS}}
{{#RESULT}}
<section class="pf-v6-c-card" aria-labelledby="result-title" id="result">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="result-title">What it would have decided</h2></div>
<div class="pf-v6-c-card__body">
<p class="sentence">{{SUMMARY}}</p>
{{#REJECTED}}<p><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#warning-fill"/></svg> {{TEXT}}</p>{{/REJECTED}}
{{#DIFFERENCES}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption>Orders that it decides otherwise, newest first</caption>
<thead><tr><th scope="col">Order</th><th scope="col">Lifetime</th><th scope="col" class="number">Cost</th><th scope="col">Then</th><th scope="col">With this rule</th><th scope="col">What became of it</th></tr></thead>
<tbody>
{{#ORDER}}<tr><th scope="row"><a href="/requests/{{ID:u}}">{{NAME}}</a> <small>{{REQUESTER}}, {{TEAM}}, {{>ASKED}}</small></th><td data-label="Lifetime">{{LIFETIME}}</td><td data-label="Cost" class="number">{{COST}}</td><td data-label="Then">{{THEN}}</td><td data-label="With this rule"><strong>{{NOW}}</strong> <small>{{WHY}}</small></td><td data-label="What became of it">{{>STATE}}</td></tr>
{{/ORDER}}
</tbody>
</table></div>
{{/DIFFERENCES}}
{{#MAKE_IT_SO}}
<h3>To make it so</h3>
<p>Write this into the profile’s file, in place of the same keys, and start the desk again.</p>
<pre id="rule-yaml" tabindex="0">{{YAML:p}}</pre>
<p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="rule-yaml"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p>
{{/MAKE_IT_SO}}
</div>
</section>
{{/RESULT}}
</div>
<form method="get" action="/admin/profiles/{{PROFILE:u}}/simulation" class="pf-v6-c-card" aria-label="Rule" novalidate>
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text">The rule to try</h2></div>
<div class="pf-v6-c-card__body pf-v6-c-form">
{{>AT_ONCE}}
{{>MAX_TTL}}
{{>MAX_COST}}
{{>TEAMS}}
{{>APPROVALS}}
<p class="actions"><button class="pf-v6-c-button pf-m-primary">Try it</button> <a class="pf-v6-c-button pf-m-link" href="/admin/profiles/{{PROFILE:u}}/simulation">The rule of today</a></p>
</div>
</form>
</div>
