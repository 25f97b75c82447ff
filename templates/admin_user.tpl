{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/admin/users">People</a></p>
<div class="head"><div><h1>{{USERNAME}}</h1><p class="muted">{{NAME}}</p></div><p>{{>STATE}}</p></div>
{{#NEW_PASSWORD}}
<div class="box good" role="status"><h2>A new password is set</h2><p>Shown this once. It has to be changed at the next sign-in; all sessions have ended.</p><p class="once" id="password">{{PASSWORD}}</p><p><button type="button" class="button slim" data-copy="password" hidden>Copy</button></p></div>
{{/NEW_PASSWORD}}
<div class="columns">
<div>
<section class="card" aria-labelledby="facts-title">
<h2 id="facts-title">Account</h2>
<dl class="facts">{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}<dt>Made</dt><dd>{{>MADE}}</dd><dt>Last seen</dt><dd>{{>SEEN}}</dd></dl>
</section>
<section class="card" aria-labelledby="teams-title">
<h2 id="teams-title">Teams</h2>
{{#HAVE_TEAMS}}<dl class="facts">{{#TEAM}}<dt>{{TEAM_NAME}}</dt><dd>{{ROLES}}</dd>{{/TEAM}}</dl>{{/HAVE_TEAMS}}
{{#NO_TEAMS}}<p class="muted">In no team: this person can order nothing yet. <a href="/admin/teams">Add them to a team</a>.</p>{{/NO_TEAMS}}
</section>
</div>
{{#MAY_WRITE}}
<div>
<section class="card" aria-labelledby="roles-title">
<h2 id="roles-title">Roles on the whole desk</h2>
<form method="post" action="/admin/users/{{ID:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<fieldset><legend class="unseen">Roles</legend>
{{#ROLE}}<label class="check"><input type="checkbox" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}> {{TEXT}}</label>{{/ROLE}}
</fieldset>
<button class="button" name="action" value="roles">Save the roles</button></form>
</section>
<section class="card danger-zone" aria-labelledby="danger-title">
<h2 id="danger-title">Access</h2>
<form method="post" action="/admin/users/{{ID:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="small">A new password ends all sessions of this person.</p>
<p><button class="button" name="action" value="reset">Make a new password</button></p>
{{#ENABLED}}<p class="small">Switching off ends all sessions and revokes all tokens. Clusters stay.</p>
<p><button class="button danger" name="action" value="disable">Switch the account off</button></p>{{/ENABLED}}
{{#DISABLED}}<p><button class="button" name="action" value="enable">Switch the account on</button></p>{{/DISABLED}}
</form>
</section>
</div>
{{/MAY_WRITE}}
</div>
