# `./desk down`: stops the parts in the order in which nothing is lost.
# shellcheck shell=bash

RUNNER_SECONDS=100  # a runner gives its installer 90 s to stop (worker.kill_seconds)

desk_down() {
    find_places
    if [[ ! -e $STATE/desk.env ]]; then
        say "there is no desk in $STATE"
        return
    fi
    hold_desk
    local part running=""
    for part in $(desk_parts); do running+=$(pid_of "$part"); done
    [[ -n $running$(program_pids) ]] || say "nothing of the desk in $STATE runs"
    stop_part worker TERM 15
    stop_runners
    stop_part nginx QUIT 10
    stop_part web TERM 20
    uses_outside_database || stop_part postgres INT 60
    [[ -z ${OPTIONS[--purge]:-} ]] || purge
}

# Jobs go on at the next `up`: what they did is in the rows.
stop_runners() {
    local pid
    [[ -n $(runner_pids) ]] || return 0
    note jobs "waiting for running jobs to stop"
    for pid in $(runner_pids); do signal_desk TERM "$pid" || true; done
    if ! wait_until $RUNNER_SECONDS runners_gone; then
        say "  some did not stop within $RUNNER_SECONDS s and were killed"
        for pid in $(runner_pids); do signal_desk KILL "$pid" || true; done
    fi
    note jobs stopped
}

# Everything of ours but the web program, which still answers.
runner_pids() {
    local web pid
    web=$(pid_of web)
    for pid in $(program_pids); do [[ $pid == "$web" ]] || echo "$pid"; done
}

runners_gone() { [[ -z $(runner_pids) ]]; }

purge() {
    rm -rf "$STATE" "$RUN"
    note state "deleted $STATE"
}
