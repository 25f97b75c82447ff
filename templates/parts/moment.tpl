{{%AUTOESCAPE context="HTML"}}
{{#KNOWN}}<time datetime="{{ISO}}" title="{{UTC}}">{{LOCAL}}</time> <small class="muted">{{RELATIVE}}</small>{{/KNOWN}}{{#UNKNOWN}}<span class="muted">{{WORDS}}</span>{{/UNKNOWN}}
