{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Requests</h1><p class="muted">Orders for clusters and for more time, newest first.</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="pf-v6-c-button pf-m-primary" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}</div>
<nav class="pf-v6-c-tabs" aria-label="State">
<ul class="pf-v6-c-tabs__list">{{#TAB}}<li class="pf-v6-c-tabs__item{{#CURRENT}} pf-m-current{{/CURRENT}}"><a class="pf-v6-c-tabs__link" href="{{HREF}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}><span class="pf-v6-c-tabs__item-text">{{TEXT}}</span></a></li>{{/TAB}}</ul>
</nav>
{{#HAVE}}
<div class="pf-v6-c-card scroll">
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md" id="requests">
<caption class="unseen">Requests</caption>
<thead><tr><th scope="col">What</th><th scope="col">State</th><th scope="col">Requester, team</th><th scope="col">Asked</th><th scope="col" class="number">Cost to expiry</th></tr></thead>
<tbody>
{{#REQUEST}}
<tr>
<th scope="row"><a href="/requests/{{ID:u}}">{{WHAT}}</a> <small>{{PROFILE}}</small></th>
<td data-label="State">{{>STATE}}{{#ASKED_SOMETHING}} <small>{{TEXT}}</small>{{/ASKED_SOMETHING}}</td>
<td data-label="Requester">{{REQUESTER}} <small>{{TEAM}}</small></td>
<td data-label="Asked">{{>ASKED}}</td>
<td data-label="Cost to expiry" class="number">{{COST}}</td>
</tr>
{{/REQUEST}}
</tbody>
</table>
</div>
{{/HAVE}}
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">{{TITLE}}</h2><p class="pf-v6-c-empty-state__body">{{NEXT_STEP}}</p></div></div>{{/NONE}}
<p class="actions">{{#BACK}}<a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="first">First page</a>{{/BACK}} {{#FURTHER}}<a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="next">Next page</a>{{/FURTHER}}</p>
