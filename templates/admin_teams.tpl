{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Teams</h1><p class="muted">Who belongs to a team, what they may do in it, and how much it may use.</p></div></div>
{{>ERRORS}}
{{#TEAM}}
<section class="pf-v6-c-card" aria-labelledby="team-{{NAME}}">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="team-{{NAME}}">{{TITLE}}{{#OTHER_NAME}} <small class="muted">{{NAME}}</small>{{/OTHER_NAME}}</h2></div>
<div class="pf-v6-c-card__body">
<div class="columns">
<div>
{{#HAVE_MEMBERS}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Members of {{NAME}}</caption>
<thead><tr><th scope="col">Member</th><th scope="col">Roles</th></tr></thead>
<tbody>
{{#MEMBER}}<tr><th scope="row">{{USERNAME}} <small>{{DISPLAY_NAME}}</small></th><td>
<form method="post" action="/admin/teams/{{NAME:u}}" class="inline"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="member"><input type="hidden" name="username" value="{{USERNAME}}">
{{#ROLE}}<label class="pf-v6-c-check"><input type="checkbox" class="pf-v6-c-check__input" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}><span class="pf-v6-c-check__label">{{TEXT}}</span></label>{{/ROLE}}
<button class="pf-v6-c-button pf-m-secondary pf-m-small">Save<span class="unseen"> the roles of {{USERNAME}}</span></button></form></td></tr>
{{/MEMBER}}
</tbody></table></div>
<p class="small muted">Without any role a person is no member any more.</p>
{{/HAVE_MEMBERS}}
{{#NO_MEMBERS}}<p class="muted">Nobody is in this team yet.</p>{{/NO_MEMBERS}}
<details id="add-{{NAME}}"><summary>Add a member</summary>
<form method="post" action="/admin/teams/{{NAME:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="member">
<div class="field"><label for="username-{{NAME}}">User name</label><span class="pf-v6-c-form-control"><input id="username-{{NAME}}" name="username" required autocomplete="off"></span></div>
<fieldset><legend>Roles</legend>{{#NEW_ROLE}}<label class="pf-v6-c-check"><input type="checkbox" class="pf-v6-c-check__input" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}><span class="pf-v6-c-check__label">{{TEXT}}</span></label>{{/NEW_ROLE}}</fieldset>
<button class="pf-v6-c-button pf-m-secondary">Add</button></form></details>
</div>
<div>
<h3>Limits</h3>
<dl class="facts">{{#LIMIT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/LIMIT}}</dl>
{{#MAY_SEE_USE}}<p><a href="/admin/quotas">{{ACTION}}<span class="unseen"> of team {{NAME}}</span></a></p>{{/MAY_SEE_USE}}
<details id="title-{{NAME}}"><summary>Rename</summary>
<form method="post" action="/admin/teams/{{NAME:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="title">
<div class="field"><label for="name-{{NAME}}">Title</label><span class="pf-v6-c-form-control"><input id="name-{{NAME}}" name="title" value="{{TITLE}}" required></span></div>
<button class="pf-v6-c-button pf-m-secondary">Save</button></form></details>
</div>
</div>
</div>
</section>
{{/TEAM}}
{{#NONE}}<div class="pf-v6-c-card"><div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">There are no teams.</h2><div class="pf-v6-c-empty-state__body">Clusters belong to teams: make the first one, then add people to it.</div></div></div></div>{{/NONE}}
{{#MAY_CREATE}}
<section class="pf-v6-c-card" aria-labelledby="new-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="new-title">New team</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/admin/teams" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>NEW_NAME}}{{>NEW_TITLE}}
<button class="pf-v6-c-button pf-m-primary">Make the team</button></form>
</div>
</section>
{{/MAY_CREATE}}
