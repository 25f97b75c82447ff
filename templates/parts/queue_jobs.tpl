{{%AUTOESCAPE context="HTML"}}
<div class="scroll"><table class="pf-v6-c-table pf-m-compact pf-m-grid-md">
<caption class="unseen">{{CAPTION}}</caption>
<thead><tr><th scope="col">Job</th><th scope="col">Cluster</th><th scope="col">State</th><th scope="col">{{WHEN}}</th><th scope="col">Attempts</th><th scope="col">Trouble</th></tr></thead>
<tbody>
{{#JOB}}<tr id="{{ID}}"><th scope="row">{{#LINKED}}<a href="{{LOG}}">{{WHAT}}</a>{{/LINKED}}{{#PLAIN}}{{WHAT}}{{/PLAIN}}</th><td data-label="Cluster">{{#OF_CLUSTER}}<a href="/clusters/{{CLUSTER_ID:u}}">{{CLUSTER}}</a>{{/OF_CLUSTER}}{{#OF_DESK}}<span class="muted">of the desk</span>{{/OF_DESK}}</td><td data-label="State">{{>STATE}}{{#HELD}} <small>{{BY_BRAKE}}</small>{{/HELD}}</td><td data-label="{{WHEN}}">{{>AT}}</td><td data-label="Attempts">{{ATTEMPTS}}</td><td data-label="Trouble">{{TROUBLE}}</td></tr>
{{/JOB}}
</tbody></table></div>
