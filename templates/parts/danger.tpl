{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-card danger-zone" aria-labelledby="danger-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="danger-title">{{TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
<p class="small">{{WHAT}}</p>
{{#MAY}}
<form method="post" action="/clusters/{{ID:u}}/destroy"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p>
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="confirm">Type <strong>{{NAME}}</strong> to confirm</label>
<span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="confirm" name="confirm" autocomplete="off" autocapitalize="off" spellcheck="false" required pattern="{{NAME}}" title="{{NAME}}"{{#WRONG}} aria-invalid="true" aria-describedby="confirm-error"{{/WRONG}}></span>
{{#WRONG}}<span class="error" id="confirm-error">The name that was typed is not the name of this cluster.</span>{{/WRONG}}</div>
{{#ZONE}}
<div class="field{{#ZONE_WRONG}} wrong{{/ZONE_WRONG}}"><label for="delete_zone">To delete the hosted zone <strong>{{NAME}}</strong> as well, type its name <span class="muted small">(optional: without it the zone stays, and so does its delegation)</span></label>
<span class="pf-v6-c-form-control{{#ZONE_WRONG}} pf-m-error{{/ZONE_WRONG}}"><input id="delete_zone" name="delete_zone" value="{{TYPED}}" autocomplete="off" autocapitalize="off" spellcheck="false"{{#ZONE_WRONG}} aria-invalid="true"{{/ZONE_WRONG}}></span></div>
{{/ZONE}}
<button class="pf-v6-c-button pf-m-danger">{{VERB}}</button>
</form>
{{/MAY}}
{{#CANCEL}}
<hr>
<p class="small">{{WORDS}}</p>
<form method="post" action="/clusters/{{ID:u}}/cancel"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p><button class="pf-v6-c-button pf-m-danger">Stop the job</button></form>
{{/CANCEL}}
</div>
</section>
