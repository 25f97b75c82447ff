{{%AUTOESCAPE context="HTML"}}
{{#HAVE_SOME}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption>{{CAPTION}}</caption>
<thead><tr><th scope="col">What</th><th scope="col">Region</th><th scope="col">Seen since</th><th scope="col">Where to look</th></tr></thead>
<tbody>
{{#LEFT}}<tr><th scope="row">{{TYPE}} {{NAME}} <small class="break">{{ID}}</small></th><td data-label="Region">{{REGION}}</td><td data-label="Seen since">{{>SINCE}}</td><td data-label="Where to look">{{#LINK}}<a href="{{HREF}}" rel="noreferrer">{{TEXT}}<span class="unseen"> of {{TYPE}} {{NAME}}</span></a>{{/LINK}}{{#NO_LINK}}<span class="muted">{{WHY}}</span>{{/NO_LINK}}{{#CLOSED}}<br><span class="muted small">Closed by {{BY}}: {{NOTE}}</span>{{/CLOSED}}</td></tr>
{{/LEFT}}
</tbody></table></div>
{{/HAVE_SOME}}
{{#NOTHING}}<p class="muted">{{WORDS}}</p>{{/NOTHING}}
