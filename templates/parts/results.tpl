{{%AUTOESCAPE context="HTML"}}
{{#SOME}}<span class="results" role="img" aria-label="{{SUMMARY}}, newest first">{{#RESULT}}<span class="{{TONE}}" title="{{WORD}}">{{MARK}}</span>{{/RESULT}}</span> <span class="small muted">{{SUMMARY}}</span>{{/SOME}}{{#NONE}}<span class="muted">no history yet</span>{{/NONE}}
