{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<section id="status" class="pf-v6-c-alert pf-m-inline {{ALERT}}" aria-label="Where it stands">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></div>
<p class="pf-v6-c-alert__title sentence">{{SENTENCE}}</p>
<div class="pf-v6-c-alert__description">
{{#NEXT}}<p>{{TEXT}}</p>{{/NEXT}}
<p><strong>Whose turn:</strong> {{TURN}}</p>
{{#ACTION}}<p><a class="pf-v6-c-button pf-m-primary" href="{{HREF}}">{{TEXT}}</a></p>{{/ACTION}}
</div>
</section>
{{>ERRORS}}
<div id="blocked">
{{>BLOCKED}}
{{>LEFT_BEHIND}}
</div>
<div id="failure">
{{>FAILURE}}
</div>
<div class="columns three">
<div id="job">
{{#JOB}}
<section class="pf-v6-c-card" aria-labelledby="job-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="job-title">{{TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
{{#PROGRESS}}<p><progress value="{{VALUE}}" max="{{MAX}}" aria-label="{{WORDS}}">{{WORDS}}</progress> <span class="small">{{WORDS}}</span></p>{{/PROGRESS}}
{{>STEPS}}
<p><a href="{{LOG}}">Log</a></p>
</div>
</section>
{{/JOB}}
</div>
<div>
<section class="pf-v6-c-card" id="lifetime" aria-labelledby="lifetime-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="lifetime-title">Lifetime</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
<dt>{{END_WORD}}</dt><dd>{{>ENDS}}</dd>
{{#HAVE_LONGEST}}<dt>Longest</dt><dd>{{LONGEST}}</dd>{{/HAVE_LONGEST}}
</dl>
{{#EXTEND}}
<form method="post" action="/clusters/{{ID:u}}/extend" aria-label="More time">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<h3>More time</h3>
<button class="unseen" name="hours" value="until" tabindex="-1" aria-hidden="true">Extend until then</button>
{{#CHOICE}}<p class="need"><span class="small">{{DETAIL}}</span> <button class="pf-v6-c-button pf-m-secondary pf-m-small" name="hours" value="{{HOURS}}">{{WORDS}}</button></p>
{{/CHOICE}}
<div class="field"><label for="until">Or until</label><span class="hint" id="until-hint">{{PRICE}} for each hour that begins</span>
<span class="pf-v6-c-form-control"><input id="until" name="until" type="datetime-local" value="{{UNTIL}}" min="{{LEAST}}" max="{{MOST}}" aria-describedby="until-hint"></span></div>
<div class="field"><label for="extend-reason">Reason <span class="muted small">(optional)</span></label><span class="pf-v6-c-form-control"><input id="extend-reason" name="reason" maxlength="1000" value="{{REASON}}"></span></div>
<p><button class="pf-v6-c-button pf-m-secondary" name="hours" value="until">Extend until then</button></p>
</form>
{{/EXTEND}}
{{#CAP}}<p class="small muted">{{WORDS}}</p>{{/CAP}}
</div>
</section>
<section class="pf-v6-c-card" id="cost" aria-labelledby="cost-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="cost-title">{{COST_TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
<p class="total">{{COST}}</p>
<dl class="facts">
{{#HAVE_RATE}}<dt>Rate</dt><dd>{{RATE}}</dd>{{/HAVE_RATE}}
{{#AT_EXPIRY}}<dt>At its end</dt><dd>{{AMOUNT}}</dd>{{/AT_EXPIRY}}
</dl>
<p class="small muted">Estimated from the profile’s hourly price and the time in each state.</p>
</div>
</section>
{{#POWER}}
<section class="pf-v6-c-card" id="power" aria-labelledby="power-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="power-title">{{TITLE}}</h2></div>
<div class="pf-v6-c-card__body">
<p>{{WHAT}}</p>
{{#WARNING}}<p><strong>{{TEXT}}</strong></p>{{/WARNING}}
<form method="post" action="/clusters/{{ID:u}}/{{PATH:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><p class="actions"><button class="pf-v6-c-button pf-m-secondary">{{VERB}}</button></p></form>
</div>
</section>
{{/POWER}}
{{>SCALE}}
<div id="danger">
{{>DANGER}}
</div>
</div>
<div>
<section class="pf-v6-c-card" id="timeline" aria-labelledby="timeline-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="timeline-title">Timeline</h2></div>
<div class="pf-v6-c-card__body">
{{>TIMELINE}}
</div>
</section>
<section class="pf-v6-c-card" id="jobs" aria-labelledby="jobs-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="jobs-title">Jobs</h2></div>
<div class="pf-v6-c-card__body">
{{#HAVE_JOBS}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Jobs of this cluster</caption>
<thead><tr><th scope="col">What</th><th scope="col">State</th><th scope="col">Attempts</th><th scope="col">Asked</th><th scope="col">Took</th></tr></thead>
<tbody>
{{#ROW}}
<tr><th scope="row"><a href="{{LOG}}">{{WHAT}}</a></th><td data-label="State">{{>STATE}}</td><td data-label="Attempts">{{ATTEMPTS}}</td><td data-label="Asked">{{>ASKED}}</td><td data-label="Took" class="one-line">{{TOOK}}</td></tr>
{{/ROW}}
</tbody></table>
{{/HAVE_JOBS}}
{{#NO_JOBS}}<p class="muted">No job yet: the first one is queued when the request is approved.</p>{{/NO_JOBS}}
</div>
</section>
<div id="checks">
{{>CHECKS}}
{{#VERIFY}}
<form method="post" action="/clusters/{{ID:u}}/verify"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><p class="actions"><button class="pf-v6-c-button pf-m-secondary">Check its health</button></p></form>
{{/VERIFY}}
</div>
<section class="pf-v6-c-card" aria-labelledby="facts-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="facts-title">About this cluster</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
{{#REQUEST}}<dt>{{LABEL}}</dt><dd><a href="/requests/{{ID:u}}">{{TEXT}}</a></dd>{{/REQUEST}}
</dl>
{{#HAVE_PREPARED}}
<details id="prepared"><summary>Made by Terraform</summary>
<dl class="facts">{{#PREPARED}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/PREPARED}}</dl>
</details>
{{/HAVE_PREPARED}}
{{#HAVE_TAGS}}
<details id="tags"><summary>Tags ({{COUNT}})</summary>
<dl class="facts">{{#TAG}}<dt>{{KEY}}</dt><dd>{{VALUE}}</dd>{{/TAG}}</dl>
</details>
{{/HAVE_TAGS}}
<p class="small"><a href="/clusters/{{ID:u}}/cluster.yaml" download>cluster.yaml</a>: the file that orders it again.</p>
</div>
</section>
</div>
</div>
