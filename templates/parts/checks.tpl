{{%AUTOESCAPE context="HTML"}}
<section class="card" aria-labelledby="checks-title">
<h2 id="checks-title">{{TITLE}}</h2>
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
<button class="button">Check again now</button>
</form>
{{/AGAIN}}
</section>
