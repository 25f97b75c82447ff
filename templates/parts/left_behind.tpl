{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-alert pf-m-inline pf-m-danger" aria-labelledby="left-title">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="left-title">What was left when it was given up</h2>
<div class="pf-v6-c-alert__description"><p>{{SENTENCE}}</p>
{{>LEFTOVERS}}
{{#MAY_CLOSE}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/admin/orphans?state=OPEN">Orphans</a></p>{{/MAY_CLOSE}}</div>
</section>
