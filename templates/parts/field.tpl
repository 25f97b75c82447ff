{{%AUTOESCAPE context="HTML"}}
<div class="field{{#WRONG}} wrong{{/WRONG}}">
{{#CHECKBOX}}
<label class="check" for="{{ID}}"><input type="checkbox" id="{{ID}}" name="{{ID}}" value="yes"{{#CHECKED}} checked{{/CHECKED}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}> {{LABEL}}</label>
{{/CHECKBOX}}
{{#LABELLED}}<label for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="muted small">(optional)</span>{{/OPTIONAL}}</label>{{/LABELLED}}
{{#HINT}}<span class="hint" id="{{ID}}-hint">{{TEXT}}</span>{{/HINT}}
{{#INPUT}}
<input id="{{ID}}" name="{{ID}}" type="{{TYPE}}" value="{{VALUE}}"{{#REQUIRED}} required{{/REQUIRED}}{{#AUTOCOMPLETE}} autocomplete="{{WORD}}"{{/AUTOCOMPLETE}}{{#MINIMUM}} min="{{NUMBER}}"{{/MINIMUM}}{{#MAXIMUM}} max="{{NUMBER}}"{{/MAXIMUM}}{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}>
{{/INPUT}}
{{#AREA}}
<textarea id="{{ID}}" name="{{ID}}" rows="3"{{#CODE}} class="code" spellcheck="false"{{/CODE}}{{#REQUIRED}} required{{/REQUIRED}}{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}>
{{VALUE:p}}</textarea>
{{/AREA}}
{{#SELECT}}
<select id="{{ID}}" name="{{ID}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}>
{{#OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/OPTION}}
</select>
{{/SELECT}}
{{#WRONG}}{{#SAID}}<span class="error" id="{{ID}}-error">{{TEXT}}</span>{{/SAID}}{{/WRONG}}
</div>
