{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Limits</h1><p class="muted">Above a soft limit an order needs approval, above a hard one it is refused. The soft one in dollars is a team’s <a href="/costs">budget</a>. This month’s money is what was spent and what running clusters cost to their ends.</p></div></div>
{{>ERRORS}}
<section class="pf-v6-c-card" aria-labelledby="teams-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="teams-title">Teams</h2></div>
<div class="pf-v6-c-card__body">
{{#TEAMS}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Limits of teams</caption>
<thead><tr><th scope="col">Team</th><th scope="col">Clusters</th><th scope="col">vCPUs</th><th scope="col">This month</th><th scope="col">State</th><th scope="col">Change</th></tr></thead>
<tbody>
{{#TEAM}}
<tr><th scope="row">{{NAME}}</th><td data-label="Clusters">{{CLUSTERS}}</td><td data-label="vCPUs">{{VCPUS}}</td><td data-label="This month">{{MONTH}}</td><td data-label="State">{{>STATE}}</td><td data-label="Change">{{#EDIT}}<details{{#OPEN}} open{{/OPEN}}><summary>Change<span class="unseen"> the limits of team {{NAME}}</span></summary>
<form method="post" action="/admin/quotas"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="holder" value="{{HOLDER}}"><input type="hidden" name="name" value="{{NAME}}"><input type="hidden" name="version" value="{{VERSION}}"><p class="held">{{HELD_CHANGES}}</p>
{{#LINE}}<div class="pair"><div class="field"><label for="soft{{FIELD}}-{{ROW}}">{{TEXT}}, soft</label><span class="pf-v6-c-form-control"><input id="soft{{FIELD}}-{{ROW}}" name="soft{{FIELD}}" value="{{SOFT}}" inputmode="decimal" autocomplete="off"></span></div><div class="field"><label for="max{{FIELD}}-{{ROW}}">{{TEXT}}, hard</label><span class="pf-v6-c-form-control"><input id="max{{FIELD}}-{{ROW}}" name="max{{FIELD}}" value="{{HARD}}" inputmode="decimal" autocomplete="off"></span></div></div>
{{/LINE}}<button class="pf-v6-c-button pf-m-secondary">Save<span class="unseen"> the limits of team {{NAME}}</span></button></form></details>{{/EDIT}}</td></tr>
{{/TEAM}}
</tbody></table>
{{/TEAMS}}
{{#NO_TEAMS}}<p class="muted">There are no teams yet. <a href="/admin/teams">Make the first one</a>.</p>{{/NO_TEAMS}}
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="people-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="people-title">People with limits of their own</h2></div>
<div class="pf-v6-c-card__body">
{{#PEOPLE}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Limits of people</caption>
<thead><tr><th scope="col">Person</th><th scope="col">Clusters</th><th scope="col">vCPUs</th><th scope="col">This month</th><th scope="col">State</th><th scope="col">Change</th></tr></thead>
<tbody>
{{#PERSON}}
<tr><th scope="row">{{NAME}}</th><td data-label="Clusters">{{CLUSTERS}}</td><td data-label="vCPUs">{{VCPUS}}</td><td data-label="This month">{{MONTH}}</td><td data-label="State">{{>STATE}}</td><td data-label="Change">{{#EDIT}}<details{{#OPEN}} open{{/OPEN}}><summary>Change<span class="unseen"> the limits of {{NAME}}</span></summary>
<form method="post" action="/admin/quotas"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="holder" value="{{HOLDER}}"><input type="hidden" name="name" value="{{NAME}}"><input type="hidden" name="version" value="{{VERSION}}"><p class="held">{{HELD_CHANGES}}</p>
{{#LINE}}<div class="pair"><div class="field"><label for="soft{{FIELD}}-{{ROW}}">{{TEXT}}, soft</label><span class="pf-v6-c-form-control"><input id="soft{{FIELD}}-{{ROW}}" name="soft{{FIELD}}" value="{{SOFT}}" inputmode="decimal" autocomplete="off"></span></div><div class="field"><label for="max{{FIELD}}-{{ROW}}">{{TEXT}}, hard</label><span class="pf-v6-c-form-control"><input id="max{{FIELD}}-{{ROW}}" name="max{{FIELD}}" value="{{HARD}}" inputmode="decimal" autocomplete="off"></span></div></div>
{{/LINE}}<button class="pf-v6-c-button pf-m-secondary">Save<span class="unseen"> the limits of {{NAME}}</span></button></form></details>{{/EDIT}}</td></tr>
{{/PERSON}}
</tbody></table>
{{/PEOPLE}}
{{#NO_PEOPLE}}<p class="muted">Nobody has any: only the limits of the teams count.</p>{{/NO_PEOPLE}}
{{#NEW}}
<h3>Give a person limits</h3>
<form method="post" action="/admin/quotas"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="holder" value="USER"><input type="hidden" name="version" value="{{VERSION}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field"><label for="new-name">User name</label><span class="pf-v6-c-form-control"><input id="new-name" name="name" value="{{NAME}}" required autocomplete="off"></span></div>
{{#LINE}}<div class="pair"><div class="field"><label for="soft{{FIELD}}-{{ROW}}">{{TEXT}}, soft</label><span class="pf-v6-c-form-control"><input id="soft{{FIELD}}-{{ROW}}" name="soft{{FIELD}}" value="{{SOFT}}" inputmode="decimal" autocomplete="off"></span></div><div class="field"><label for="max{{FIELD}}-{{ROW}}">{{TEXT}}, hard</label><span class="pf-v6-c-form-control"><input id="max{{FIELD}}-{{ROW}}" name="max{{FIELD}}" value="{{HARD}}" inputmode="decimal" autocomplete="off"></span></div></div>
{{/LINE}}
<p><button class="pf-v6-c-button pf-m-secondary">Set the limits</button></p>
</form>
{{/NEW}}
</div>
</section>
