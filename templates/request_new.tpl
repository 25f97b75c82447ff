{{%AUTOESCAPE context="HTML"}}
<p class="crumbs"><a href="/catalog">Catalog</a> / <a href="/catalog/{{PROFILE:u}}">{{PROFILE_TITLE}}</a></p>
<div class="head"><div><h1>New cluster</h1><p class="muted">{{PROFILE_TITLE}}. {{PURPOSE}}</p></div><p><a class="button slim" href="/requests/import?profile={{PROFILE:u}}">Fill in from a cluster.yaml</a></p></div>
{{#DEMO}}<p class="small muted">{{PACE}}</p>{{/DEMO}}
{{>ERRORS}}
<form method="post" action="/requests" data-check="verdict" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CREATES}}</p>
<input type="hidden" name="profile" value="{{PROFILE}}">
<input type="hidden" name="platform" value="{{PLATFORM}}">
<div class="columns">
<div class="card">
<fieldset>
<legend>The cluster</legend>
{{>NAME}}
<div class="pair">{{>VERSION}}{{>REGION}}</div>
{{>BASE_DOMAIN}}
</fieldset>
<fieldset>
<legend>Who and how long</legend>
<div class="pair">{{>TEAM}}{{>COST_CENTER}}</div>
{{>TTL}}
{{>REASON}}
</fieldset>
<details id="more"{{#MORE_OPEN}} open{{/MORE_OPEN}}>
<summary>More: SSH key, tags{{#HAS_GITOPS}}, GitOps{{/HAS_GITOPS}}{{#HAS_OFFHOURS}}, off-hours{{/HAS_OFFHOURS}}{{#HAS_FAILURE}}, failure on purpose{{/HAS_FAILURE}}</summary>
<div>
{{>OWNER}}
{{>SSH_KEY}}
{{>TAGS}}
{{#HAS_GITOPS}}{{>GITOPS_REPO}}{{>GITOPS_REF}}{{/HAS_GITOPS}}
{{#HAS_OFFHOURS}}{{>OFFHOURS}}{{/HAS_OFFHOURS}}
{{#HAS_FAILURE}}{{>FAILURE}}{{/HAS_FAILURE}}
</div>
</details>
<hr>
<p class="actions"><button class="button first" name="action" value="order">Order</button> <button class="button" name="action" value="check">Check price and policy</button></p>
</div>
<aside class="card aside" aria-labelledby="verdict-title">
<h2 id="verdict-title">What it comes to</h2>
<div id="verdict" aria-live="polite">
{{#PRICED}}
<p class="total">{{TO_EXPIRY}}</p>
<p class="muted small">{{PRICE_WORDS}}</p>
{{/PRICED}}
<div class="box {{TONE}}"><h3>{{VERDICT}}</h3><p>{{EXPLANATION}}</p></div>
{{#WARNING}}<p class="small"><strong>Note:</strong> {{TEXT}}</p>{{/WARNING}}
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}
</dl>
{{>PREVIEW}}
{{#CALL}}
<details id="as-call"><summary>The same order as an API call</summary><pre id="curl">{{TEXT:p}}</pre><p><button type="button" class="button slim" data-copy="curl" hidden>Copy</button></p></details>
{{/CALL}}
</div>
</aside>
</div>
</form>
