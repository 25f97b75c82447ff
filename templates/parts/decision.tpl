{{%AUTOESCAPE context="HTML"}}
<section class="card" aria-labelledby="decide-{{ID}}">
<h2 id="decide-{{ID}}">Decide</h2>
<form method="post" action="/approvals/{{ID:u}}/decision">
<input type="hidden" name="csrf" value="{{CSRF}}"><p class="held">{{HELD_CHANGES}}</p>
<input type="hidden" name="digest" value="{{DIGEST}}">
<div class="field"><label for="comment-{{ID}}">Comment</label><span class="hint" id="comment-hint-{{ID}}">The requester reads it. Needed when you reject.</span>
<textarea id="comment-{{ID}}" name="comment" rows="2" aria-describedby="comment-hint-{{ID}}">
{{COMMENT:p}}</textarea></div>
<p class="actions"><button class="button first" name="verdict" value="APPROVE">Approve</button> <button class="button danger" name="verdict" value="REJECT">Reject</button></p>
</form>
</section>
