{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>People</h1><p class="muted">Local accounts. Roles inside a team are given on the page of teams.</p></div></div>
{{>ERRORS}}
{{#CREATED}}
<div class="pf-v6-c-alert pf-m-inline pf-m-success" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title">The account {{USERNAME}} is made</h2>
<div class="pf-v6-c-alert__description"><p>Its first password, shown this once. It has to be changed at the first sign-in.</p><p class="once" id="password">{{PASSWORD}}</p><p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="password"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p></div>
</div>
{{/CREATED}}
<div class="columns">
<div>
<form class="pf-v6-c-card" method="get" action="/admin/users" role="search" aria-label="People"><div class="pf-v6-c-card__body filters">
<div class="field"><label for="q">Search</label><span class="pf-v6-c-form-control"><input id="q" name="q" type="search" value="{{SEARCH}}"></span></div>
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Show</button></p>
</div>
</form>
<div class="pf-v6-c-card"><div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">People</caption>
<thead><tr><th scope="col">User name</th><th scope="col">State</th><th scope="col">Roles</th><th scope="col">Last seen</th></tr></thead>
<tbody>
{{#USER}}<tr><th scope="row"><a href="/admin/users/{{ID:u}}">{{USERNAME}}</a> <small>{{NAME}}</small></th><td data-label="State">{{>STATE}}</td><td data-label="Roles">{{ROLES}}</td><td data-label="Last seen">{{>SEEN}}</td></tr>
{{/USER}}
</tbody></table></div>
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nobody matches.</h2><div class="pf-v6-c-empty-state__body"><a href="/admin/users">Show everybody</a></div></div></div>{{/NONE}}
</div>
</div>
{{#MAY_WRITE}}
<section class="pf-v6-c-card" aria-labelledby="new-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="new-title">New account</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/admin/users" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>NEW_USERNAME}}{{>NEW_NAME}}{{>NEW_EMAIL}}
<button class="pf-v6-c-button pf-m-primary">Make the account</button></form>
<p class="small muted">The desk makes a password and shows it once.</p>
</div>
</section>
{{/MAY_WRITE}}
</div>
