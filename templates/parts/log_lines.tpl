{{%AUTOESCAPE context="HTML"}}
{{#LINE}}
<li id="L{{NUMBER}}" class="{{LEVEL}} {{SOURCE}}"><a href="#L{{NUMBER}}" aria-label="Line {{NUMBER}}">{{NUMBER}}</a><time datetime="{{ISO}}" title="{{UTC}}">{{CLOCK}}</time><span>{{TEXT}}</span></li>
{{/LINE}}
