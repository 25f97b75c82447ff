{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/admin/users">People</a></li></ol></nav>
<div class="head"><div><h1>{{USERNAME}}</h1><p class="muted">{{NAME}}</p></div><p>{{>STATE}}</p></div>
{{#NEW_PASSWORD}}
<div class="pf-v6-c-alert pf-m-inline pf-m-success" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title">A new password is set</h2>
<div class="pf-v6-c-alert__description"><p>Shown this once. It has to be changed at the next sign-in; all sessions have ended.</p><p class="once" id="password">{{PASSWORD}}</p><p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="password"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p></div>
</div>
{{/NEW_PASSWORD}}
<div class="columns">
<div>
<section class="pf-v6-c-card" aria-labelledby="facts-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="facts-title">Account</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}<dt>Made</dt><dd>{{>MADE}}</dd><dt>Last seen</dt><dd>{{>SEEN}}</dd></dl>
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="teams-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="teams-title">Teams</h2></div>
<div class="pf-v6-c-card__body">
{{#HAVE_TEAMS}}<dl class="facts">{{#TEAM}}<dt>{{TEAM_NAME}}</dt><dd>{{ROLES}}</dd>{{/TEAM}}</dl>{{/HAVE_TEAMS}}
{{#NO_TEAMS}}<p class="muted">In no team: this person can order nothing yet. <a href="/admin/teams">Add them to a team</a>.</p>{{/NO_TEAMS}}
</div>
</section>
</div>
{{#MAY_WRITE}}
<div>
<section class="pf-v6-c-card" aria-labelledby="roles-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="roles-title">Roles on the whole desk</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/admin/users/{{ID:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<fieldset><legend class="unseen">Roles</legend>
{{#ROLE}}<label class="pf-v6-c-check"><input type="checkbox" class="pf-v6-c-check__input" name="role" value="{{VALUE}}"{{#CHECKED}} checked{{/CHECKED}}><span class="pf-v6-c-check__label">{{TEXT}}</span></label>{{/ROLE}}
</fieldset>
<button class="pf-v6-c-button pf-m-secondary" name="action" value="roles">Save the roles</button></form>
</div>
</section>
<section class="pf-v6-c-card danger-zone" aria-labelledby="danger-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="danger-title">Access</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/admin/users/{{ID:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="small">A new password ends all sessions of this person.</p>
<p><button class="pf-v6-c-button pf-m-secondary" name="action" value="reset">Make a new password</button></p>
{{#ENABLED}}<p class="small">Switching off ends all sessions and revokes all tokens. Clusters stay.</p>
<p><button class="pf-v6-c-button pf-m-danger" name="action" value="disable">Switch the account off</button></p>{{/ENABLED}}
{{#DISABLED}}<p><button class="pf-v6-c-button pf-m-secondary" name="action" value="enable">Switch the account on</button></p>{{/DISABLED}}
</form>
</div>
</section>
</div>
{{/MAY_WRITE}}
</div>
