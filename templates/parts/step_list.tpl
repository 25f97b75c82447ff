{{%AUTOESCAPE context="HTML"}}
<ol class="pf-v6-c-progress-stepper pf-m-vertical">
{{#STEP}}<li class="pf-v6-c-progress-stepper__step {{TONE}}"><div class="pf-v6-c-progress-stepper__step-connector"><span class="pf-v6-c-progress-stepper__step-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></span></div><div class="pf-v6-c-progress-stepper__step-main"><div class="pf-v6-c-progress-stepper__step-title">{{NAME}} <span class="unseen">{{WORD}}</span> <span class="muted small">{{DURATION}}</span></div>{{#DETAIL}}<div class="pf-v6-c-progress-stepper__step-description">{{TEXT}}</div>{{/DETAIL}}</div></li>
{{/STEP}}
</ol>
