{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Profiles</h1><p class="muted">As read from {{DIRECTORY}} when the desk was started; a change counts after the next start.</p></div></div>
{{#HAVE_FAULTS}}
<section class="pf-v6-c-alert pf-m-inline pf-m-danger" aria-labelledby="faults-title">
<div class="pf-v6-c-alert__icon"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#error-fill"/></svg></div>
<h2 class="pf-v6-c-alert__title" id="faults-title">Files with faults</h2>
<div class="pf-v6-c-alert__description"><p>They are not in the catalog until these are corrected.</p>
{{#FILE}}<h3>{{NAME}}</h3><ul class="pf-v6-c-list">{{#FAULT}}<li><code>{{WHERE}}</code> {{TEXT}}</li>{{/FAULT}}</ul>{{/FILE}}</div>
</section>
{{/HAVE_FAULTS}}
<div class="pf-v6-c-card"><div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">Profiles</caption>
<thead><tr><th scope="col">Profile</th><th scope="col">State</th><th scope="col">Nodes</th><th scope="col">Lifetime</th><th scope="col" class="number">$ an hour</th><th scope="col">Approval</th></tr></thead>
<tbody>
{{#PROFILE}}<tr><th scope="row"><a href="/catalog/{{NAME:u}}">{{NAME}}</a> <small><code>{{FILE_NAME}}</code></small></th><td data-label="State">{{>STATE}} {{#WHY}}<small>{{TEXT}}</small>{{/WHY}}</td><td data-label="Nodes">{{NODES}} <small>{{PLATFORM}}</small></td><td data-label="Lifetime">{{LIFETIME}}</td><td data-label="$ an hour" class="number">{{PRICE}}</td><td data-label="Approval">{{APPROVAL}} <a href="/admin/profiles/{{NAME:u}}/simulation">Try another rule<span class="unseen"> on {{NAME}}</span></a></td></tr>
{{/PROFILE}}
</tbody></table></div>
{{#NONE}}<div class="pf-v6-c-empty-state"><div class="pf-v6-c-empty-state__content"><h2 class="pf-v6-c-empty-state__title-text">There is no profile without a fault.</h2><div class="pf-v6-c-empty-state__body">Put profile files into the directory and start the desk again.</div></div></div>{{/NONE}}
</div>
