{{%AUTOESCAPE context="HTML"}}
<div class="pf-v6-c-alert pf-m-inline pf-m-danger summary" role="alert" tabindex="-1" aria-labelledby="errors-title">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="errors-title">{{TITLE}}</h2>
<div class="pf-v6-c-alert__description"><ul class="pf-v6-c-list">
{{#ERROR}}
<li>{{#LINKED}}<a href="#{{FIELD}}">{{TEXT}}</a>{{/LINKED}}{{#PLAIN}}{{TEXT}}{{/PLAIN}}</li>
{{/ERROR}}
</ul></div>
</div>
