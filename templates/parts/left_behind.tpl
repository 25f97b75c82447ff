{{%AUTOESCAPE context="HTML"}}
<section class="box bad" aria-labelledby="left-title">
<h2 id="left-title">What was left when it was given up</h2>
<p>{{SENTENCE}}</p>
{{>LEFTOVERS}}
{{#MAY_CLOSE}}<p class="actions"><a class="button" href="/admin/orphans?state=OPEN">Orphans</a></p>{{/MAY_CLOSE}}
</section>
