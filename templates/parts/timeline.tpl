{{%AUTOESCAPE context="HTML"}}
{{#DRAWING}}
<div class="gantt">
<svg viewBox="0 0 1000 {{HEIGHT}}" role="img" aria-label="{{WORDS}}" preserveAspectRatio="none">
{{#TICK}}<line x1="{{X}}" x2="{{X}}" y1="0" y2="{{HEIGHT}}" class="gantt-tick"/>{{/TICK}}
{{#LANE}}{{#BAR}}<rect x="{{X}}" y="{{Y}}" width="{{WIDTH}}" height="20" class="{{LOOK}}"><title>{{WORDS}}</title></rect>{{/BAR}}
{{/LANE}}
</svg>
<ul class="gantt-lanes" aria-hidden="true">{{#LANE}}<li>{{LABEL}}</li>{{/LANE}}</ul>
<svg class="gantt-times" width="100%" height="20" aria-hidden="true">{{#TICK}}<text x="{{PERCENT}}%" y="10" text-anchor="{{ANCHOR}}">{{TEXT}}</text>{{/TICK}}</svg>
</div>
{{/DRAWING}}
<table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">States of this cluster</caption>
<thead><tr><th scope="col">State</th><th scope="col">Since</th><th scope="col">For</th></tr></thead>
<tbody>
{{#EVENT}}<tr><th scope="row">{{WHAT}}{{#NOW}} <span class="small muted">now</span>{{/NOW}}</th><td data-label="Since">{{>AT}}</td><td data-label="For" class="one-line">{{LASTED}}</td></tr>
{{/EVENT}}
</tbody>
</table>
