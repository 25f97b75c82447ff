{{%AUTOESCAPE context="HTML"}}
<div class="pf-v6-c-card lost"><div class="pf-v6-c-card__body">
<p class="status">{{STATUS}}</p>
<h1>{{TITLE}}</h1>
<p>{{MESSAGE}}</p>
<p>{{NEXT_STEP}}</p>
<p class="actions">
{{#LINK}}<a class="pf-v6-c-button pf-m-primary" href="{{HREF}}">{{TEXT}}</a>{{/LINK}}
</p>
<p class="muted small">If you ask for help, give this request id: <code>{{REQUEST_ID}}</code></p>
</div></div>
