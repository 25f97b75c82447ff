# `./desk demo`: one cluster's whole life on the running desk, by the JSON API through nginx, every stage checked.
# shellcheck shell=bash

DEMO_SECONDS=90  # what the whole may take at the scale of the demo profiles (an hour lasts ten seconds)

REQUESTER=demo-requester
APPROVER=demo-approver
declare -A TOKEN=()
ANSWER=""  # body and status of the last call
HTTP=""
CLUSTER=""
SAID=""  # what a stage has to tell
STAGE="" REQUEST="" LINK="" SHA256=""

desk_demo() {
    find_desk
    all_running || fail "the desk in $STATE does not run: ./desk up"
    local began=$EPOCHREALTIME
    echo "One cluster's life on http://127.0.0.1:$PORT, as $REQUESTER and $APPROVER:"
    stage people demo_people
    stage order demo_order
    stage approve demo_approve
    stage install demo_install
    stage outputs demo_outputs
    stage kubeconfig demo_kubeconfig
    stage expiry demo_expiry
    stage destroy demo_destroy
    stage receipt demo_receipt
    local took
    took=$(seconds_since "$began")
    ((${took%.*} < DEMO_SECONDS)) || fail "every stage held, but the whole took $took s; it may take $DEMO_SECONDS s"
    echo "Every stage held. The whole life took $took s."
}

stage() { # name, function
    local began=$EPOCHREALTIME
    SAID=""
    STAGE=$1
    "$2"
    printf '  %-12s %6s s  %s\n' "$1" "$(seconds_since "$began")" "$SAID"
}

broken() {
    printf '  %-12s FAILED    %s\n' "$STAGE" "$*"
    exit 1
}

# Calls the API as one of the two people. Sets HTTP and ANSWER. Over the allowance of a minute (429) it waits.
call() { # person, method, path, [body], [idempotency key]
    local out pause
    while :; do
        out=$(curl --silent --show-error --noproxy '*' --max-time 20 --request "$2" \
            --header @<(printf 'Authorization: Bearer %s\n' "${TOKEN[$1]}") --header 'Content-Type: application/json' \
            ${5:+--header "Idempotency-Key: $5"} ${4:+--data "$4"} --write-out '\n%{http_code} %header{retry-after}' \
            "http://127.0.0.1:$PORT/api/v1$3" 2>&1) || broken "$2 $3: ${out%$'\n'*}"
        ANSWER=${out%$'\n'*}
        read -r HTTP pause <<<"${out##*$'\n'}"
        [[ $HTTP == 429 ]] && ((${pause:-61} <= 60)) || return 0
        sleep "$pause"
    done
}

expect() { # status, what was asked
    [[ $HTTP == "$1" ]] || broken "$2: expected $1, got $HTTP: $(jq -r '[.code, .message, (.validationErrors // empty | tostring)] | join(" ")' <<<"$ANSWER" 2>/dev/null || echo "$ANSWER")"
}

value() { jq -r "$1 // empty" <<<"$ANSWER"; }

new_key() { echo "desk-demo-$(</proc/sys/kernel/random/uuid)"; }

# Two people of team demo, who sign in nowhere: the demo only uses their tokens.
demo_people() {
    local made=""
    demo_person "$REQUESTER" requester
    demo_person "$APPROVER" approver
    SAID="tokens for $REQUESTER and $APPROVER${made:+; made$made in team demo}"
}

# Makes the person if there is none of that name, and a token that lives for a day. Adds to `made` of demo_people.
demo_person() { # name, role
    if run_worker user add "$1" --role "$2" --team demo --random-password >/dev/null 2>>"$STATE/up.log"; then
        made+=" $1"
    else
        run_worker user role "$1" --role "$2" --team demo >/dev/null 2>>"$STATE/up.log" || broken "$1 could not be made: see $STATE/up.log"
    fi
    TOKEN[$1]=$(run_worker user token "$1" --name "desk demo" --days 1 2>>"$STATE/up.log") || broken "no token for $1: see $STATE/up.log"
}

demo_order() {
    local order key first request
    order=$(jq -n --arg name "demo-$(date +%H%M%S)" --arg owner "$REQUESTER" '{
        name: $name, platform: "demo", version: "4.20.3", profile: "demo-needs-approval", region: "demo-east-1",
        baseDomain: "demo.example.com", owner: $owner, team: "demo", costCenter: "demo", ttlHours: 1}')
    key=$(new_key)
    call "$REQUESTER" POST /clusters "$order" "$key"
    expect 202 "the order"
    first=$ANSWER CLUSTER=$(value .clusterId) request=$(value .requestId)
    [[ $(value .status) == REQUESTED && -z $(value .jobId) ]] || broken "the order should wait for an approver: $ANSWER"

    call "$REQUESTER" POST /clusters "$order" "$key"
    expect 202 "the same order again"
    [[ $ANSWER == "$first" ]] || broken "the same Idempotency-Key made a second order: $ANSWER"

    call "$REQUESTER" POST "/requests/$request/decision" '{"verdict": "APPROVE", "comment": "my own"}' "$(new_key)"
    expect 403 "a decision on one's own request"
    REQUEST=$request SAID="$CLUSTER waits for an approver; sent twice, ordered once; its own requester can't approve it"
}

demo_approve() {
    call "$APPROVER" POST "/requests/$REQUEST/decision" '{"verdict": "APPROVE", "comment": "for the demo"}' "$(new_key)"
    [[ $HTTP == 20[0-2] ]] || expect 200 "the approval"
    SAID="$REQUEST approved by $APPROVER"
}

# Asks each second until the cluster is in one of the wanted states; any state that is not on the way is a fault.
follow() { # seconds, on the way (words), wanted (words)
    local end=$((SECONDS + $1)) status
    while :; do
        call "$REQUESTER" GET "/clusters/$CLUSTER"
        expect 200 "the cluster"
        status=$(value .status)
        [[ " $3 " != *" $status "* ]] || return 0
        [[ " $2 " == *" $status "* ]] || broken "$CLUSTER is $status; expected one of: $3"
        ((SECONDS < end)) || broken "$CLUSTER is still $status after $1 s; expected: $3"
        sleep 1
    done
}

demo_install() {
    follow 60 "PENDING CREATING" READY
    SAID="$(value .name) is READY"
}

demo_outputs() {
    call "$REQUESTER" GET "/clusters/$CLUSTER/outputs"
    expect 200 "the outputs"
    [[ $(value .apiUrl) == https://api.* && $(value .consoleUrl) == https://* ]] || broken "no URLs: $ANSWER"
    [[ -n $(value .kubeconfigDownloadUrl) && $(value .metadata.kubeconfigSha256) =~ ^[0-9a-f]{64}$ ]] ||
        broken "no kubeconfig with its hash: $(jq -c 'del(.kubeconfigDownloadUrl)' <<<"$ANSWER")"
    LINK=$(value .kubeconfigDownloadUrl) SHA256=$(value .metadata.kubeconfigSha256)
    [[ $LINK == http* ]] || LINK=http://127.0.0.1:$PORT$LINK
    SAID=$(value .apiUrl)
}

demo_kubeconfig() {
    local file status digest last
    file=$(mktemp)
    # The link is a credential: curl reads it from a file, so that the list of processes does not show it.
    status=$(curl --silent --noproxy '*' --max-time 20 --output "$file" --write-out '%{http_code}' \
        --config <(printf 'url = "%s"\n' "$LINK")) || status=none
    digest=$(sha256sum "$file" | cut -d' ' -f1)
    if [[ $status != 200 || $digest != "$SHA256" ]]; then
        rm -f "$file"
        broken "the download answered $status, SHA-256 $digest instead of $SHA256"
    fi
    grep -q '^current-context: ' "$file" || broken "what was downloaded is no kubeconfig"
    rm -f "$file"

    last=${LINK: -1}
    status=$(curl --silent --noproxy '*' --max-time 20 --output /dev/null --write-out '%{http_code}' \
        --config <(printf 'url = "%s%s"\n' "${LINK%?}" "$([[ $last == A ]] && echo B || echo A)")) || status=none
    [[ $status == 40[34] ]] || broken "a forged link answered $status"
    SAID="downloaded; SHA-256 ${digest:0:16}... as promised; a forged link is refused"
}

demo_expiry() {
    call "$REQUESTER" GET "/clusters/$CLUSTER"
    local due
    due=$(value .destroyAt)
    [[ -n $due ]] || broken "the cluster has no deadline: $ANSWER"
    follow 40 READY "DESTROYING DESTROY_VERIFYING DESTROYED"
    SAID="its time was up at ${due#*T}; nobody had to ask"
}

demo_destroy() {
    follow 60 "DESTROYING DESTROY_VERIFYING" DESTROYED
    SAID="DESTROYED"
}

demo_receipt() {
    call "$REQUESTER" GET "/clusters/$CLUSTER/receipt"
    expect 200 "the receipt"
    local clean
    clean=$(value '[.body.sweeps[] | select(.found | length == 0)] | length')
    [[ ${clean:-0} -ge 2 ]] || broken "the receipt lacks two sweeps that found nothing: $ANSWER"
    SAID="$clean sweeps found nothing"
}
