{{%AUTOESCAPE context="HTML"}}
<details id="preview"><summary>Preview what will be installed</summary>
<p class="small">This order and no other has the digest <code class="break">{{DIGEST}}</code>. The pull secret and the times are put in when it is installed.</p>
<h3>install-config.yaml</h3>
<pre id="install-config" tabindex="0">{{INSTALL_CONFIG:p}}</pre>
<p><button type="button" class="button slim" data-copy="install-config" hidden>Copy<span class="unseen"> install-config.yaml</span></button></p>
<h3>cluster.yaml</h3>
<pre id="cluster-yaml" tabindex="0">{{CLUSTER_YAML:p}}</pre>
<p><button type="button" class="button slim" data-copy="cluster-yaml" hidden>Copy<span class="unseen"> cluster.yaml</span></button></p>
</details>
