{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-card" aria-labelledby="checks-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="checks-title">{{TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
<p><strong>{{SENTENCE}}</strong> <span class="muted small">Looked {{>AT}}</span></p>
<details{{#OPEN}} open{{/OPEN}}><summary>What was checked</summary>
<ul class="checks">
{{#CHECK}}<li>{{>STATE}} {{DETAIL}}{{#REMEDY}}<br><span class="small"><strong>To do:</strong> {{TEXT}}</span>{{/REMEDY}}</li>
{{/CHECK}}
</ul>
</details>
{{#AGAIN}}
<form method="post" action="/clusters/{{ID:u}}/retry"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="small">It is looked at again every five minutes, for a day.</p>
<button class="pf-v6-c-button pf-m-secondary">Check again now</button>
</form>
{{/AGAIN}}
</div>
</section>
