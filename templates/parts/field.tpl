{{%AUTOESCAPE context="HTML"}}
<div class="field{{#WRONG}} wrong{{/WRONG}}">
{{#CHECKBOX}}
<label class="pf-v6-c-check" for="{{ID}}"><input class="pf-v6-c-check__input" type="checkbox" id="{{ID}}" name="{{ID}}" value="yes"{{#CHECKED}} checked{{/CHECKED}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}><span class="pf-v6-c-check__label">{{LABEL}}</span></label>
{{/CHECKBOX}}
{{#LABELLED}}<label for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="muted small">(optional)</span>{{/OPTIONAL}}</label>{{/LABELLED}}
{{#HINT}}<span class="hint" id="{{ID}}-hint">{{TEXT}}</span>{{/HINT}}
{{#INPUT}}
<span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><input id="{{ID}}" name="{{ID}}" type="{{TYPE}}" value="{{VALUE}}"{{#REQUIRED}} required{{/REQUIRED}}{{#AUTOCOMPLETE}} autocomplete="{{WORD}}"{{/AUTOCOMPLETE}}{{#MINIMUM}} min="{{NUMBER}}"{{/MINIMUM}}{{#MAXIMUM}} max="{{NUMBER}}"{{/MAXIMUM}}{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}></span>
{{/INPUT}}
{{#AREA}}
<span class="pf-v6-c-form-control pf-m-textarea{{#WRONG}} pf-m-error{{/WRONG}}"><textarea id="{{ID}}" name="{{ID}}" rows="3"{{#CODE}} class="code" spellcheck="false"{{/CODE}}{{#REQUIRED}} required{{/REQUIRED}}{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}>
{{VALUE:p}}</textarea></span>
{{/AREA}}
{{#SELECT}}
<span class="pf-v6-c-form-control{{#WRONG}} pf-m-error{{/WRONG}}"><select id="{{ID}}" name="{{ID}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}>
{{#OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{TEXT}}</option>{{/OPTION}}
</select><span class="pf-v6-c-form-control__utilities"><span class="pf-v6-c-form-control__toggle-icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#caret-down"/></svg></span></span></span>
{{/SELECT}}
{{#WRONG}}{{#SAID}}<span class="error" id="{{ID}}-error"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg> {{TEXT}}</span>{{/SAID}}{{/WRONG}}
</div>
