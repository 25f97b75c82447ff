{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
{{#WAITING}}
<div class="card empty" id="waiting" data-live><p><strong>{{TITLE}}</strong></p><p>{{NEXT_STEP}}</p><p><a class="button" href="/clusters/{{ID:u}}">See the cluster</a></p></div>
{{/WAITING}}
{{#THERE}}
<div class="columns">
<div>
<section class="card" aria-labelledby="urls-title">
<h2 id="urls-title">Access</h2>
<dl class="facts">
<dt>Console</dt><dd><a href="{{CONSOLE_URL}}" rel="noopener noreferrer">{{CONSOLE_URL}}</a></dd>
<dt>API</dt><dd class="copy"><code id="api-url">{{API_URL}}</code> <button type="button" class="button slim" data-copy="api-url" hidden>Copy</button></dd>
<dt>User</dt><dd><code>kubeadmin</code></dd>
<dt>Sign in by</dt><dd class="copy"><code id="login">{{LOGIN}}</code> <button type="button" class="button slim" data-copy="login" hidden>Copy</button></dd>
</dl>
</section>
<section class="card" id="kubeconfig" aria-labelledby="kubeconfig-title">
<h2 id="kubeconfig-title">Kubeconfig</h2>
{{#NEW_LINK}}
<div class="box good" role="status"><h3>The link is made</h3><p class="once" id="link">{{URL}}</p><p class="small">It is shown this once and works until {{>UNTIL}}. <button type="button" class="button slim" data-copy="link" hidden>Copy</button></p></div>
{{/NEW_LINK}}
<form method="post" action="/clusters/{{ID:u}}/outputs/links">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<p class="actions"><button class="button first" name="what" value="download">Download kubeconfig</button> <button class="button" name="what" value="link">Make a link</button></p>
</form>
<p class="small">A link works for {{LIFE}}, then it expires. <strong>The kubeconfig inside does not expire</strong>: whoever has it keeps it until the cluster is gone. Every link and every download is in the audit log.</p>
{{#HAVE_LINKS}}
<div class="scroll"><table class="stack">
<caption>Links made so far</caption>
<thead><tr><th scope="col">Made</th><th scope="col">By</th><th scope="col">State</th><th scope="col">Used</th><th scope="col"><span class="unseen">Action</span></th></tr></thead>
<tbody>
{{#LINK}}
<tr><td data-label="Made">{{>MADE}}</td><td data-label="By">{{BY}}</td><td data-label="State">{{>STATE}} <small>{{DETAIL}}</small></td><td data-label="Used">{{USED}}</td>
<td>{{#LIVE}}<form method="post" action="/clusters/{{CLUSTER:u}}/outputs/links/{{ID:u}}/revoke"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="button slim danger">Revoke<span class="unseen"> the link of {{BY}}</span></button></form>{{/LIVE}}</td></tr>
{{/LINK}}
</tbody></table></div>
{{/HAVE_LINKS}}
{{#NO_LINKS}}<p class="muted small">No link was made yet.</p>{{/NO_LINKS}}
</section>
<section class="card" id="password" aria-labelledby="password-title">
<h2 id="password-title">Password of kubeadmin</h2>
{{#PASSWORD}}<p class="once" id="kubeadmin">{{TEXT}}</p><p class="actions"><button type="button" class="button slim" data-copy="kubeadmin" hidden>Copy</button> <a class="button slim" href="/clusters/{{ID:u}}/outputs">Hide</a></p>{{/PASSWORD}}
{{#HIDDEN}}
<form method="post" action="/clusters/{{ID:u}}/outputs/password"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="button">Reveal the password</button></form>
<p class="small muted">Each reveal is in the audit log with your name.</p>
{{/HIDDEN}}
</section>
</div>
<div>
<section class="card" aria-labelledby="facts-title">
<h2 id="facts-title">Identity</h2>
<dl class="facts">{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}</dl>
</section>
<section class="card" aria-labelledby="artifacts-title">
<h2 id="artifacts-title">Artifacts</h2>
<p class="small muted">What the desk stored, with its SHA-256. Sealed ones never leave the desk.</p>
<ul class="timeline">
{{#ARTIFACT}}<li><strong>{{NAME}}</strong> <span class="muted small">{{DETAIL}}</span><br><code class="small break">{{SHA256}}</code></li>
{{/ARTIFACT}}
</ul>
</section>
</div>
</div>
{{/THERE}}
