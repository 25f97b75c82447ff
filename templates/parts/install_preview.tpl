{{%AUTOESCAPE context="HTML"}}
<details id="preview"><summary>Preview what will be installed</summary>
<p class="small">This order and no other has the digest <code class="break">{{DIGEST}}</code>. The pull secret and the times are put in when it is installed, and so is another <code>credentialsMode</code> where the account’s own credentials leave no choice.</p>
<h3>install-config.yaml</h3>
<pre id="install-config" tabindex="0">{{INSTALL_CONFIG:p}}</pre>
<p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="install-config"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span><span class="unseen"> install-config.yaml</span></button></p>
<h3>cluster.yaml</h3>
<pre id="cluster-yaml" tabindex="0">{{CLUSTER_YAML:p}}</pre>
<p><button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small needs-script" data-copy="cluster-yaml"><svg class="icon" aria-hidden="true"><use href="{{ICONS}}#copy"/></svg> <span>Copy</span><span class="unseen"> cluster.yaml</span></button></p>
</details>
