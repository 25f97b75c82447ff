{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Clusters</h1><p class="muted">{{TOTAL}}</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="button first" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}
</div>
<form class="card" method="get" action="/clusters" role="search" aria-label="Clusters">
<div class="filters">
<div class="field search"><label for="q">Search</label><input id="q" name="q" type="search" value="{{SEARCH}}" aria-describedby="q-hint"></div>
{{#FILTER}}
<div class="field"><label for="{{ID}}">{{LABEL}}</label><select id="{{ID}}" name="{{ID}}">{{#OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/OPTION}}</select></div>
{{/FILTER}}
<div class="field"><label for="owner">Owner</label><input id="owner" name="owner" value="{{OWNER}}" autocomplete="off"></div>
<p class="actions"><button class="button">Show</button>{{#FILTERED}} <a href="/clusters">Clear</a>{{/FILTERED}}</p>
</div>
<p class="small muted" id="q-hint">Terms over name, profile, region, owner, team and version; “two words” in quotes, -term leaves out.</p>
</form>
<div class="card table-card" id="rows" data-live>
{{#HAVE}}
<div class="scroll"><table class="stack">
<caption class="unseen">Clusters, newest first</caption>
<thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Owner</th><th scope="col">Team</th><th scope="col">Profile</th><th scope="col">Region</th><th scope="col">Version</th><th scope="col">Age</th><th scope="col">Time left</th><th scope="col" class="number">$ an hour</th></tr></thead>
<tbody>
{{#CLUSTER}}
<tr>
<th scope="row"><a href="/clusters/{{ID:u}}">{{NAME}}</a></th>
<td data-label="State">{{>STATE}}</td>
<td data-label="Owner">{{OWNER}}</td>
<td data-label="Team">{{TEAM}}</td>
<td data-label="Profile">{{PROFILE}}</td>
<td data-label="Region">{{REGION}}</td>
<td data-label="Version">{{VERSION}}</td>
<td data-label="Age"><time datetime="{{CREATED_ISO}}" title="{{CREATED}}">{{AGE}}</time></td>
<td data-label="Time left">{{#ENDS}}<time datetime="{{ISO}}" title="{{WHEN}}">{{LEFT}}</time>{{/ENDS}}{{#NO_END}}<span class="muted">{{WORDS}}</span>{{/NO_END}}</td>
<td data-label="$ an hour" class="number">{{RATE}}</td>
</tr>
{{/CLUSTER}}
</tbody>
</table></div>
{{/HAVE}}
{{#NONE}}<div class="empty"><p><strong>{{TITLE}}</strong></p><p>{{NEXT_STEP}}</p></div>{{/NONE}}
</div>
{{#MORE}}<p class="actions"><a class="button" href="{{HREF}}" rel="next">Older clusters</a></p>{{/MORE}}
