{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Costs</h1><p class="muted">An estimate by list prices: what each cluster’s profile said when it was ordered, for the time it was there. Not a bill. Months are counted in UTC.</p></div></div>
<form class="pf-v6-c-card" method="get" action="/costs" aria-label="What is shown">
<div class="pf-v6-c-card__body filters">
{{#KEPT}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/KEPT}}
{{>BY}}
{{>FROM}}
{{>TO}}
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Show</button></p>
</div>
{{#CHIPS}}<div class="pf-v6-c-card__footer">Only {{#CHIP}}<a class="pf-v6-c-label pf-m-blue" href="{{HREF}}">{{TEXT}} <svg class="icon" aria-hidden="true"><use href="{{ICONS}}#close"/></svg><span class="unseen">, take this filter away</span></a> {{/CHIP}}</div>{{/CHIPS}}
</form>
{{#BUDGETS}}
<section class="pf-v6-c-card" aria-labelledby="budgets-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="budgets-title">Budgets of {{MONTH}}</h2></div>
<div class="pf-v6-c-card__body">
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Budgets</caption>
<thead><tr><th scope="col">Team</th><th scope="col" class="number">Budget</th><th scope="col" class="number">Spent</th><th scope="col" class="number">By month’s end</th><th scope="col">Standing</th></tr></thead>
<tbody>
{{#BUDGET}}<tr><th scope="row"><a href="{{HREF}}">{{TEAM}}</a></th><td data-label="Budget" class="number">{{AMOUNT}}</td><td data-label="Spent" class="number">{{ACCRUED}}</td><td data-label="By month’s end" class="number">{{EXPECTED}}</td><td data-label="Standing">{{>STATE}}</td></tr>
{{/BUDGET}}
</tbody></table>
</div>
</section>
{{/BUDGETS}}
<section class="pf-v6-c-card" aria-labelledby="sums-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="sums-title">In these months</h2></div>
<div class="pf-v6-c-card__body"><dl class="figures">{{#SUM}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/SUM}}</dl></div>
</section>
{{#HAVE}}
<section class="pf-v6-c-card" aria-labelledby="months-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="months-title">By month</h2></div>
<div class="pf-v6-c-card__body chart-and-table">
{{>CHART}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Costs by month</caption>
<thead><tr><th scope="col">Month</th><th scope="col" class="number">Spent</th><th scope="col" class="number">Hibernated</th><th scope="col" class="number">To come</th><th scope="col" class="number">Together</th></tr></thead>
<tbody>
{{#MONTH_ROW}}<tr><th scope="row">{{MONTH}}</th><td data-label="Spent" class="number">{{ACCRUED}}</td><td data-label="Hibernated" class="number">{{ASLEEP}}</td><td data-label="To come" class="number">{{PROJECTED}}</td><td data-label="Together" class="number">{{EXPECTED}}</td></tr>
{{/MONTH_ROW}}
</tbody></table>
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="groups-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="groups-title">{{HEADING}}</h2></div>
<div class="pf-v6-c-card__body">
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Costs</caption>
<thead><tr><th scope="col">{{COLUMN}}</th><th scope="col" class="number">Clusters</th><th scope="col" class="number">Hours</th><th scope="col" class="number">Spent</th><th scope="col" class="number">Hibernated</th><th scope="col" class="number">To come</th><th scope="col" class="number">Together</th></tr></thead>
<tbody>
{{#ROW}}<tr><th scope="row"><a href="{{HREF}}">{{LABEL}}</a></th><td data-label="Clusters" class="number">{{CLUSTERS}}</td><td data-label="Hours" class="number">{{HOURS}}</td><td data-label="Spent" class="number">{{ACCRUED}}</td><td data-label="Hibernated" class="number">{{ASLEEP}}</td><td data-label="To come" class="number">{{PROJECTED}}</td><td data-label="Together" class="number">{{EXPECTED}}</td></tr>
{{/ROW}}
</tbody></table>
{{#REST}}<p class="muted">{{TEXT}}</p>{{/REST}}
</div>
<div class="pf-v6-c-card__footer"><a class="pf-v6-c-button pf-m-secondary" href="{{CSV}}" download>Download as CSV</a></div>
</section>
{{/HAVE}}
{{#NONE}}
<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nothing cost anything in these months.</h2><div class="pf-v6-c-empty-state__body">Take a filter away or choose other months. <a href="/catalog">The catalog</a> says what a cluster would cost.</div></div></div>
{{/NONE}}
