# Verbs that look at a desk: status, logs, psql, worker.
# shellcheck shell=bash

NOT_RUNNING=3  # the exit code that service managers use for it

desk_status() {
    find_places
    local all=yes part pid
    if [[ ! -e $STATE/desk.env ]] || ! all_running; then all=no; fi
    if [[ -n ${OPTIONS[--json]:-} ]]; then
        status_json "$all"
    else
        note address "http://127.0.0.1:$PORT" 2>&1
        note state "$STATE$([[ -e $STATE/desk.env ]] || echo ' (no desk there)')" 2>&1
        for part in $(desk_parts); do
            pid=$(pid_of "$part")
            note "$part" "$([[ -n $pid ]] && echo "runs (process $pid)" || echo "does not run")" 2>&1
        done
    fi
    [[ $all == yes ]] || return $NOT_RUNNING
}

# Paths hold no character that JSON would escape: find_places sees to it.
status_json() { # all run: yes or no
    local part pid parts=""
    for part in $(desk_parts); do
        pid=$(pid_of "$part")
        parts+="${parts:+, }\"$part\": ${pid:-null}"
    done
    printf '{"running": %s, "address": "http://127.0.0.1:%s", "port": %s, "state": "%s", "pids": {%s}}\n' \
        "$([[ $1 == yes ]] && echo true || echo false)" "$PORT" "$PORT" "$STATE" "$parts"
}

desk_logs() {
    find_desk
    local files=("$STATE"/log/*.log)
    [[ -e ${files[0]} ]] || fail "nothing was logged yet in $STATE/log"
    case ${1:-} in
        "") ;;
        web | worker | nginx | access | postgres) files=("$STATE/log/$1.log") ;;
        *)
            as_desk grep -hF -e "$1" "${files[@]}" || fail "no line in $STATE/log names '$1'"
            return
            ;;
    esac
    as_desk tail -n 50 ${OPTIONS[-f]:+-F} "${files[@]}"
}

desk_psql() {
    find_desk
    uses_outside_database && fail "this desk uses a database of somebody else's: connect with its own URL"
    is_running postgres || fail "the database of $STATE does not run: ./desk up"
    find_postgres
    as_desk env PGOPTIONS="-c client_min_messages=warning" "$PG_BIN/psql" -X "host=$RUN user=$OWNER_ROLE dbname=clusterdesk" "$@"
}

desk_worker() {
    find_desk
    [[ $# -gt 0 ]] || usage "worker needs a verb, for example: ./desk worker doctor"
    run_worker "$@"
}
