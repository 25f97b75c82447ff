{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#WAITING}}
<div class="pf-v6-c-card" id="waiting"><div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">{{TITLE}}</h2><div class="pf-v6-c-empty-state__body">{{NEXT_STEP}}</div><div class="pf-v6-c-empty-state__footer"><p><a class="pf-v6-c-button pf-m-secondary" href="/clusters/{{ID:u}}">See the cluster</a></p></div></div></div></div>
{{/WAITING}}
{{#THERE}}
{{#HANDED_OVER}}
<div class="pf-v6-c-alert pf-m-inline pf-m-info" id="handed-over">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#information-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title">Handed over: the machines are yours</h2>
<div class="pf-v6-c-alert__description"><p>The desk has created nothing. Start your machines from the ignition files below within 24 hours: the certificates of the bootstrap in them live that long. bootstrap.ign holds secrets; keep it as you keep the kubeconfig. URLs and password work when your cluster is up.</p></div>
</div>
{{/HANDED_OVER}}
<div class="columns">
<div>
<section class="pf-v6-c-card" aria-labelledby="urls-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="urls-title">Access</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">
<dt>Console</dt><dd><a href="{{CONSOLE_URL}}" rel="noopener noreferrer">{{CONSOLE_URL}}</a></dd>
<dt>API</dt><dd class="copy"><code id="api-url">{{API_URL}}</code> <button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="api-url"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></dd>
<dt>User</dt><dd><code>kubeadmin</code></dd>
<dt>Sign in by</dt><dd class="copy"><code id="login">{{LOGIN}}</code> <button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="login"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></dd>
</dl>
</div>
</section>
<section class="pf-v6-c-card" id="kubeconfig" aria-labelledby="kubeconfig-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="kubeconfig-title">Kubeconfig</h2></div>
<div class="pf-v6-c-card__body">
{{#NEW_LINK}}
<div class="pf-v6-c-alert pf-m-inline pf-m-success" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<h3 class="pf-v6-c-alert__title">The link is made</h3>
<div class="pf-v6-c-alert__description"><p class="once" id="link">{{URL}}</p><p class="small">Shown this once. It works until {{>UNTIL}} <button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="link"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p></div>
</div>
{{/NEW_LINK}}
<form method="post" action="/clusters/{{ID:u}}/outputs/links">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="actions"><button class="pf-v6-c-button pf-m-primary" name="what" value="download">Download kubeconfig</button> <button class="pf-v6-c-button pf-m-secondary" name="what" value="link">Make a link</button></p>
</form>
<p class="small">A link works for {{LIFE}}, then it expires. <strong>The kubeconfig inside does not expire</strong>: whoever has it keeps it until the cluster is gone. Every link and every download is in the audit log.</p>
{{#HAVE_LINKS}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption>Links made so far</caption>
<thead><tr><th scope="col">Made</th><th scope="col">By</th><th scope="col">State</th><th scope="col">Used</th><th scope="col"><span class="unseen">Action</span></th></tr></thead>
<tbody>
{{#LINK}}
<tr><td data-label="Made">{{>MADE}}</td><td data-label="By">{{BY}}</td><td data-label="State">{{>STATE}} <small>{{DETAIL}}</small></td><td data-label="Used">{{USED}}</td>
<td>{{#LIVE}}<form method="post" action="/clusters/{{CLUSTER:u}}/outputs/links/{{ID:u}}/revoke"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary pf-m-danger pf-m-small">Revoke<span class="unseen"> the link of {{BY}}</span></button></form>{{/LIVE}}</td></tr>
{{/LINK}}
</tbody></table></div>
{{/HAVE_LINKS}}
{{#NO_LINKS}}<p class="muted small">No link was made yet.</p>{{/NO_LINKS}}
</div>
</section>
<section class="pf-v6-c-card" id="password" aria-labelledby="password-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="password-title">Password of kubeadmin</h2></div>
<div class="pf-v6-c-card__body">
{{#PASSWORD}}<p class="once" id="kubeadmin">{{TEXT}}</p><p class="actions"><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="kubeadmin"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button> <a class="pf-v6-c-button pf-m-secondary pf-m-small" href="/clusters/{{ID:u}}/outputs">Hide</a></p>{{/PASSWORD}}
{{#HIDDEN}}
<form method="post" action="/clusters/{{ID:u}}/outputs/password"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary">Reveal the password</button></form>
<p class="small muted">Each reveal is in the audit log with your name.</p>
{{/HIDDEN}}
</div>
</section>
</div>
<div>
<section class="pf-v6-c-card" aria-labelledby="facts-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="facts-title">Identity</h2></div>
<div class="pf-v6-c-card__body">
<dl class="facts">{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}</dl>
</div>
</section>
<section class="pf-v6-c-card" aria-labelledby="artifacts-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="artifacts-title">Artifacts</h2></div>
<div class="pf-v6-c-card__body">
<p class="small muted">What the desk stored, with its SHA-256. Sealed ones never leave the desk.</p>
<ul class="timeline">
{{#ARTIFACT}}<li><strong>{{NAME}}</strong> <span class="muted small">{{DETAIL}}</span><br><code class="small break">{{SHA256}}</code>{{#DOWNLOAD}}<form method="post" action="/clusters/{{CLUSTER:u}}/outputs/links"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary pf-m-small" name="file" value="{{ID}}">Download<span class="unseen"> {{NAME}}</span></button></form>{{/DOWNLOAD}}</li>
{{/ARTIFACT}}
</ul>
</div>
</section>
</div>
</div>
{{/THERE}}
