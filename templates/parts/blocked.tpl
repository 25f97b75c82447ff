{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-alert pf-m-inline pf-m-danger" aria-labelledby="blocked-{{ID}}">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="blocked-{{ID}}">{{TITLE}}{{#OF}}: <a href="/clusters/{{CLUSTER:u}}">{{NAME}}</a> <small class="muted">{{OWNER}}</small>{{/OF}}</h2>
<div class="pf-v6-c-alert__description"><p><strong>{{SENTENCE}}</strong></p>
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
<h3>What still exists</h3>
{{>LEFTOVERS}}
{{#HAVE_WARNINGS}}
<h3>What the installer said last</h3>
<ul class="pf-v6-c-list">{{#WARNING}}<li><a href="{{HREF}}">{{TEXT}}</a></li>{{/WARNING}}</ul>
{{/HAVE_WARNINGS}}
{{#RETRY}}
<form method="post" action="/clusters/{{ID:u}}/destroy"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_DESTROYS}}</p>
<p class="small">{{WHAT}}</p>
<button class="pf-v6-c-button pf-m-secondary">Retry now<span class="unseen"> to destroy {{NAME}}</span></button>
</form>
{{/RETRY}}
{{#SEE}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="/clusters/{{ID:u}}#give-up">Give up…<span class="unseen"> {{NAME}}</span></a></p>{{/SEE}}
{{#GIVE_UP}}
<hr>
<section id="give-up" aria-labelledby="give-up-title">
<h3 id="give-up-title">Give up</h3>
<p class="small">The desk stops trying and calls the cluster <em>given up</em>, never destroyed. What is left stays in the cloud and may cost money: a receipt lists it, each thing becomes an open <a href="/admin/orphans">orphan</a>, and the name stays taken until all of them are closed. There is no way back.</p>
{{#NOT_NOW}}<p class="held">{{WHY}}</p>{{/NOT_NOW}}
{{#NOW}}
<form method="post" action="/clusters/{{ID:u}}/abandon"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field{{#WRONG_NAME}} wrong{{/WRONG_NAME}}"><label for="give-up-name">Type <strong>{{NAME}}</strong> to give it up</label>
<span class="pf-v6-c-form-control{{#WRONG_NAME}} pf-m-error{{/WRONG_NAME}}"><input id="give-up-name" name="confirm" autocomplete="off" autocapitalize="off" spellcheck="false" required value="{{TYPED}}" pattern="{{NAME}}" title="{{NAME}}"{{#WRONG_NAME}} aria-invalid="true" aria-describedby="give-up-name-error"{{/WRONG_NAME}}></span>
{{#WRONG_NAME}}<span class="error" id="give-up-name-error">The name that was typed is not the name of this cluster.</span>{{/WRONG_NAME}}</div>
<div class="field{{#WRONG_REASON}} wrong{{/WRONG_REASON}}"><label for="give-up-reason">Reason</label><span class="hint" id="give-up-reason-hint">It is in the receipt and in the audit.</span>
<span class="pf-v6-c-form-control{{#WRONG_REASON}} pf-m-error{{/WRONG_REASON}}"><input id="give-up-reason" name="reason" required value="{{REASON}}"{{#WRONG_REASON}} aria-invalid="true"{{/WRONG_REASON}} aria-describedby="give-up-reason-hint{{#WRONG_REASON}} give-up-reason-error{{/WRONG_REASON}}"></span>
{{#WRONG_REASON}}<span class="error" id="give-up-reason-error">{{TEXT}}</span>{{/WRONG_REASON}}</div>
<button class="pf-v6-c-button pf-m-danger">Give up on this cluster</button>
</form>
{{/NOW}}
</section>
{{/GIVE_UP}}
</div>
</section>
