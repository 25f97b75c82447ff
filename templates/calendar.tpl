{{%AUTOESCAPE context="HTML"}}
<nav class="pf-v6-c-breadcrumb" aria-label="Breadcrumb"><ol class="pf-v6-c-breadcrumb__list"><li class="pf-v6-c-breadcrumb__item"><a class="pf-v6-c-breadcrumb__link" href="/account">Account</a></li></ol></nav>
<div class="head"><div><h1>Calendar</h1><p class="muted">When your clusters end, the warnings before, and when requests lapse: in the calendar that you look at anyway.</p></div></div>
{{#NEW}}
<section class="pf-v6-c-alert pf-m-inline pf-m-success" role="status" aria-labelledby="new-title">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="new-title">Subscribe to this address</h2>
<div class="pf-v6-c-alert__description"><p>Shown this once. Whoever has it reads your deadlines, and nothing else.</p><p class="break"><code id="address">{{ADDRESS}}</code></p><p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="address"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span></button></p></div>
</section>
{{/NEW}}
<section class="pf-v6-c-card" aria-labelledby="feed-title">
<div class="pf-v6-c-card__title"><h2 class="pf-v6-c-card__title-text" id="feed-title">Your address</h2></div>
<div class="pf-v6-c-card__body">
{{#HAVE}}
<p>Made {{>MADE}}</p>
<p>Last read {{>USED}}</p>
<form method="post" action="/account/calendar"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><p class="small">The old address stops at once; calendars need the new one.</p><button class="pf-v6-c-button pf-m-secondary">Make another address</button></form>
<form method="post" action="/account/calendar/revoke"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-danger">Revoke the address</button></form>
{{/HAVE}}
{{#NONE}}
<p>There is none yet. An address is secret, and you can revoke it here.</p>
<form method="post" action="/account/calendar"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-primary">Make an address</button></form>
{{/NONE}}
</div>
</section>
