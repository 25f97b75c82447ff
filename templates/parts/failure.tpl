{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-alert pf-m-inline pf-m-danger" aria-labelledby="failure-title">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="failure-title">{{TITLE}}</h2>
<div class="pf-v6-c-alert__description">
<p><strong>{{REASON}}</strong></p>
{{#HINT}}<p>{{TEXT}}</p>{{/HINT}}
<dl class="facts">
<dt>Whose turn to mend it</dt><dd>{{TURN}}</dd>
{{#HAVE_NEXT}}<dt>Next try</dt><dd>{{>NEXT_TRY}}</dd>{{/HAVE_NEXT}}
<dt>Kind</dt><dd>{{CLASS}}{{#CODE}} (<code>{{TEXT}}</code>){{/CODE}}</dd>
{{#LAST_TIMES}}<dt>{{LABEL}}</dt><dd><span class="results" aria-hidden="true">{{#TIME}}<span class="{{TONE}}">{{MARK}}</span>{{/TIME}}</span> {{SUMMARY}}</dd>{{/LAST_TIMES}}
{{#FIRST_TIME}}<dt>On this desk</dt><dd>{{WORDS}}</dd>{{/FIRST_TIME}}
</dl>
{{#HAVE_EVIDENCE}}
<h3>What the log says</h3>
<ul class="evidence">
{{#EVIDENCE}}<li>{{#PLACE}}<a href="{{HREF}}">Line {{NUMBER}}</a> {{/PLACE}}<code>{{TEXT}}</code></li>
{{/EVIDENCE}}
</ul>
{{/HAVE_EVIDENCE}}
{{#HAVE_EARLIER}}
<h3>Attempts before</h3>
<ul class="evidence">
{{#EARLIER}}<li><a href="{{HREF}}">Attempt {{NUMBER}}</a> {{REASON}} <span class="small">{{>WHEN}}</span></li>
{{/EARLIER}}
</ul>
{{/HAVE_EARLIER}}
<p class="actions">{{#AGAIN}}<a class="pf-v6-c-button pf-m-primary" href="{{HREF}}">{{WORDS}}</a> {{/AGAIN}}{{#LOG}}<a href="{{HREF}}">Log of attempt {{NUMBER}}</a>{{/LOG}}</p>
</div>
</section>
