{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Notices</h1><p class="muted">What happened to your clusters and requests, and what ends soon.</p></div>
{{#MARK_ALL}}<form method="post" action="/notices/read"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="newest" value="{{NEWEST}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-secondary">Mark all as read</button></form>{{/MARK_ALL}}
</div>
<nav class="pf-v6-c-tabs" aria-label="Which notices">
<ul class="pf-v6-c-tabs__list"><li class="pf-v6-c-tabs__item{{#ALL}} pf-m-current{{/ALL}}"><a class="pf-v6-c-tabs__link" href="/notices"{{#ALL}} aria-current="page"{{/ALL}}>All</a></li><li class="pf-v6-c-tabs__item{{#ONLY_NEW}} pf-m-current{{/ONLY_NEW}}"><a class="pf-v6-c-tabs__link" href="/notices?show=new"{{#ONLY_NEW}} aria-current="page"{{/ONLY_NEW}}>New</a></li></ul>
</nav>
{{#LIST}}
<ul class="pf-v6-c-card notices">
{{#NOTICE}}
<li>
<div><h2>{{>STATE}} {{TITLE}}{{#NEW}} <span class="pf-v6-c-badge pf-m-unread">new</span>{{/NEW}}</h2>
{{#WORDS}}<p>{{TEXT}}</p>{{/WORDS}}<p class="small muted">{{>AT}}</p></div>
<div class="actions">{{#NEW}}<form method="post" action="/notices/{{ID:u}}/read"><input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-link pf-m-small">Mark as read<span class="unseen">: {{TITLE}}</span></button></form>{{/NEW}}
<a class="pf-v6-c-button pf-m-secondary pf-m-small" href="{{HREF}}">{{LINK}}<span class="unseen">: {{TITLE}}</span></a></div>
</li>
{{/NOTICE}}
</ul>
{{/LIST}}
{{#NOTHING_NEW}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nothing is new.</h2><div class="pf-v6-c-empty-state__body"><a href="/notices">See what you have read</a>, or go <a href="/">home</a>.</div></div></div>{{/NOTHING_NEW}}
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">Nothing has happened yet.</h2><div class="pf-v6-c-empty-state__body">When a cluster of yours is ready, fails, ends soon or is destroyed, and when a request of yours is decided on, it is said here.</div></div></div>{{/NONE}}
{{#OLDER}}<p class="actions"><a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="next">Older notices</a></p>{{/OLDER}}
