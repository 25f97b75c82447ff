{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="en"{{#THEME}} class="{{CLASS}}"{{/THEME}}>
<head>
<meta charset="utf-8">
<title>{{TITLE}} – Clusterdesk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Order, use and end OpenShift clusters.">
<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false,"noSwap":[204,304,"4xx","5xx"],"morphIgnore":["data-htmx-powered","open"]}'>
<link rel="icon" href="/static/icon.svg?v={{STATIC_VERSION:u}}" type="image/svg+xml">
<link rel="stylesheet" href="/static/app.css?v={{STATIC_VERSION:u}}">
<script src="/static/htmx.min.js?v={{STATIC_VERSION:u}}" defer></script>
<script src="/static/app.js?v={{STATIC_VERSION:u}}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="frame">
{{#SIGNED_IN}}
<header class="masthead">
<button class="pf-v6-c-button pf-m-plain menu" type="button" popovertarget="navigation" aria-label="Menu"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#menu-bars"/></svg></button>
<a class="brand" href="/"><svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"><path d="M16 4l10.500 6v12L16 28 5.500 22V10zM5.500 10L16 16l10.500-6M16 16v12"/></svg> <span>Clusterdesk</span></a>
<a class="pf-v6-c-button pf-m-plain" id="bell" href="/notices"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#notification-fill"/></svg><span class="unseen">Notices</span>{{#UNREAD}} <span class="pf-v6-c-badge pf-m-unread">{{NUMBER}}<span class="unseen"> new</span></span>{{/UNREAD}}</a>
<a class="who" href="/account">{{USER_NAME}}</a>
<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="pf-v6-c-button pf-m-secondary pf-m-small">Sign out</button></form>
</header>
<div class="side" id="navigation" popover>
<nav class="pf-v6-c-nav" aria-label="Main">
{{#NAV_GROUP}}
<section class="pf-v6-c-nav__section"{{#NAMED}} aria-label="{{GROUP}}"{{/NAMED}}>
{{#NAMED}}<h2 class="pf-v6-c-nav__section-title">{{GROUP}}</h2>{{/NAMED}}
<ul class="pf-v6-c-nav__list">
{{#NAV}}
<li class="pf-v6-c-nav__item"><a class="pf-v6-c-nav__link{{#CURRENT}} pf-m-current{{/CURRENT}}" href="{{HREF}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}><span class="pf-v6-c-nav__link-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg></span><span class="pf-v6-c-nav__link-text">{{TEXT}}{{#COUNT}} <span class="pf-v6-c-badge pf-m-unread" id="inbox">{{NUMBER}}<span class="unseen"> waiting</span></span>{{/COUNT}}</span></a></li>
{{/NAV}}
</ul>
</section>
{{/NAV_GROUP}}
</nav>
</div>
{{/SIGNED_IN}}
<div class="page">
<div id="brakes">
{{#BRAKE}}
<section class="pf-v6-c-alert pf-m-warning pf-m-inline" aria-label="Brake {{BRAKE_NAME}}">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#warning-fill"/></svg></div>
<p class="pf-v6-c-alert__title">{{WHAT}} “{{WHY}}”</p>
<div class="pf-v6-c-alert__description"><p>{{MEANING}} Pulled by {{BY}}, {{>SINCE}}{{#MAY_RELEASE}} · <a href="/admin/queue#brakes-title">Release it</a>{{/MAY_RELEASE}}</p></div>
</section>
{{/BRAKE}}
</div>
{{#FLASH}}
<div class="pf-v6-c-alert pf-m-success pf-m-inline" role="status">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#check-circle-fill"/></svg></div>
<p class="pf-v6-c-alert__title">{{MESSAGE}}</p>
</div>
{{/FLASH}}
<main id="main" tabindex="-1"{{#REFRESH}} hx-get="{{HERE}}" hx-trigger="every {{SECONDS}}s" hx-select="#main" hx-select-oob="#brakes:outerMorph,#bell:outerMorph" hx-swap="outerMorph"{{/REFRESH}}>
{{>TOUR}}
{{>BODY}}
</main>
<footer class="foot"><span>Clusterdesk {{VERSION}}</span><span>Request {{REQUEST_ID}}</span>{{#SIGNED_IN}}<span>Times in {{TIME_ZONE}}, <a href="/account">change</a></span>{{/SIGNED_IN}}</footer>
</div>
</div>
<p id="announcer" class="unseen" aria-live="polite"></p>
</body>
</html>
