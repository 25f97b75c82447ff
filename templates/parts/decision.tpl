{{%AUTOESCAPE context="HTML"}}
<form method="post" action="/approvals/{{ID:u}}/decision" class="pf-v6-c-form" aria-label="Decision on {{WHAT}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<input type="hidden" name="digest" value="{{DIGEST}}">
<div class="pf-v6-c-form__group"><div class="pf-v6-c-form__group-label"><label class="pf-v6-c-form__label" for="comment-{{ID}}"><span class="pf-v6-c-form__label-text">Comment or question</span></label></div>
<div class="pf-v6-c-form__group-control"><span class="pf-v6-c-form-control pf-m-textarea"><textarea id="comment-{{ID}}" name="comment" rows="3" maxlength="2000" aria-describedby="comment-hint-{{ID}}">
{{COMMENT:p}}</textarea></span>
<p class="small muted" id="comment-hint-{{ID}}">The requester reads it. Needed to reject and to ask; a question leaves the request open.</p></div></div>
<p class="actions"><button class="pf-v6-c-button pf-m-primary" name="verdict" value="APPROVE">Approve</button> <button class="pf-v6-c-button pf-m-secondary" name="verdict" value="ASK">Ask</button> <button class="pf-v6-c-button pf-m-secondary pf-m-danger" name="verdict" value="REJECT">Reject</button></p>
</form>
