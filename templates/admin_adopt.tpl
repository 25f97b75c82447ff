{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/admin/orphans">Orphans</a></li></ol></nav>
<div class="head"><div><h1>Adopt {{NAME}}</h1><p class="muted">Everything of {{INFRA_ID}} becomes a cluster again: it has an owner, its cost is counted, and it is destroyed at its end, with a receipt.</p></div></div>
{{>ERRORS}}
<form method="post" action="/admin/orphans/{{ID:u}}/adopt" novalidate aria-label="Adoption"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="columns">
<div class="pf-v6-c-card"><div class="pf-v6-c-card__body pf-v6-c-form">
<div class="pair">{{>TEAM}}{{>OWNER}}</div>
{{>PROFILE}}
<div class="pair">{{>COST_CENTER}}{{>TTL}}</div>
{{#ASKED}}<div class="pair">{{>BASE_DOMAIN}}{{>VERSION}}</div>{{/ASKED}}
<p class="actions"><button class="pf-v6-c-button pf-m-primary">Adopt</button> <a class="pf-v6-c-button pf-m-link" href="/admin/orphans">Leave it</a></p>
</div></div>
<aside class="pf-v6-c-card aside" aria-labelledby="known-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="known-title">What is known</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd class="break">{{VALUE}}</dd>{{/FACT}}
</dl>
{{#KNOWN}}<p class="small">It was made for <a href="/clusters/{{CLUSTER:u}}">a cluster that ended</a>. That one stays ended; whatever else is left of it goes along.</p>{{/KNOWN}}
{{#UNKNOWN}}<p class="small">No cluster of this desk is known to have made it: its tags say that it is the desk’s.</p>{{/UNKNOWN}}
<p class="small">There is no kubeconfig: adopting does not make it usable, it keeps it from being forgotten.</p>
</div>
</aside>
</div>
</form>
