{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Teams</h1><p class="muted">Who belongs to a team, what they may do in it, and how much it may use.</p></div></div>
{{>ERRORS}}
{{#TEAM}}
<section class="card" aria-labelledby="team-{{NAME}}">
<h2 id="team-{{NAME}}">{{TITLE}} <small class="muted">{{NAME}}</small></h2>
<div class="columns wide">
<div>
{{#HAVE_MEMBERS}}
<div class="scroll"><table class="stack">
<caption class="unseen">Members of {{NAME}}</caption>
<thead><tr><th scope="col">Member</th><th scope="col">Roles</th></tr></thead>
<tbody>
{{#MEMBER}}<tr><th scope="row">{{USERNAME}} <small>{{DISPLAY_NAME}}</small></th><td>
<form method="post" action="/admin/teams/{{NAME:u}}" class="inline"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="member"><input type="hidden" name="username" value="{{USERNAME}}">
{{#ROLE}}<label class="check"><input type="checkbox" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}> {{TEXT}}</label>{{/ROLE}}
<button class="button slim">Save<span class="unseen"> the roles of {{USERNAME}}</span></button></form></td></tr>
{{/MEMBER}}
</tbody></table></div>
<p class="small muted">Without any role a person is no member any more.</p>
{{/HAVE_MEMBERS}}
{{#NO_MEMBERS}}<p class="muted">Nobody is in this team yet.</p>{{/NO_MEMBERS}}
<details id="add-{{NAME}}"><summary>Add a member</summary>
<form method="post" action="/admin/teams/{{NAME:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="member">
<div class="field"><label for="username-{{NAME}}">User name</label><input id="username-{{NAME}}" name="username" required autocomplete="off"></div>
<fieldset><legend>Roles</legend>{{#NEW_ROLE}}<label class="check"><input type="checkbox" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}> {{TEXT}}</label>{{/NEW_ROLE}}</fieldset>
<button class="button">Add</button></form></details>
</div>
<div>
<h3>Limits</h3>
<dl class="facts">{{#LIMIT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/LIMIT}}</dl>
{{#MAY_SET_QUOTA}}
<details id="quota-{{NAME}}"><summary>Change the limits</summary>
<form method="post" action="/admin/teams/{{NAME:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="quota">
<p class="small">Above the soft limit an order needs approval, above the hard one it is refused. Empty = no limit.</p>
{{#LINE}}
<div class="pair"><div class="field"><label for="{{SOFT}}-{{NAME}}">{{TEXT}}, soft</label><input id="{{SOFT}}-{{NAME}}" name="{{SOFT}}" value="{{SOFT_VALUE}}" inputmode="decimal"></div><div class="field"><label for="{{HARD}}-{{NAME}}">{{TEXT}}, hard</label><input id="{{HARD}}-{{NAME}}" name="{{HARD}}" value="{{HARD_VALUE}}" inputmode="decimal"></div></div>
{{/LINE}}
<button class="button">Save the limits</button></form></details>
{{/MAY_SET_QUOTA}}
<details id="title-{{NAME}}"><summary>Rename</summary>
<form method="post" action="/admin/teams/{{NAME:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="action" value="title">
<div class="field"><label for="name-{{NAME}}">Title</label><input id="name-{{NAME}}" name="title" value="{{TITLE}}" required></div>
<button class="button">Save</button></form></details>
</div>
</div>
</section>
{{/TEAM}}
{{#NONE}}<div class="card empty"><p><strong>There are no teams.</strong></p><p>Clusters belong to teams: make the first one, then add people to it.</p></div>{{/NONE}}
{{#MAY_CREATE}}
<section class="card" aria-labelledby="new-title">
<h2 id="new-title">New team</h2>
<form method="post" action="/admin/teams" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>NEW_NAME}}{{>NEW_TITLE}}
<button class="button first">Make the team</button></form>
</section>
{{/MAY_CREATE}}
