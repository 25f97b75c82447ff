{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Account</h1><p class="muted">{{USERNAME}} · {{ROLES}}</p></div></div>
{{#MUST_CHANGE}}<div class="box wait"><p><strong>Choose a password of your own first.</strong> The one you signed in with was made by an administrator.</p></div>{{/MUST_CHANGE}}
{{>ERRORS}}
<div class="columns">
<div>
<section class="card" id="profile" aria-labelledby="profile-title">
<h2 id="profile-title">You</h2>
<form method="post" action="/account" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>DISPLAY_NAME}}{{>TIME_ZONE}}
<button class="button">Save</button></form>
</section>
<section class="card" id="tokens" aria-labelledby="tokens-title">
<h2 id="tokens-title">API tokens</h2>
{{#NEW_TOKEN}}<div class="box good" role="status"><h3>Token “{{TOKEN_NAME}}” is made</h3><p class="once" id="token">{{TOKEN}}</p><p class="small">Copy it now: it is shown this once and can’t be shown again. <button type="button" class="button slim" data-copy="token" hidden>Copy</button></p></div>{{/NEW_TOKEN}}
{{#HAVE_TOKENS}}
<div class="scroll"><table class="stack"><caption class="unseen">API tokens</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Scope</th><th scope="col">State</th><th scope="col">Expires</th><th scope="col">Last used</th><th scope="col"><span class="unseen">Action</span></th></tr></thead><tbody>
{{#TOKEN_ROW}}<tr><th scope="row">{{NAME}}</th><td data-label="Scope">{{SCOPE}}</td><td data-label="State">{{>STATE}}</td><td data-label="Expires">{{>EXPIRES}}</td><td data-label="Last used">{{>USED}}</td><td>{{#LIVE}}<form method="post" action="/account/tokens/{{ID:u}}/revoke"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="button slim danger">Revoke<span class="unseen"> {{NAME}}</span></button></form>{{/LIVE}}</td></tr>
{{/TOKEN_ROW}}
</tbody></table></div>
{{/HAVE_TOKENS}}
{{#NO_TOKENS}}<p class="muted">No tokens. A pipeline needs one to order and destroy clusters through the API.</p>{{/NO_TOKENS}}
<hr>
<h3>New token</h3>
<form method="post" action="/account/tokens" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="pair">{{>TOKEN_NAME_FIELD}}{{>TOKEN_SCOPE}}{{>TOKEN_DAYS}}</div>
<button class="button">Make a token</button></form>
</section>
</div>
<div>
<section class="card" id="password" aria-labelledby="password-title">
<h2 id="password-title">Password</h2>
<form method="post" action="/account/password" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<input type="hidden" name="username" value="{{USERNAME}}" autocomplete="username">
{{>CURRENT}}{{>NEW_PASSWORD}}{{>REPEATED}}
<button class="button">Change the password</button></form>
<p class="small muted">Ends all your other sessions.</p>
</section>
<section class="card" id="sessions" aria-labelledby="sessions-title">
<h2 id="sessions-title">Sessions</h2>
<ul class="timeline">
{{#SESSION}}<li{{#HERE}} class="now"{{/HERE}}><strong>{{BROWSER}}</strong>{{#HERE}} (this one){{/HERE}}<br><span class="small muted">{{ADDRESS}}, last used</span> {{>USED}}
{{#OTHER}}<form method="post" action="/account/sessions/{{ID:u}}/end"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="button slim">End<span class="unseen"> the session on {{BROWSER}}</span></button></form>{{/OTHER}}</li>
{{/SESSION}}
</ul>
</section>
</div>
</div>
