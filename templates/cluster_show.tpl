{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<div id="status" class="box {{TONE}}" data-live>
<p class="sentence" role="status">{{SENTENCE}}</p>
{{#NEXT}}<p>{{TEXT}}</p>{{/NEXT}}
<p class="small"><strong>Whose turn:</strong> {{TURN}}</p>
{{#ACTION}}<p class="actions"><a class="button" href="{{HREF}}">{{TEXT}}</a></p>{{/ACTION}}
</div>
{{>ERRORS}}
<div id="blocked" data-live>
{{>BLOCKED}}
{{>LEFT_BEHIND}}
</div>
<div id="failure" data-live>
{{>FAILURE}}
</div>
<div class="columns">
<div>
<div id="job" data-live>
{{#JOB}}
<section class="card" aria-labelledby="job-title">
<h2 id="job-title">{{TITLE}}</h2>
{{#PROGRESS}}<p><progress value="{{VALUE}}" max="{{MAX}}" aria-label="{{WORDS}}">{{WORDS}}</progress></p>{{/PROGRESS}}
{{>STEPS}}
<p class="small"><a href="{{LOG}}">Log</a></p>
</section>
{{/JOB}}
</div>
<div id="checks" data-live>
{{>CHECKS}}
{{#VERIFY}}
<form method="post" action="/clusters/{{ID:u}}/verify"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><p class="actions"><button class="button">Check its health</button></p></form>
{{/VERIFY}}
{{#POWER}}
<section class="card" aria-labelledby="power-title">
<h2 id="power-title">{{TITLE}}</h2>
<p>{{WHAT}}</p>
{{#WARNING}}<p><strong>{{TEXT}}</strong></p>{{/WARNING}}
<form method="post" action="/clusters/{{ID:u}}/{{PATH:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><p class="actions"><button class="button">{{VERB}}</button></p></form>
</section>
{{/POWER}}
</div>
<section class="card" aria-labelledby="facts-title">
<h2 id="facts-title">About this cluster</h2>
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
</section>
<section class="card table-card" id="jobs" data-live aria-labelledby="jobs-title">
<div class="scroll"><table class="stack">
<caption><h2 id="jobs-title">Jobs</h2></caption>
{{#HAVE_JOBS}}<thead><tr><th scope="col">What</th><th scope="col">State</th><th scope="col">Attempts</th><th scope="col">Asked</th><th scope="col">Took</th></tr></thead>{{/HAVE_JOBS}}
<tbody>
{{#ROW}}
<tr><th scope="row"><a href="{{LOG}}">{{WHAT}}</a></th><td data-label="State">{{>STATE}}</td><td data-label="Attempts">{{ATTEMPTS}}</td><td data-label="Asked">{{>ASKED}}</td><td data-label="Took">{{TOOK}}</td></tr>
{{/ROW}}
</tbody></table></div>
{{#NO_JOBS}}<p class="empty">No job yet: the first one is queued when the request is approved.</p>{{/NO_JOBS}}
</section>
<section class="card" id="timeline" data-live aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline</h2>
<ol class="timeline">
{{#EVENT}}<li{{#NOW}} class="now"{{/NOW}}><strong>{{WORD}}</strong> <span class="muted small">{{LASTED}}</span><br>{{>AT}}</li>
{{/EVENT}}
</ol>
</section>
</div>
<div>
<section class="card" id="lifetime" data-live aria-labelledby="lifetime-title">
<h2 id="lifetime-title">Lifetime</h2>
<dl class="facts">
<dt>Ends</dt><dd>{{>ENDS}}</dd>
<dt>Longest</dt><dd>{{LONGEST}}</dd>
</dl>
{{#EXTEND}}
<hr>
<h3>More time</h3>
<form method="post" action="/clusters/{{ID:u}}/extend">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<fieldset>
<legend class="unseen">How much more</legend>
{{#CHOICE}}<label class="check"><input type="radio" name="hours" value="{{HOURS}}"{{#CHOSEN}} checked{{/CHOSEN}}> <span>{{WORDS}} <span class="muted small">{{DETAIL}}</span></span></label>{{/CHOICE}}
</fieldset>
<div class="field"><label for="extend-reason">Reason <span class="muted small">(optional)</span></label><input id="extend-reason" name="reason" value="{{REASON}}"></div>
<button class="button">Extend</button>
</form>
{{/EXTEND}}
{{#NO_EXTEND}}<p class="small muted">{{WHY}}</p>{{/NO_EXTEND}}
</section>
<section class="card" id="cost" data-live aria-labelledby="cost-title">
<h2 id="cost-title">Cost so far</h2>
<p class="total">{{COST}}</p>
<dl class="facts">
<dt>Rate</dt><dd>{{RATE}}</dd>
{{#AT_EXPIRY}}<dt>At its end</dt><dd>{{AMOUNT}}</dd>{{/AT_EXPIRY}}
</dl>
<p class="small muted">Estimated from the profile’s hourly price and the time in each state.</p>
</section>
<div id="danger" data-live>
{{>DANGER}}
</div>
</div>
</div>
