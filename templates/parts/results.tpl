{{%AUTOESCAPE context="HTML"}}
{{#SOME}}<span class="results" aria-hidden="true">{{#RESULT}}<span class="{{TONE}}">{{MARK}}</span>{{/RESULT}}</span> <span class="small muted">{{SUMMARY}}</span>{{/SOME}}{{#NONE}}<span class="muted">not ordered yet</span>{{/NONE}}
