{{%AUTOESCAPE context="HTML"}}
<section class="pf-v6-c-card" id="scale" aria-labelledby="scale-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="scale-title">Workers</h2></div>
<div class="pf-v6-c-card__body">
<p>{{NOW}}</p>
{{#WAITS}}<p>Another number waits for approval: <a href="/requests/{{ID:u}}">the request</a>.</p>{{/WAITS}}
{{#MAY}}
<form method="post" action="/clusters/{{ID:u}}/scale-workers">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field"><label for="replicas">How many from now on</label><span class="hint" id="replicas-hint">{{HELP}}</span>
<span class="pf-v6-c-form-control"><input id="replicas" name="replicas" type="number" inputmode="numeric" min="{{LEAST}}" max="{{MOST}}" value="{{CHOSEN}}" required aria-describedby="replicas-hint"></span></div>
<div class="field"><label for="scale-reason">Reason <span class="muted small">(optional)</span></label><span class="pf-v6-c-form-control"><input id="scale-reason" name="reason" maxlength="1000" value="{{REASON}}"></span></div>
<button class="pf-v6-c-button pf-m-secondary">Change the workers</button>
</form>
{{/MAY}}
</div>
</section>
