{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#NONE}}<div class="card empty"><p><strong>{{TITLE}}</strong></p><p>{{NEXT_STEP}}</p></div>{{/NONE}}
{{#RECEIPT}}
<article class="card" aria-labelledby="receipt-title">
<h2 id="receipt-title">Receipt: {{NAME}} is gone</h2>
<p>{{SUMMARY}}</p>
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
<dt>Proven gone</dt><dd>{{>CLEAN_AT}}</dd>
</dl>
<h3>What was looked for</h3>
<ul>{{#SCOPE}}<li>{{TEXT}}</li>{{/SCOPE}}</ul>
<h3>The sweeps</h3>
<ol class="timeline">{{#SWEEP}}<li><strong>{{TEXT}}</strong><br>{{>AT}}</li>{{/SWEEP}}</ol>
{{#LEFT}}<h3>What is left</h3><ul>{{#LEFT_ITEM}}<li>{{TEXT}}</li>{{/LEFT_ITEM}}</ul>{{/LEFT}}
<p class="small muted">Receipt <code>{{ID}}</code>, SHA-256 <code class="break">{{SHA256}}</code>. Kept with the cluster’s record; printing this page gives a copy.</p>
</article>
{{/RECEIPT}}
