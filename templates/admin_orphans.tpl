{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Orphans</h1><p class="muted">Cloud resources without a live cluster. Open ones hold the name of the cluster that they are left of. Searches close by themselves what is gone.</p></div>
<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/admin/blocked">Blocked deletions</a></p></div>
{{>ERRORS}}
<nav class="pf-v6-c-tabs" aria-label="Which orphans"><ul class="pf-v6-c-tabs__list">
{{#TAB}}<li class="pf-v6-c-tabs__item{{#CURRENT}} pf-m-current{{/CURRENT}}"><a class="pf-v6-c-tabs__link" href="/admin/orphans?state={{VALUE:u}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{TEXT}}</a></li>{{/TAB}}
</ul></nav>
{{#HAVE_SOME}}
<div class="pf-v6-c-card"><div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Orphans</caption>
<thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">Left of</th><th scope="col">Seen</th><th scope="col">Guess</th><th scope="col">State</th></tr></thead>
<tbody>
{{#ORPHAN}}<tr id="{{ID}}"><th scope="row">{{TYPE}} {{NAME}} <small class="break">{{RESOURCE}}</small></th>
<td data-label="Where">{{PROVIDER}}{{#IN_ACCOUNT}} {{ACCOUNT}}{{/IN_ACCOUNT}}, {{REGION}}<br>{{#LINK}}<a href="{{HREF}}" rel="noreferrer">{{TEXT}}<span class="unseen"> of {{TYPE}} {{NAME}}</span></a>{{/LINK}}{{#NO_LINK}}<span class="muted small">{{WHY}}</span>{{/NO_LINK}}</td>
<td data-label="Left of">{{#OF}}<a href="/clusters/{{CLUSTER:u}}">{{CLUSTER_NAME}}</a>{{/OF}} <small class="muted break">{{INFRA_ID}}</small>{{#OWNED}}<br><small class="muted">perhaps of {{OWNER}}</small>{{/OWNED}}</td>
<td data-label="Seen"><span>since {{>SINCE}}<br>last {{>LAST}}</span></td>
<td data-label="Guess">{{GUESS}}</td>
<td data-label="State">{{>STATE}}{{#CLOSED}} <small>{{>AT}} by {{BY}}: {{NOTE}}{{#HOME}} <a href="/clusters/{{ADOPTED_AS:u}}">The cluster</a>{{/HOME}}</small>{{/CLOSED}}
{{#MAY_CLOSE}}<form method="post" action="/admin/orphans/{{ID:u}}/close"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="note-{{ID}}">What became of it, or why it may stay</label><span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="note-{{ID}}" name="note" required value="{{TYPED}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}></span></div>
<button class="pf-v6-c-button pf-m-secondary pf-m-small">Close<span class="unseen"> {{TYPE}} {{NAME}}</span></button>
<button class="pf-v6-c-button pf-m-secondary pf-m-small" name="ignore" value="yes">Ignore for good<span class="unseen"> {{TYPE}} {{NAME}}</span></button></form>{{/MAY_CLOSE}}
{{#MAY_ACT}}<p><a class="pf-v6-c-button pf-m-secondary pf-m-small" href="/admin/orphans/{{ID:u}}/adopt">Adopt<span class="unseen"> {{TYPE}} {{NAME}}</span></a></p>
<details{{#WRONG}} open{{/WRONG}}><summary>Destroy<span class="unseen"> {{TYPE}} {{NAME}}</span></summary><form method="post" action="/admin/orphans/{{ID:u}}/destroy"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="small">The installer deletes everything in this region that carries the tag of {{INFRA_ID}}, not this thing alone. There is no way back.</p>
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="infra-{{ID}}">Type {{INFRA_ID}}</label><span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="infra-{{ID}}" name="infra" required autocomplete="off" value="{{TYPED_INFRA_ID}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}></span></div>
<button class="pf-v6-c-button pf-m-secondary pf-m-danger pf-m-small">Destroy all of it</button></form></details>{{/MAY_ACT}}</td></tr>
{{/ORPHAN}}
</tbody></table></div></div>
{{/HAVE_SOME}}
{{#NONE}}<div class="pf-v6-c-card"><div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">{{TITLE}}</h2><div class="pf-v6-c-empty-state__body">{{WORDS}}</div></div></div></div>{{/NONE}}
{{#NEXT}}<p><a href="/admin/orphans?state={{VALUE:u}}&amp;offset={{OFFSET:u}}">Older ones</a></p>{{/NEXT}}
