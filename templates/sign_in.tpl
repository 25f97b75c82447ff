{{%AUTOESCAPE context="HTML"}}
<div class="door">
<p class="brand"><svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"><path d="M16 4l10.500 6v12L16 28 5.500 22V10zM5.500 10L16 16l10.500-6M16 16v12"/></svg> Clusterdesk</p>
<div class="pf-v6-c-card"><div class="pf-v6-c-card__body">
<h1>Sign in</h1>
{{>ERRORS}}
<form method="post" action="/sign-in">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="next" value="{{NEXT}}">
{{>USERNAME}}
{{>PASSWORD}}
<button class="pf-v6-c-button pf-m-primary pf-m-block">Sign in</button>
</form>
</div></div>
<p class="muted small">OpenShift clusters on request: pick a profile, get a kubeconfig, and nothing is left behind. No account yet, or a lost password? A platform administrator helps.</p>
</div>
