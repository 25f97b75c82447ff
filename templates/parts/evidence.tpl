{{%AUTOESCAPE context="HTML"}}
<dl class="facts">
<dt>Requester</dt><dd><strong>{{REQUESTER}}</strong>: {{HISTORY}}</dd>
<dt>Why somebody is asked</dt><dd>{{EXPLANATION}} <code class="break">{{RULE}}</code></dd>
<dt>Profile</dt><dd><a href="/catalog/{{PROFILE:u}}">{{PROFILE}}</a>{{#PROFILE_STANDING}}. {{WORDS}}{{/PROFILE_STANDING}}</dd>
{{#QUOTA}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/QUOTA}}
</dl>
{{#CHANGES}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md" id="changes-{{ID}}">
<caption>Other than the profile’s form gives</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Usual</th><th scope="col">Asked for</th></tr></thead>
<tbody>
{{#CHANGE}}<tr><th scope="row">{{FIELD}}</th><td data-label="Usual">{{USUAL}}</td><td data-label="Asked for"><strong>{{ASKED}}</strong></td></tr>
{{/CHANGE}}
</tbody>
</table>
{{/CHANGES}}
{{#AS_USUAL}}<p class="muted">Everything is as the profile’s form gives it.</p>{{/AS_USUAL}}
