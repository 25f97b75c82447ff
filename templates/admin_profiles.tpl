{{%AUTOESCAPE context="HTML"}}
<div class="head"><div><h1>Profiles</h1><p class="muted">As read from {{DIRECTORY}} when the desk was started; a change counts after the next start.</p></div></div>
{{#HAVE_FAULTS}}
<section class="box bad" aria-labelledby="faults-title">
<h2 id="faults-title">Files with faults</h2>
<p>They are not in the catalog until these are corrected.</p>
{{#FILE}}<h3>{{NAME}}</h3><ul>{{#FAULT}}<li><code>{{WHERE}}</code> {{TEXT}}</li>{{/FAULT}}</ul>{{/FILE}}
</section>
{{/HAVE_FAULTS}}
<div class="card table-card"><div class="scroll"><table class="stack">
<caption class="unseen">Profiles</caption>
<thead><tr><th scope="col">Profile</th><th scope="col">State</th><th scope="col">Platform</th><th scope="col">Nodes</th><th scope="col">Lifetime</th><th scope="col" class="number">$ an hour</th><th scope="col">Approval</th><th scope="col">File</th></tr></thead>
<tbody>
{{#PROFILE}}<tr><th scope="row"><a href="/catalog/{{NAME:u}}">{{NAME}}</a></th><td data-label="State">{{>STATE}} {{#WHY}}<small>{{TEXT}}</small>{{/WHY}}</td><td data-label="Platform">{{PLATFORM}}</td><td data-label="Nodes">{{NODES}}</td><td data-label="Lifetime">{{LIFETIME}}</td><td data-label="$ an hour" class="number">{{PRICE}}</td><td data-label="Approval">{{APPROVAL}}</td><td data-label="File"><code>{{FILE_NAME}}</code></td></tr>
{{/PROFILE}}
</tbody></table></div>
{{#NONE}}<div class="empty"><p><strong>There is no profile without a fault.</strong></p><p>Put profile files into the directory and start the desk again.</p></div>{{/NONE}}
</div>
