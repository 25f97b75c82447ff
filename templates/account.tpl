{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Account</h1><p class="muted">{{USERNAME}} · {{ROLES}}</p></div></div>
{{#MUST_CHANGE}}<div class="pf-v6-c-alert pf-m-inline pf-m-warning">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#warning-fill"/></svg></div>
<p class="pf-v6-c-alert__title">Choose a password of your own first.</p>
<div class="pf-v6-c-alert__description"><p>The one you signed in with was made by an administrator.</p></div>
</div>{{/MUST_CHANGE}}
{{>ERRORS}}
<div class="columns">
<div>
<section class="pf-v6-c-card" id="profile" aria-labelledby="profile-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="profile-title">You</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/account" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>DISPLAY_NAME}}{{>TIME_ZONE}}{{>THEME}}
<button class="pf-v6-c-button pf-m-secondary">Save</button></form>
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="calendar-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="calendar-title">Calendar</h2></div>
<div class="pf-v6-c-card__body"><p>Your deadlines in the calendar that you look at anyway, behind a secret address: <a href="/account/calendar">make, renew or revoke it</a>.</p></div>
</section>
<section class="pf-v6-c-card" id="tokens" aria-labelledby="tokens-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="tokens-title">API tokens</h2></div>
<div class="pf-v6-c-card__body">
{{#NEW_TOKEN}}<div class="pf-v6-c-alert pf-m-inline pf-m-success" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<h3 class="pf-v6-c-alert__title">Token “{{TOKEN_NAME}}” is made</h3>
<div class="pf-v6-c-alert__description"><p class="once" id="token">{{TOKEN}}</p><p class="small">Copy it now: it is shown this once and can’t be shown again. <button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="token"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p></div>
</div>{{/NEW_TOKEN}}
{{#HAVE_TOKENS}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md"><caption class="unseen">API tokens</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Scope</th><th scope="col">State</th><th scope="col">Expires</th><th scope="col">Last used</th><th scope="col"><span class="unseen">Action</span></th></tr></thead><tbody>
{{#TOKEN_ROW}}<tr><th scope="row">{{NAME}}</th><td data-label="Scope">{{SCOPE}}</td><td data-label="State">{{>STATE}}</td><td data-label="Expires">{{>EXPIRES}}</td><td data-label="Last used">{{>USED}}</td><td>{{#LIVE}}<form method="post" action="/account/tokens/{{ID:u}}/revoke"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary pf-m-danger pf-m-small">Revoke<span class="unseen"> {{NAME}}</span></button></form>{{/LIVE}}</td></tr>
{{/TOKEN_ROW}}
</tbody></table></div>
{{/HAVE_TOKENS}}
{{#NO_TOKENS}}<p class="muted">No tokens. A pipeline needs one to order and destroy clusters through the API.</p>{{/NO_TOKENS}}
<hr>
<h3>New token</h3>
<form method="post" action="/account/tokens" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="pair">{{>TOKEN_NAME_FIELD}}{{>TOKEN_SCOPE}}{{>TOKEN_DAYS}}</div>
<button class="pf-v6-c-button pf-m-secondary">Make a token</button></form>
</div>
</section>
</div>
<div>
<section class="pf-v6-c-card" id="password" aria-labelledby="password-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="password-title">Password</h2></div>
<div class="pf-v6-c-card__body">
<form method="post" action="/account/password" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<input type="hidden" name="username" value="{{USERNAME}}" autocomplete="username">
{{>CURRENT}}{{>NEW_PASSWORD}}{{>REPEATED}}
<button class="pf-v6-c-button pf-m-secondary">Change the password</button></form>
<p class="small muted">Ends all your other sessions.</p>
</div>
</section>
<section class="pf-v6-c-card" id="sessions" aria-labelledby="sessions-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="sessions-title">Sessions</h2></div>
<div class="pf-v6-c-card__body">
<ul class="timeline">
{{#SESSION}}<li{{#HERE}} class="now"{{/HERE}}><strong>{{BROWSER}}</strong>{{#HERE}} (this one){{/HERE}}<br><span class="small muted">{{ADDRESS}}, last used</span> {{>USED}}
{{#OTHER}}<form method="post" action="/account/sessions/{{ID:u}}/end"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary pf-m-small">End<span class="unseen"> the session on {{BROWSER}}</span></button></form>{{/OTHER}}</li>
{{/SESSION}}
</ul>
</div>
</section>
</div>
</div>
