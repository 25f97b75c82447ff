{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Queue and workers</h1><p class="muted">What is to be done, who does it, and the brakes.</p></div>
<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/admin/blocked">{{BLOCKED}}</a> <a class="pf-v6-c-button pf-m-secondary" href="/admin/orphans">{{ORPHANS}}</a></p></div>
{{>ERRORS}}
<section class="pf-v6-c-card" aria-labelledby="brakes-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="brakes-title">Brakes</h2></div>
<div class="pf-v6-c-card__body brakes">
{{#BRAKE}}
<form class="brake" method="post" action="/admin/brakes"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="brake" value="{{NAME}}">
<h3>{{TITLE}}</h3>
<p class="small">{{WHAT}}</p>
{{#PULLED}}<p>{{>STATE}} by <strong>{{BY}}</strong>, {{>SINCE}}<br>“{{REASON}}”</p>
{{#MAY_RELEASE}}<button class="pf-v6-c-button pf-m-primary" name="action" value="release">Release</button>{{/MAY_RELEASE}}{{/PULLED}}
{{#RELEASED}}<p>{{>STATE}}</p>
{{#MAY_PULL}}<details id="pull-{{NAME}}"{{#WRONG}} open{{/WRONG}}><summary>Pull it…<span class="unseen"> {{TITLE}}</span></summary><div class="field{{#WRONG}} wrong{{/WRONG}}"><label for="reason-{{NAME}}">Reason</label><span class="hint" id="hint-{{NAME}}">Everybody reads it.</span><span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="reason-{{NAME}}" name="reason" required aria-describedby="hint-{{NAME}}"></span></div>
<button class="pf-v6-c-button pf-m-danger" name="action" value="pull">Pull</button></details>{{/MAY_PULL}}{{/RELEASED}}
</form>
{{/BRAKE}}
</div>
</section>
<div id="faults">
{{#FAULT}}<div class="pf-v6-c-alert pf-m-inline pf-m-danger">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<p class="pf-v6-c-alert__title"><strong>{{HOST}}:</strong> {{TEXT}}</p>
</div>
{{/FAULT}}
</div>
<section class="pf-v6-c-card" id="workers" aria-labelledby="workers-title">
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption><h2 id="workers-title">Workers</h2><p>A host that drains takes no new jobs and ends those it has. Drain it before you take it down.</p></caption>
{{#HAVE_WORKERS}}<thead><tr><th scope="col">Host</th><th scope="col">State</th><th scope="col">Last tick</th><th scope="col">Jobs</th><th scope="col">Version</th><th scope="col">Last claim</th><th scope="col">Drain</th></tr></thead>{{/HAVE_WORKERS}}
<tbody>
{{#WORKER}}<tr id="at-{{HOST}}"><th scope="row">{{HOST}}</th><td data-label="State">{{>STATE}}</td><td data-label="Last tick">{{>TICK}}</td><td data-label="Jobs">{{LEASES}} of {{SLOTS}}</td><td data-label="Version">{{VERSION}}</td><td data-label="Last claim">{{>CLAIM}}</td><td data-label="Drain">
{{#MAY_DRAIN}}<form method="post" action="/admin/workers/{{HOST:u}}/drain"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="pf-v6-c-button pf-m-secondary pf-m-small">Drain<span class="unseen"> {{HOST}}</span></button></form>{{/MAY_DRAIN}}
{{#MAY_RESUME}}<form method="post" action="/admin/workers/{{HOST:u}}/resume"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="pf-v6-c-button pf-m-secondary pf-m-small">Resume<span class="unseen"> {{HOST}}</span></button></form>{{/MAY_RESUME}}</td></tr>
{{/WORKER}}
</tbody></table></div>
{{#NO_WORKERS}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">No worker has ever reported.</h2><div class="pf-v6-c-empty-state__body">Nothing is installed or destroyed until one does: look whether cron runs the tick.</div></div></div>{{/NO_WORKERS}}
</section>
<section class="pf-v6-c-card" id="queue" aria-labelledby="queue-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="queue-title">Open jobs</h2></div>
<div class="pf-v6-c-card__body">
{{>OPEN}}
{{#NONE_OPEN}}<p class="muted">No job waits and none runs.</p>{{/NONE_OPEN}}
</div>
</section>
{{#HAVE_ENDED}}
<section class="pf-v6-c-card" aria-label="Jobs that ended">
<div class="pf-v6-c-card__body">
<details id="ended"><summary>{{SUMMARY}}</summary>
{{>ENDED}}
</details>
</div>
</section>
{{/HAVE_ENDED}}
