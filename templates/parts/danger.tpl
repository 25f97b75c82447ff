{{%AUTOESCAPE context="HTML"}}
<section class="card danger-zone" aria-labelledby="danger-title">
<h2 id="danger-title">{{TITLE}}</h2>
<p class="small">{{WHAT}}</p>
{{#MAY}}
<form method="post" action="/clusters/{{ID:u}}/destroy"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p>
<div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="confirm">Type <strong>{{NAME}}</strong> to confirm</label>
<input id="confirm" name="confirm" autocomplete="off" autocapitalize="off" spellcheck="false" required data-typed="{{NAME}}"{{#WRONG}} aria-invalid="true" aria-describedby="confirm-error"{{/WRONG}}>
{{#WRONG}}<span class="error" id="confirm-error">The name that was typed is not the name of this cluster.</span>{{/WRONG}}</div>
<button class="button danger">{{VERB}}</button>
</form>
{{/MAY}}
{{#CANCEL}}
<hr>
<p class="small">{{WORDS}}</p>
<form method="post" action="/clusters/{{ID:u}}/cancel"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p><button class="button danger">Stop the job</button></form>
{{/CANCEL}}
</section>
