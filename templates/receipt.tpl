{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#NONE}}<div class="card empty"><p><strong>{{TITLE}}</strong></p><p>{{NEXT_STEP}}</p></div>{{/NONE}}
{{#RECEIPT}}
<article class="card" aria-labelledby="receipt-title">
<h2 id="receipt-title">Receipt: {{NAME}} {{ENDED}}</h2>
<p>{{SUMMARY}}</p>
{{#GIVEN_UP}}<div class="box bad"><p><strong>This is not a proof of deletion.</strong> What is listed under “What is left” may still exist and cost money.</p></div>{{/GIVEN_UP}}
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
{{#PROVEN}}<dt>Proven gone</dt><dd>{{>CLEAN_AT}}</dd>{{/PROVEN}}
</dl>
{{#LOOKED}}<h3>What was looked for</h3>
<ul>{{#SCOPE}}<li>{{TEXT}}</li>{{/SCOPE}}</ul>
<h3>The sweeps</h3>
<ol class="timeline">{{#SWEEP}}<li><strong>{{TEXT}}</strong><br>{{>AT}}</li>{{/SWEEP}}</ol>{{/LOOKED}}
{{#LEFT}}<h3>What is left</h3><ul>{{#LEFT_ITEM}}<li>{{TEXT}}</li>{{/LEFT_ITEM}}</ul>{{/LEFT}}
<p class="small muted">Receipt <code>{{ID}}</code>, SHA-256 <code class="break">{{SHA256}}</code>. Kept with the cluster’s record; printing this page gives a copy.</p>
</article>
{{/RECEIPT}}
