{{%AUTOESCAPE context="HTML"}}
<span class="state state-{{TONE}}">{{WORD}}</span>
