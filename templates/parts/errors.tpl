{{%AUTOESCAPE context="HTML"}}
<div class="box bad summary" role="alert" tabindex="-1" aria-labelledby="errors-title">
<h2 id="errors-title">{{TITLE}}</h2>
<ul>
{{#ERROR}}
<li>{{#LINKED}}<a href="#{{FIELD}}">{{TEXT}}</a>{{/LINKED}}{{#PLAIN}}{{TEXT}}{{/PLAIN}}</li>
{{/ERROR}}
</ul>
</div>
