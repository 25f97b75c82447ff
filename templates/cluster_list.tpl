{{%AUTOESCAPE context="HTML"}}
<div class="head">
<div><h1>Clusters</h1><p class="muted">{{TOTAL}}</p></div>
{{#MAY_ORDER}}<p class="actions"><a class="pf-v6-c-button pf-m-primary" href="/catalog">New cluster</a></p>{{/MAY_ORDER}}
</div>
<nav class="pf-v6-c-tabs" aria-label="Whose clusters">
<ul class="pf-v6-c-tabs__list">{{#TAB}}<li class="pf-v6-c-tabs__item{{#CURRENT}} pf-m-current{{/CURRENT}}"><a class="pf-v6-c-tabs__link" href="{{HREF}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}><span class="pf-v6-c-tabs__item-text">{{TEXT}}</span></a></li>{{/TAB}}</ul>
</nav>
<form class="pf-v6-c-card" method="get" action="/clusters" role="search" aria-label="Clusters">
<div class="pf-v6-c-card__body">
{{#WHOSE}}<input type="hidden" name="whose" value="{{VALUE}}">{{/WHOSE}}
{{#SORT}}<input type="hidden" name="sort" value="{{VALUE}}">{{/SORT}}
<div class="filters">
<div class="field wide"><label for="q">Search</label><span class="pf-v6-c-form-control"><input id="q" name="q" type="search" value="{{SEARCH}}" aria-describedby="q-hint"></span></div>
{{>STATE_FILTER}}
<p class="actions"><button class="pf-v6-c-button pf-m-secondary">Show</button>{{#FILTERED}} <a href="/clusters">Clear</a>{{/FILTERED}}</p>
</div>
<p class="small muted" id="q-hint">Terms over name, owner, team, profile, region, version, state and tags; “two words” in quotes, <span class="one-line">-term</span> leaves out.</p>
<details id="filters"{{#FILTERS_OPEN}} open{{/FILTERS_OPEN}}><summary>Team, profile, region, owner</summary>
<div class="filters">
{{#FILTER}}{{>CHOICE}}{{/FILTER}}
</div>
</details>
</div>
</form>
<div class="inline small">
{{#HAVE_VIEWS}}
<ul class="views" aria-label="Saved views">
{{#VIEW}}<li><a href="{{HREF}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}>{{NAME}}</a> <form method="post" action="/clusters/views/delete"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="name" value="{{NAME}}"><input type="hidden" name="query" value="{{QUERY}}"><p class="held">{{HELD_CHANGES}}</p><button class="pf-v6-c-button pf-m-plain pf-m-small" aria-label="Delete view {{NAME}}"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#close"/></svg></button></form></li>
{{/VIEW}}
</ul>
{{/HAVE_VIEWS}}
<details id="save-view"><summary>Save this view</summary>
<form class="inline" method="post" action="/clusters/views"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="query" value="{{QUERY}}"><p class="held">{{HELD_CHANGES}}</p>
<div class="field"><label for="view-name">Name of the view</label><span class="pf-v6-c-form-control"><input id="view-name" name="name" maxlength="60" required></span></div><button class="pf-v6-c-button pf-m-secondary">Save</button>
</form>
</details>
<p><a href="{{CSV}}" download>CSV of this list</a></p>
</div>
{{#HAVE}}
<form method="get" action="/clusters/bulk/extend" aria-label="Chosen clusters">
<div class="pf-v6-c-card scroll">
<table class="pf-v6-c-table pf-m-compact pf-m-grid-lg" id="rows">
<caption class="unseen">Clusters</caption>
<thead><tr>{{#BULK}}<td><span class="unseen">Choose</span></td>{{/BULK}}{{#COLUMN}}<th scope="col"{{#SORTED}} aria-sort="{{ORDER}}"{{/SORTED}}>{{#BY}}{{#AND}}, {{/AND}}<a href="{{HREF}}">{{LABEL}}{{#UP}} <span aria-hidden="true">▲</span>{{/UP}}{{#DOWN}} <span aria-hidden="true">▼</span>{{/DOWN}}</a>{{/BY}}</th>{{/COLUMN}}</tr></thead>
<tbody>
{{#CLUSTER}}
<tr id="{{ID}}">
{{#TICK}}<td><input type="checkbox" name="cluster" value="{{ID}}" aria-label="Choose {{NAME}}"></td>{{/TICK}}{{#NO_TICK}}<td></td>{{/NO_TICK}}
<th scope="row"><a href="/clusters/{{ID:u}}">{{NAME}}</a></th>
<td data-label="State">{{>STATE}}</td>
<td data-label="Owner, team">{{OWNER}} <small>{{TEAM}}</small></td>
<td data-label="Profile">{{PROFILE}} <small>{{VERSION}} · {{REGION}}</small></td>
<td data-label="Age"><time datetime="{{CREATED_ISO}}" title="{{CREATED}}">{{AGE}}</time></td>
<td data-label="Time left">{{#ENDS}}<time datetime="{{ISO}}" title="{{WHEN}}">{{LEFT}}</time>{{/ENDS}}{{#NO_END}}<span class="muted small">{{WORDS}}</span>{{/NO_END}}</td>
<td data-label="Cost" class="number">{{RATE}} <small>{{COST}} in all</small></td>
</tr>
{{/CLUSTER}}
</tbody>
</table>
</div>
{{#BULK}}
<div class="inline">
<strong>With the chosen ones:</strong>
{{#MAY_EXTEND}}<div class="field"><label for="hours">More time</label><span class="pf-v6-c-form-control"><select id="hours" name="hours"><option value="1">1 h</option><option value="4">4 h</option><option value="8">8 h</option><option value="24" selected>1 day</option><option value="72">3 days</option><option value="168">7 days</option></select><span class="pf-v6-c-form-control__utilities"><span class="pf-v6-c-form-control__toggle-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#caret-down"/></svg></span></span></span></div>
<button class="pf-v6-c-button pf-m-secondary">Extend…</button>{{/MAY_EXTEND}}
{{#MAY_DESTROY}}<button class="pf-v6-c-button pf-m-secondary pf-m-danger" formaction="/clusters/bulk/destroy">Destroy…</button>{{/MAY_DESTROY}}
</div>
{{/BULK}}
</form>
{{/HAVE}}
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">{{TITLE}}</h2><p class="pf-v6-c-empty-state__body">{{NEXT_STEP}}</p></div></div>{{/NONE}}
<p class="actions">{{#BACK}}<a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="first">First page</a>{{/BACK}}{{#MORE}}<a class="pf-v6-c-button pf-m-secondary" href="{{HREF}}" rel="next">Next page</a>{{/MORE}}</p>
