{{%AUTOESCAPE context="HTML"}}
<div class="bars" aria-hidden="true">
<p class="small muted">{{TOP}}</p>
<svg viewBox="0 0 {{WIDTH}} {{HEIGHT}}" preserveAspectRatio="none" focusable="false">
{{#BAR}}<g><title>{{WORDS}}</title><rect class="bar-accrued" x="{{X}}" y="{{ACCRUED_Y}}" width="{{W}}" height="{{ACCRUED_H}}"/><rect class="bar-projected" x="{{X}}" y="{{PROJECTED_Y}}" width="{{W}}" height="{{PROJECTED_H}}"/></g>
{{/BAR}}
{{#BUDGET}}<line class="bar-budget" x1="0" x2="{{WIDTH}}" y1="{{Y}}" y2="{{Y}}"/>{{/BUDGET}}
</svg>
<ol class="bar-labels">{{#LABEL}}<li>{{MONTH}}<br><strong>{{AMOUNT}}</strong></li>{{/LABEL}}</ol>
<p class="bar-key small"><span class="key-accrued"></span> spent <span class="key-projected"></span> still to come{{#BUDGET_KEY}} <span class="key-budget"></span> budget {{AMOUNT}} a month{{/BUDGET_KEY}}</p>
</div>
