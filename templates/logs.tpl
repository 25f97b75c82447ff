{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#NO_JOBS}}
<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">There is no log yet.</h2><p class="pf-v6-c-empty-state__body">The first lines appear when a worker starts the job.</p><div class="pf-v6-c-empty-state__footer"><a class="pf-v6-c-button pf-m-secondary" href="/clusters/{{ID:u}}">See the cluster</a></div></div></div>
{{/NO_JOBS}}
{{#JOB}}
<form class="pf-v6-c-card" method="get" action="/clusters/{{ID:u}}/logs" aria-label="Which log">
<div class="pf-v6-c-card__body filters">
<div class="field wide"><label for="job">Job</label><span class="pf-v6-c-form-control"><select id="job" name="job">{{#JOB_OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/JOB_OPTION}}</select><span class="pf-v6-c-form-control__utilities"><span class="pf-v6-c-form-control__toggle-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#caret-down"/></svg></span></span></span></div>
<div class="field"><label for="attempt">Attempt</label><span class="pf-v6-c-form-control"><select id="attempt" name="attempt">{{#ATTEMPT_OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/ATTEMPT_OPTION}}</select><span class="pf-v6-c-form-control__utilities"><span class="pf-v6-c-form-control__toggle-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#caret-down"/></svg></span></span></span></div>
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Show</button> <a href="{{RAW}}">Raw log</a></p>
</div>
</form>
<div id="failure">
{{>FAILURE}}
{{#FIRST_ERROR}}
<section class="pf-v6-c-alert pf-m-inline pf-m-danger" aria-labelledby="first-error">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="first-error">First error</h2>
<div class="pf-v6-c-alert__description"><p><a href="{{HREF}}">Line {{NUMBER}}</a>: <code>{{TEXT}}</code></p></div>
</section>
{{/FIRST_ERROR}}
</div>
<section class="pf-v6-c-card" id="steps" aria-labelledby="steps-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="steps-title">Steps</h2></div>
<div class="pf-v6-c-card__body">
{{#BAR}}<p>{{#KNOWN}}<progress value="{{VALUE}}" max="{{MOST}}" aria-label="Time of the install">{{WORDS}}</progress><br>{{/KNOWN}}<span class="small">{{WORDS}}</span></p>{{/BAR}}
{{>STEPS}}
{{#NO_STEPS}}<p class="muted">No step has begun. {{WHY}}</p>{{/NO_STEPS}}
</div>
</section>
<div class="head" id="log">
<h2 id="log-title">Log</h2>
<form class="inline" method="get" action="/clusters/{{ID:u}}/logs" role="search" aria-label="Lines of this log">
<input type="hidden" name="job" value="{{JOB_ID}}"><input type="hidden" name="attempt" value="{{ATTEMPT}}">
<label for="q">Find lines</label><span class="pf-v6-c-form-control"><input id="q" name="q" type="search" value="{{SEARCH}}"></span>
<button class="pf-v6-c-button pf-m-secondary pf-m-small">Search</button>
</form>
</div>
{{#FOUND}}<p role="status">{{WORDS}} <a href="/clusters/{{ID:u}}/logs?job={{JOB_ID:u}}&amp;attempt={{ATTEMPT:u}}">Show the whole log</a></p>{{/FOUND}}
{{#EARLIER}}<p><a href="{{HREF}}">Show the {{COUNT}} lines before</a></p>{{/EARLIER}}
{{#LIVE}}<p class="needs-script"><label class="pf-v6-c-check"><input class="pf-v6-c-check__input" type="checkbox" data-follow> <span class="pf-v6-c-check__label">Keep the newest line in view</span></label></p>{{/LIVE}}
<p id="no-lines" class="muted"{{#HAVE_LINES}} hidden{{/HAVE_LINES}}>No lines yet.</p>
<ol class="log" id="{{JOB_ID}}-{{ATTEMPT}}" aria-labelledby="log-title" tabindex="0"{{#LIVE}} hx-morph-skip data-lines="{{URL}}"{{/LIVE}}>
{{>LINES}}
</ol>
{{#LATER}}<p><a href="{{HREF}}">Show later lines</a></p>{{/LATER}}
{{/JOB}}
