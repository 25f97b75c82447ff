{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/catalog">Catalog</a></p>
<div class="head">
<div><h1>{{TITLE}}</h1><p class="muted">{{DESCRIPTION}}</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="button first" href="/requests/new?profile={{NAME:u}}">Order</a></p>{{/MAY_ORDER}}
</div>
{{#UNAVAILABLE}}<div class="box wait"><h2>This profile can’t be ordered now</h2><p>{{WHY}}</p></div>{{/UNAVAILABLE}}
{{#DEMO}}<p class="small muted">{{PACE}}</p>{{/DEMO}}
<div class="columns">
<div>
{{#GROUP}}
<section class="card">
<h2>{{GROUP_TITLE}}</h2>
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
</section>
{{/GROUP}}
</div>
<div>
<section class="card" aria-labelledby="price-title">
<h2 id="price-title">Price</h2>
<p class="total">{{PRICE}} <span class="small muted">an hour</span></p>
<dl class="facts">
{{#PRICE_FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/PRICE_FACT}}
</dl>
{{#WARNING}}<p class="small">{{TEXT}}</p>{{/WARNING}}
</section>
<section class="card" aria-labelledby="history-title">
<h2 id="history-title">How it went so far</h2>
<dl class="facts">
<dt>Ready in</dt><dd>{{INSTALL_TIME}}</dd>
<dt>Last results</dt><dd>{{>RESULTS}}</dd>
</dl>
</section>
<section class="card" aria-labelledby="approval-title">
<h2 id="approval-title">Approval</h2>
<p>{{APPROVAL}}</p>
</section>
</div>
</div>
