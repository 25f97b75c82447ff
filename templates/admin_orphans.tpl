{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Orphans</h1><p class="muted">Cloud resources without a live cluster. Open ones hold the name of the cluster that they are left of.</p></div>
<p class="actions"><a class="button" href="/admin/blocked">Blocked deletions</a></p></div>
{{>ERRORS}}
<nav aria-label="Which orphans"><ul class="tabs">
{{#TAB}}<li><a href="/admin/orphans?state={{VALUE:u}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{TEXT}}</a></li>{{/TAB}}
</ul></nav>
{{#HAVE_SOME}}
<div class="card table-card"><div class="scroll"><table class="stack">
<caption class="unseen">Orphans</caption>
<thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">Left of</th><th scope="col">Seen</th><th scope="col">Guess</th><th scope="col">State</th></tr></thead>
<tbody>
{{#ORPHAN}}<tr id="{{ID}}"><th scope="row">{{TYPE}} {{NAME}} <small class="break">{{RESOURCE}}</small></th>
<td data-label="Where">{{PROVIDER}}, {{REGION}}<br>{{#LINK}}<a href="{{HREF}}" rel="noreferrer">{{TEXT}}<span class="unseen"> of {{TYPE}} {{NAME}}</span></a>{{/LINK}}{{#NO_LINK}}<span class="muted small">{{WHY}}</span>{{/NO_LINK}}</td>
<td data-label="Left of">{{#OF}}<a href="/clusters/{{CLUSTER:u}}">{{CLUSTER_NAME}}</a>{{/OF}} <small class="muted break">{{INFRA_ID}}</small></td>
<td data-label="Seen">since {{>SINCE}}<br>last {{>LAST}}</td>
<td data-label="Guess">{{GUESS}}</td>
<td data-label="State">{{>STATE}}{{#CLOSED}} <small>{{>AT}} by {{BY}}: {{NOTE}}</small>{{/CLOSED}}
{{#MAY_CLOSE}}<form method="post" action="/admin/orphans/{{ID:u}}/close"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="note-{{ID}}">What became of it</label><input id="note-{{ID}}" name="note" required value="{{TYPED}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}></div>
<button class="button slim">Close<span class="unseen"> {{TYPE}} {{NAME}}</span></button></form>{{/MAY_CLOSE}}</td></tr>
{{/ORPHAN}}
</tbody></table></div></div>
{{/HAVE_SOME}}
{{#NONE}}<div class="card empty"><p><strong>{{TITLE}}</strong></p><p>{{WORDS}}</p></div>{{/NONE}}
{{#NEXT}}<p><a href="/admin/orphans?state={{VALUE:u}}&amp;offset={{OFFSET:u}}">Older ones</a></p>{{/NEXT}}
