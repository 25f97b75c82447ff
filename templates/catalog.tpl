{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Catalog</h1><p class="muted">What can be ordered. Times and results come from this desk’s own history.</p></div>
{{#MAY_IMPORT}}<p><a class="button slim" href="/requests/import">Order by file</a></p>{{/MAY_IMPORT}}
</div>
<div class="cards">
{{#PROFILE}}
<article class="card" aria-labelledby="profile-{{NAME}}">
<h2 id="profile-{{NAME}}"><a href="/catalog/{{NAME:u}}">{{TITLE}}</a></h2>
<p>{{DESCRIPTION}}</p>
<dl class="facts">
<dt>Platform</dt><dd>{{PLATFORM}}</dd>
<dt>Nodes</dt><dd>{{NODES}}</dd>
<dt>Lifetime</dt><dd>{{LIFETIME}}</dd>
<dt>Price</dt><dd><strong>{{PRICE}}</strong> an hour</dd>
<dt>Ready in</dt><dd>{{INSTALL_TIME}}</dd>
<dt>Last results</dt><dd>{{>RESULTS}}</dd>
<dt>Approval</dt><dd>{{APPROVAL}}</dd>
</dl>
{{#DEMO}}<p class="small muted">{{PACE}}</p>{{/DEMO}}
<p class="actions">{{#MAY_ORDER}}<a class="button first" href="/requests/new?profile={{NAME:u}}">Order</a>{{/MAY_ORDER}} <a class="button" href="/catalog/{{NAME:u}}">Details</a></p>
</article>
{{/PROFILE}}
</div>
{{#EMPTY}}
<div class="card empty"><p><strong>Nothing can be ordered yet.</strong></p><p>{{WHY}}</p></div>
{{/EMPTY}}
{{#CLOSED}}
<section class="card" aria-labelledby="closed-title">
<h2 id="closed-title">Not available</h2>
<ul>
{{#CLOSED_PROFILE}}<li><a href="/catalog/{{NAME:u}}">{{TITLE}}</a>: {{WHY}}</li>{{/CLOSED_PROFILE}}
</ul>
</section>
{{/CLOSED}}
