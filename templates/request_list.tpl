{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Requests</h1><p class="muted">Orders for clusters and for more time, newest first.</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="button first" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}</div>
<ul class="tabs">
{{#TAB}}<li><a href="{{HREF}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{TEXT}}</a></li>{{/TAB}}
</ul>
<div class="card table-card" id="requests" data-live>
{{#HAVE}}
<div class="scroll"><table class="stack">
<caption class="unseen">Requests</caption>
<thead><tr><th scope="col">What</th><th scope="col">State</th><th scope="col">Requester</th><th scope="col">Team</th><th scope="col">Asked</th><th scope="col" class="number">Cost to expiry</th></tr></thead>
<tbody>
{{#REQUEST}}
<tr>
<th scope="row"><a href="/requests/{{ID:u}}">{{WHAT}}</a> <small>{{PROFILE}}</small></th>
<td data-label="State">{{>STATE}}</td>
<td data-label="Requester">{{REQUESTER}}</td>
<td data-label="Team">{{TEAM}}</td>
<td data-label="Asked">{{>ASKED}}</td>
<td data-label="Cost to expiry" class="number">{{COST}}</td>
</tr>
{{/REQUEST}}
</tbody>
</table></div>
{{/HAVE}}
{{#NONE}}<div class="empty"><p><strong>{{TITLE}}</strong></p><p>{{NEXT_STEP}}</p></div>{{/NONE}}
</div>
