{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#NONE}}<div class="pf-v6-c-card"><div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">{{TITLE}}</h2><div class="pf-v6-c-empty-state__body">{{NEXT_STEP}}</div></div></div></div>{{/NONE}}
{{#RECEIPT}}
<article class="pf-v6-c-card" aria-labelledby="receipt-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="receipt-title">Receipt: {{NAME}} {{ENDED}}</h2></div>
<div class="pf-v6-c-card__body">
<p>{{SUMMARY}}</p>
{{#PROVEN}}<p>Nothing of it is left that could cost money. This page, printed, is the proof of it.</p>{{/PROVEN}}
{{#GIVEN_UP}}<div class="pf-v6-c-alert pf-m-inline pf-m-danger">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<p class="pf-v6-c-alert__title">This is not a proof of deletion.</p>
<div class="pf-v6-c-alert__description"><p>What is listed under “What is left” may still exist and cost money.</p></div>
</div>{{/GIVEN_UP}}
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
{{#PROVEN}}<dt>Proven gone</dt><dd>{{>CLEAN_AT}}</dd>{{/PROVEN}}
</dl>
{{#LOOKED}}<h3>What was looked for</h3>
<ul class="pf-v6-c-list">{{#SCOPE}}<li>{{TEXT}}</li>{{/SCOPE}}</ul>
<h3>The sweeps</h3>
<ol class="timeline">{{#SWEEP}}<li><strong>{{TEXT}}</strong><br>{{>AT}}</li>{{/SWEEP}}</ol>{{/LOOKED}}
{{#LEFT}}<h3>What is left</h3><ul class="pf-v6-c-list">{{#LEFT_ITEM}}<li>{{TEXT}}</li>{{/LEFT_ITEM}}</ul>{{/LEFT}}
<p class="small muted">Receipt <code>{{ID}}</code>, SHA-256 <code class="break">{{SHA256}}</code>. Kept with the cluster’s record.</p>
</div>
</article>
{{/RECEIPT}}
