{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/catalog">Catalog</a></li></ol></nav>
<div class="head">
<div><h1>{{TITLE}}</h1><p class="muted">{{DESCRIPTION}}</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="pf-v6-c-button pf-m-primary" href="/requests/new?profile={{NAME:u}}">Order</a></p>{{/MAY_ORDER}}
</div>
{{#UNAVAILABLE}}<div class="pf-v6-c-alert pf-m-inline pf-m-warning"><div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#warning-fill"/></svg></div><h2 class="pf-v6-c-alert__title">This profile can’t be ordered now</h2><div class="pf-v6-c-alert__description"><p>{{WHY}}</p></div></div>{{/UNAVAILABLE}}
{{#DEMO}}<p class="small muted">{{PACE}}</p>{{/DEMO}}
<div class="columns">
<div>
{{#GROUP}}
<section class="pf-v6-c-card">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text">{{GROUP_TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
</div>
</section>
{{/GROUP}}
</div>
<div>
<section class="pf-v6-c-card" aria-labelledby="price-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="price-title">Price</h2></div>
<div class="pf-v6-c-card__body">
<p class="total">{{PRICE}} <span class="small muted">an hour</span></p>
<dl class="facts">
{{#PRICE_FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/PRICE_FACT}}
</dl>
{{#WARNING}}<p class="small">{{TEXT}}</p>{{/WARNING}}
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="history-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="history-title">How it went so far</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
<dt>Ready in</dt><dd>{{INSTALL_TIME}}</dd>
<dt>Last results</dt><dd>{{>RESULTS}}</dd>
</dl>
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="approval-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="approval-title">Approval</h2></div>
<div class="pf-v6-c-card__body"><p>{{APPROVAL}}</p>
{{#MAY_SIMULATE}}<p><a href="/admin/profiles/{{NAME:u}}/simulation">Try another rule on the last orders</a></p>{{/MAY_SIMULATE}}
</div>
</section>
</div>
</div>
