{{%AUTOESCAPE context="HTML"}}
{{#LINE}}
<li id="L{{NUMBER}}" class="{{LEVEL}} {{SOURCE}}"><a href="{{PLACE}}" aria-label="Line {{NUMBER}}">{{NUMBER}}</a><time datetime="{{ISO}}" title="{{WHEN}}">{{CLOCK}}</time><span>{{TEXT}}</span></li>
{{/LINE}}
