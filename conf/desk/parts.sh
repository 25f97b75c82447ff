# The four parts of a private desk: how each is started, whether it runs, how it stops.
# shellcheck shell=bash

PARTS=(postgres web nginx worker)

# A desk on somebody else's database has three.
desk_parts() {
    local part
    for part in "${PARTS[@]}"; do
        [[ $part == postgres && $(noted database) == outside ]] || echo "$part"
    done
}

pid_file() {
    if [[ $1 == postgres ]]; then echo "$STATE/pg/postmaster.pid"; else echo "$STATE/pid/$1"; fi
}

# The process id of a part that runs, or nothing. A number in a file proves nothing: its process must name this state.
pid_of() {
    local pid file
    file=$(pid_file "$1")
    pid=$(head -n 1 "$file" 2>/dev/null) || return 0
    [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 0
    [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"$STATE/"* ]] && echo "$pid"
    return 0
}

is_running() { [[ -n $(pid_of "$1") ]]; }

all_running() {
    local part
    for part in $(desk_parts); do is_running "$part" || return 1; done
}

# Starts a program as the desk's user, apart from this shell: own session, no input, its output in log/<part>.log.
start_part() { # part, command...
    local part=$1
    shift
    # shellcheck disable=SC2016  # for the inner shell
    as_desk setsid --fork bash -c 'umask 077; echo $$ >"pid/$0"; exec "$@" >>"log/$0.log" 2>&1' "$part" "$@" \
        >/dev/null 2>&1 </dev/null
    wait_until 30 is_running "$part" || part_failed "$part"
}

part_failed() { # part
    local log=$STATE/log/$1.log
    [[ -r $log ]] && tail -n 15 "$log" | sed 's/^/    | /' >&2
    fail "$1 did not start (all it said: $log)"
}

start_web() {
    local program=("$STATE/app/bin/clusterdesk" --config "$STATE/clusterdesk.yaml")
    # ThreadSanitizer can't cope with the address space layout of newer kernels.
    [[ $(noted preset) == tsan ]] && program=(setarch -R "${program[@]}")
    rm -f "$RUN/web.sock"
    start_part web "${program[@]}"
    wait_until 30 web_listens || part_failed web
}

web_listens() {
    [[ -S $RUN/web.sock ]] && return
    is_running web || part_failed web
    return 1
}

start_nginx() {
    NGINX=$(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v nginx) || fail "nginx is not installed"
    quietly "nginx does not accept its configuration" "$STATE/up.log" as_desk "$NGINX" -t -q \
        -e "$STATE/log/nginx.log" -p "$STATE/nginx/" -c "$STATE/nginx/nginx.conf"
    start_part nginx "$NGINX" -e "$STATE/log/nginx.log" -p "$STATE/nginx/" -c "$STATE/nginx/nginx.conf"
    wait_until 30 answers /healthz || {
        tail -n 5 "$STATE/log/web.log" | sed 's/^/    | web: /' >&2
        part_failed nginx
    }
}


answers() { curl --silent --fail --noproxy '*' --max-time 3 --output /dev/null "http://127.0.0.1:$PORT$1"; }

start_worker() {
    start_part worker bash "$STATE/app/bin/every-minute" "$STATE/app/bin/clusterdesk-worker" "$STATE/clusterdesk.yaml"
}

start_postgres() {
    find_postgres
    quietly "PostgreSQL did not start (its log: $STATE/log/postgres.log)" "$STATE/up.log" \
        as_desk "$PG_BIN/pg_ctl" start --wait --timeout 60 --silent -D "$STATE/pg/" -l "$STATE/log/postgres.log"
}

# Sends a signal as the desk's user, who can reach no process but its own.
signal_desk() { as_desk kill "-$1" "$2" 2>/dev/null; }

stop_part() { # part, signal, seconds until it is killed
    local pid
    pid=$(pid_of "$1")
    [[ -n $pid ]] || return 0
    signal_desk "$2" "$pid" || true
    if ! wait_until "$3" gone "$1"; then
        say "  $1 did not stop within $3 s and was killed"
        signal_desk KILL "$pid" || true
        wait_until 30 gone "$1" || fail "$1 (process $pid) can't be stopped"
    fi
    note "$1" stopped
}

gone() { ! is_running "$1"; }

# Processes of this desk's own programs: runners, guards and installers outlive the tick that started them.
program_pids() {
    local link
    for link in /proc/[0-9]*/exe; do
        [[ $(readlink "$link" 2>/dev/null) == "$STATE/app/bin/"* ]] || continue
        link=${link#/proc/}
        echo "${link%/exe}"
    done
}
