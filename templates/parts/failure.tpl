{{%AUTOESCAPE context="HTML"}}
<section class="box bad" aria-labelledby="failure-title">
<h2 id="failure-title">{{TITLE}}</h2>
<p><strong>{{REASON}}</strong></p>
{{#HINT}}<p>{{TEXT}}</p>{{/HINT}}
<dl class="facts">
<dt>Whose turn</dt><dd>{{TURN}}</dd>
{{#HAVE_NEXT}}<dt>Next try</dt><dd>{{>NEXT_TRY}}</dd>{{/HAVE_NEXT}}
<dt>Kind</dt><dd>{{CLASS}}{{#CODE}} (<code>{{TEXT}}</code>){{/CODE}}</dd>
{{#LAST_TIMES}}<dt>{{LABEL}}</dt><dd><span class="results" aria-hidden="true">{{#TIME}}<span class="{{TONE}}">{{MARK}}</span>{{/TIME}}</span> {{SUMMARY}}</dd>{{/LAST_TIMES}}
{{#FIRST_TIME}}<dt>On this desk</dt><dd>{{WORDS}}</dd>{{/FIRST_TIME}}
</dl>
{{#HAVE_EVIDENCE}}
<h3>What the log says</h3>
<ol class="evidence">
{{#EVIDENCE}}<li>{{#PLACE}}<a href="{{HREF}}">Line {{NUMBER}}</a> {{/PLACE}}<code>{{TEXT}}</code></li>
{{/EVIDENCE}}
</ol>
{{/HAVE_EVIDENCE}}
{{#HAVE_EARLIER}}
<h3>Attempts before</h3>
<ol class="evidence">
{{#EARLIER}}<li><a href="{{HREF}}">Attempt {{NUMBER}}</a> {{REASON}} <span class="small">{{>WHEN}}</span></li>
{{/EARLIER}}
</ol>
{{/HAVE_EARLIER}}
{{#LOG}}<p class="small"><a href="{{HREF}}">Log of attempt {{NUMBER}}</a></p>{{/LOG}}
</section>
