{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/clusters">Clusters</a></li></ol></nav>
<div class="head"><div><h1>{{TITLE}}</h1><p>{{SUMMARY}}</p></div></div>
{{#NONE}}
<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">No cluster was chosen.</h2><p class="pf-v6-c-empty-state__body">Tick the boxes in front of the clusters that you mean, then take the button below the list.</p><div class="pf-v6-c-empty-state__footer"><a class="pf-v6-c-button pf-m-primary" href="/clusters">Back to the list</a></div></div></div>
{{/NONE}}
{{#HAVE}}
<div class="pf-v6-c-card scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">{{TITLE}}</caption>
<thead><tr><th scope="col">Cluster</th><th scope="col">State</th><th scope="col">Owner, team</th><th scope="col">{{#BEFORE}}What will happen{{/BEFORE}}{{#AFTER}}What happened{{/AFTER}}</th></tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row"><a href="/clusters/{{ID:u}}">{{NAME}}</a></th><td data-label="State">{{>STATE}}</td><td data-label="Owner, team">{{OWNER}} <small>{{TEAM}}</small></td><td data-label="What">{{#ALLOWED}}{{WORDS}}{{/ALLOWED}}{{#REFUSED}}<strong>Nothing.</strong> {{WORDS}}{{/REFUSED}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{#AFTER}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/clusters">Back to the list</a></p>{{/AFTER}}
{{/HAVE}}
{{#NOTHING_LEFT}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/clusters">Back to the list</a></p>{{/NOTHING_LEFT}}
{{#EXTEND}}
<form class="pf-v6-c-card" method="post" action="/clusters/bulk/extend"><div class="pf-v6-c-card__body"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<input type="hidden" name="hours" value="{{HOURS}}">
{{#CHOSEN}}<input type="hidden" name="seen" value="{{SEEN}}">{{/CHOSEN}}
<div class="field"><label for="reason">Reason <span class="muted small">(optional)</span></label><span class="pf-v6-c-form-control"><input id="reason" name="reason" maxlength="1000"></span></div>
<p class="small muted">What a profile’s policy does not grant by itself waits for an approver. A cluster whose end has moved meanwhile is left alone.</p>
<p class="actions"><button class="pf-v6-c-button pf-m-primary">Extend these clusters</button> <a href="/clusters">Back to the list</a></p>
</div></form>
{{/EXTEND}}
{{#DESTROY}}
<form class="pf-v6-c-card" method="post" action="/clusters/bulk/destroy"><div class="pf-v6-c-card__body"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p>
{{#CHOSEN}}<input type="hidden" name="seen" value="{{SEEN}}">{{/CHOSEN}}
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="confirm">Type <strong>destroy</strong> to confirm</label>
<span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="confirm" name="confirm" autocomplete="off" autocapitalize="off" spellcheck="false" required pattern="destroy" title="destroy"{{#WRONG}} aria-invalid="true" aria-describedby="confirm-error"{{/WRONG}}></span>
{{#WRONG}}<span class="error" id="confirm-error">Nothing was destroyed: the word that was typed is not “destroy”.</span>{{/WRONG}}</div>
<p class="actions"><button class="pf-v6-c-button pf-m-danger">Destroy these clusters</button> <a href="/clusters">Back to the list</a></p>
</div></form>
{{/DESTROY}}
