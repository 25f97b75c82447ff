{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Catalog</h1><p class="muted">What can be ordered, what people use most first. Times and results come from this desk’s own history.</p></div>
{{#MAY_IMPORT}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/requests/import">Order by file</a></p>{{/MAY_IMPORT}}
</div>
<div class="pf-v6-l-gallery pf-m-gutter wide-cards">
{{#PROFILE}}
<article class="pf-v6-c-card" aria-labelledby="profile-{{NAME}}">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="profile-{{NAME}}"><a href="/catalog/{{NAME:u}}">{{TITLE}}</a></h2></div>
<div class="pf-v6-c-card__body">
<p>{{DESCRIPTION}}</p>
<dl class="facts">
<dt>Price</dt><dd><strong>{{PRICE}}</strong> an hour</dd>
<dt>Lifetime</dt><dd>{{LIFETIME}}</dd>
<dt>Approval</dt><dd>{{APPROVAL}}</dd>
<dt>Ready in</dt><dd>{{INSTALL_TIME}}</dd>
{{#HAVE_RESULTS}}<dt>Last results</dt><dd>{{>RESULTS}}</dd>
{{/HAVE_RESULTS}}<dt>Nodes</dt><dd>{{NODES}}</dd>
<dt>Platform</dt><dd>{{PLATFORM}}</dd>
</dl>
</div>
<div class="pf-v6-c-card__footer"><p class="actions">{{#MAY_ORDER}}<a class="pf-v6-c-button pf-m-primary" href="/requests/new?profile={{NAME:u}}">Order<span class="unseen"> {{TITLE}}</span></a>{{/MAY_ORDER}} <a class="pf-v6-c-button pf-m-secondary" href="/catalog/{{NAME:u}}">Details<span class="unseen"> of {{TITLE}}</span></a></p></div>
</article>
{{/PROFILE}}
</div>
{{#EMPTY}}
<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nothing can be ordered yet</h2><p class="pf-v6-c-empty-state__body">{{WHY}}</p></div></div>
{{/EMPTY}}
{{#CLOSED}}
<details id="closed"><summary>Not available ({{COUNT}})</summary>
<ul class="pf-v6-c-list">
{{#CLOSED_PROFILE}}<li><a href="/catalog/{{NAME:u}}">{{TITLE}}</a>: {{WHY}}</li>{{/CLOSED_PROFILE}}
</ul>
</details>
{{/CLOSED}}
