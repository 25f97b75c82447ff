{{%AUTOESCAPE context="HTML"}}
<ol class="steps">
{{#STEP}}<li class="{{TONE}}"><span>{{NAME}} <span class="unseen">{{WORD}}</span></span> <span class="muted small">{{DURATION}}</span>{{#DETAIL}}<small>{{TEXT}}</small>{{/DETAIL}}</li>
{{/STEP}}
</ol>
