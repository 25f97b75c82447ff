{{%AUTOESCAPE context="HTML"}}
<span class="pf-v6-c-label {{COLOUR}}"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#{{ICON}}"/></svg>{{WORD}}</span>
