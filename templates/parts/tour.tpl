{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-alert pf-m-inline pf-m-info" aria-labelledby="tour-title" id="tour">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#information-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="tour-title">{{TITLE}} <span class="small muted">step {{NUMBER}} of {{OF}}</span></h2>
<div class="pf-v6-c-alert__description"><p>{{TEXT}}</p>
<form method="post" action="/tour" class="actions"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><input type="hidden" name="back" value="{{HERE}}">{{#NEXT}}<a class="pf-v6-c-button pf-m-primary pf-m-small" href="{{HREF}}">{{ACTION}}</a> {{/NEXT}}<button class="pf-v6-c-button pf-m-link pf-m-small" name="wish" value="end">{{END}}</button></form></div>
</section>
