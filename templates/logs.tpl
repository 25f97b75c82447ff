{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#NO_JOBS}}
<div class="card empty"><p><strong>There is no log yet.</strong></p><p>The first lines appear when a worker starts the job.</p><p><a class="button" href="/clusters/{{ID:u}}">See the cluster</a></p></div>
{{/NO_JOBS}}
{{#JOB}}
<form class="card" method="get" action="/clusters/{{ID:u}}/logs">
<div class="inline">
<div class="field"><label for="job">Job</label><select id="job" name="job">{{#JOB_OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/JOB_OPTION}}</select></div>
<div class="field"><label for="attempt">Attempt</label><select id="attempt" name="attempt">{{#ATTEMPT_OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/ATTEMPT_OPTION}}</select></div>
<button class="button">Show</button>
<a class="button" href="{{RAW}}">Raw log</a>
</div>
</form>
{{>FAILURE}}
{{#FIRST_ERROR}}
<div class="box bad"><h2>First error</h2><p><a href="{{HREF}}">Line {{NUMBER}}</a>: <code>{{TEXT}}</code></p></div>
{{/FIRST_ERROR}}
<section class="card" id="steps" data-live aria-labelledby="steps-title">
<h2 id="steps-title">Steps</h2>
{{>STEPS}}
{{#NO_STEPS}}<p class="muted">No step has begun. {{WHY}}</p>{{/NO_STEPS}}
</section>
<h2 id="log-title">Log</h2>
{{#EARLIER}}<p><a href="{{HREF}}">Show the {{COUNT}} lines before</a></p>{{/EARLIER}}
<p hidden><label class="check"><input type="checkbox" data-follow> Keep the newest line in view</label></p>
<p id="no-lines" class="muted"{{#HAVE_LINES}} hidden{{/HAVE_LINES}}>No lines yet.</p>
<ol class="log" aria-labelledby="log-title" tabindex="0"{{#LIVE}} data-lines="{{URL}}"{{/LIVE}}>
{{>LINES}}
</ol>
{{#LATER}}<p><a href="{{HREF}}">Show later lines</a></p>{{/LATER}}
{{/JOB}}
