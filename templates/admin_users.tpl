{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>People</h1><p class="muted">Local accounts. Roles inside a team are given on the page of teams.</p></div></div>
{{>ERRORS}}
{{#CREATED}}
<div class="box good" role="status"><h2>The account {{USERNAME}} is made</h2><p>Its first password, shown this once. It has to be changed at the first sign-in.</p><p class="once" id="password">{{PASSWORD}}</p><p><button type="button" class="button slim" data-copy="password" hidden>Copy</button></p></div>
{{/CREATED}}
<div class="columns wide">
<div>
<form class="card inline" method="get" action="/admin/users" role="search" aria-label="People">
<div class="field"><label for="q">Search</label><input id="q" name="q" type="search" value="{{SEARCH}}"></div>
<button class="button">Show</button>
</form>
<div class="card table-card"><div class="scroll"><table class="stack">
<caption class="unseen">People</caption>
<thead><tr><th scope="col">User name</th><th scope="col">Name</th><th scope="col">State</th><th scope="col">Roles</th><th scope="col">Last seen</th></tr></thead>
<tbody>
{{#USER}}<tr><th scope="row"><a href="/admin/users/{{ID:u}}">{{USERNAME}}</a></th><td data-label="Name">{{NAME}}</td><td data-label="State">{{>STATE}}</td><td data-label="Roles">{{ROLES}}</td><td data-label="Last seen">{{>SEEN}}</td></tr>
{{/USER}}
</tbody></table></div>
{{#NONE}}<div class="empty"><p><strong>Nobody matches.</strong></p><p><a href="/admin/users">Show everybody</a></p></div>{{/NONE}}
</div>
</div>
{{#MAY_WRITE}}
<section class="card" aria-labelledby="new-title">
<h2 id="new-title">New account</h2>
<form method="post" action="/admin/users" novalidate><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
{{>NEW_USERNAME}}{{>NEW_NAME}}{{>NEW_EMAIL}}
<button class="button first">Make the account</button></form>
<p class="small muted">The desk makes a password and shows it once.</p>
</section>
{{/MAY_WRITE}}
</div>
