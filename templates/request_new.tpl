{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/catalog">Catalog</a></li><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/catalog/{{PROFILE:u}}">{{PROFILE_TITLE}}</a></li></ol></nav>
<div class="head"><div><h1>New cluster</h1><p class="muted">{{PROFILE_TITLE}}. {{PURPOSE}}</p></div>
<p class="actions">{{#AGAIN}}<a class="pf-v6-c-button pf-m-secondary" href="/requests/new?profile={{PROFILE:u}}&amp;like=last">Same as last time <span class="small">({{WHEN}})</span></a> {{/AGAIN}}<a class="pf-v6-c-button pf-m-link" href="/requests/import?profile={{PROFILE:u}}">Order by file</a></p></div>
{{#DEMO}}<p class="small muted">{{PACE}}</p>{{/DEMO}}
{{>ERRORS}}
<form method="post" action="/requests" hx-post="/requests" hx-trigger="input delay:500ms" hx-sync="this:replace" hx-vals="action:check" hx-target="#verdict" hx-select="#verdict" hx-swap="outerMorph" novalidate aria-label="Order">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CREATES}}</p>
<input type="hidden" name="profile" value="{{PROFILE}}">
<input type="hidden" name="platform" value="{{PLATFORM}}">
<div class="columns three">
<div class="pf-v6-c-card"><div class="pf-v6-c-card__body pf-v6-c-form">
{{>NAME}}
{{>TTL}}
<div class="pair">{{>TEAM}}{{>COST_CENTER}}</div>
{{>REASON}}
<details id="choices"{{#CHOICES_OPEN}} open{{/CHOICES_OPEN}}>
<summary>Version, region, base domain: {{CHOICES}}</summary>
<div class="pf-v6-c-form">
<div class="pair">{{>VERSION}}{{>REGION}}</div>
{{>BASE_DOMAIN}}
</div>
</details>
<details id="more"{{#MORE_OPEN}} open{{/MORE_OPEN}}>
<summary>More: owner, SSH key, tags{{#HAS_GITOPS}}, GitOps{{/HAS_GITOPS}}{{#HAS_OFFHOURS}}, off-hours{{/HAS_OFFHOURS}}{{#HAS_FAILURE}}, failure on purpose{{/HAS_FAILURE}}</summary>
<div class="pf-v6-c-form">
{{>OWNER}}
{{>SSH_KEY}}
{{>TAGS}}
{{#HAS_GITOPS}}{{>GITOPS_REPO}}{{>GITOPS_REF}}{{/HAS_GITOPS}}
{{#HAS_OFFHOURS}}{{>OFFHOURS}}{{/HAS_OFFHOURS}}
{{#HAS_FAILURE}}{{>FAILURE}}{{/HAS_FAILURE}}
</div>
</details>
</div></div>
<aside class="pf-v6-c-card aside" aria-labelledby="verdict-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="verdict-title">What it comes to</h2></div>
<div class="pf-v6-c-card__body" id="verdict" aria-live="polite">
{{#PRICED}}
<p class="total">{{TO_EXPIRY}}</p>
<p class="muted small">{{PRICE_WORDS}}</p>
{{/PRICED}}
<div class="pf-v6-c-alert pf-m-inline {{ALERT}}"><div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></div><h3 class="pf-v6-c-alert__title">{{VERDICT}}</h3><div class="pf-v6-c-alert__description"><p>{{EXPLANATION}}</p>{{#BY_RULE}}<p class="small">Rule <code class="break">{{RULE}}</code></p>{{/BY_RULE}}</div></div>
{{#WARNING}}<p class="small"><strong>Note:</strong> {{TEXT}}</p>{{/WARNING}}
<dl class="facts">
{{#FACT}}<dt>{{LABEL}}</dt><dd class="break">{{VALUE}}</dd>{{/FACT}}
</dl>
{{>PREVIEW}}
{{#CALL}}
<details id="as-call"><summary>The same order as an API call</summary><div><p class="small">Your token goes into the variable <code>CLUSTERDESK_TOKEN</code>; <a href="/account">make one</a>.</p><pre id="curl" tabindex="0">{{TEXT:p}}</pre><p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="curl"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span><span class="unseen"> the call</span></button></p></div></details>
{{/CALL}}
</div>
</aside>
<p class="actions"><button class="pf-v6-c-button pf-m-primary" name="action" value="order">Order</button> <button class="pf-v6-c-button pf-m-secondary" name="action" value="check">Check price and policy</button></p>
</div>
</form>
