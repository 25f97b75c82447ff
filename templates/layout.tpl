{{%AUTOESCAPE context="HTML"}}
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{TITLE}} – Clusterdesk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/app.css?v={{STATIC_VERSION:u}}">
<script src="/static/app.js?v={{STATIC_VERSION:u}}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
{{#SIGNED_IN}}
<header class="bar">
<div>
<a class="brand" href="/"><svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"><path d="M16 4l10.500 6v12L16 28 5.500 22V10zM5.500 10L16 16l10.500-6M16 16v12"/></svg> Clusterdesk</a>
<nav aria-label="Main">
<ul>
{{#NAV}}
<li><a href="{{HREF}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}>{{TEXT}}{{#COUNT}} <span class="count">{{NUMBER}}<span class="unseen"> waiting</span></span>{{/COUNT}}</a></li>
{{/NAV}}
</ul>
</nav>
<div class="who">
<a href="/account">{{USER_NAME}}</a>
<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{CSRF}}"><button>Sign out</button></form>
</div>
</div>
</header>
{{/SIGNED_IN}}
<div id="brakes" data-live>
{{#BRAKE}}
<section class="notice" aria-label="Brake {{BRAKE_NAME}}"><p><strong>{{WHAT}}</strong> “{{WHY}}” <span class="small">{{MEANING}} Brake {{BRAKE_NAME}}, pulled by {{BY}}, {{>SINCE}}{{#MAY_RELEASE}} · <a href="/admin/queue#brakes-title">Release it</a>{{/MAY_RELEASE}}</span></p></section>
{{/BRAKE}}
</div>
<main id="main" tabindex="-1"{{#REFRESH}} data-refresh="{{SECONDS}}"{{/REFRESH}}>
{{#FLASH}}
<div class="flash" role="status"><p>{{MESSAGE}}</p></div>
{{/FLASH}}
{{>BODY}}
</main>
<p id="announcer" class="unseen" aria-live="polite"></p>
<footer class="foot">Clusterdesk {{VERSION}} · Request {{REQUEST_ID}}{{#SIGNED_IN}} · Times in {{TIME_ZONE}}, <a href="/account">change</a>{{/SIGNED_IN}}</footer>
</body>
</html>
