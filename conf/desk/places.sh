# Where a desk's things are and who they belong to. A desk is known by its state directory; its sockets live in a
# directory with a short name, because a unix socket's path may have 107 bytes at most.
# shellcheck shell=bash

PORT=""       # of nginx, on 127.0.0.1
STATE=""      # everything that outlives a restart
RUN=""        # sockets
DESK_USER=""  # who the programs run as
GIVEN_PORT=""
GIVEN_STATE=""
SOCKET_PATH_MAX=107
PG_SOCKET=.s.PGSQL.5432

set_place() { # --port or --state, value
    case $1 in
        --port)
            [[ $2 =~ ^[1-9][0-9]{3,4}$ ]] && (($2 >= 1024 && $2 <= 65535)) && GIVEN_PORT=$2
            [[ $GIVEN_PORT == "$2" ]] || usage "--port takes a number from 1024 to 65535, not '$2'"
            ;;
        --state)
            # The path is written into nginx's, PostgreSQL's and the desk's own files: no character may mean anything there.
            [[ $2 =~ ^[A-Za-z0-9._/@+-]+$ ]] ||
                usage "--state takes a path of letters, digits and . _ - @ + /, not '$2'"
            GIVEN_STATE=$2
            ;;
    esac
}

is_root() { ((EUID == 0)); }

# A value that `up` noted down: port, run, user, preset.
noted() { if [[ -r $STATE/desk.env ]]; then sed -n "s/^$1=//p" "$STATE/desk.env"; fi; }

# Sets PORT, STATE, RUN and DESK_USER from the options, and from what `up` noted down if there is a desk already.
find_places() {
    PORT=${GIVEN_PORT:-8080}
    if [[ -n $GIVEN_STATE ]]; then
        STATE=$(realpath -m -- "$GIVEN_STATE")
    elif is_root; then
        STATE=/var/lib/clusterdesk-$PORT
    else
        STATE=$DESK_ROOT/var/$PORT
    fi
    [[ $STATE =~ ^/[A-Za-z0-9._/@+-]+$ ]] || fail "the path $STATE has characters that nginx's files can't hold: give a --state without them"

    if [[ -e $STATE/desk.env ]]; then
        local port
        [[ -r $STATE/desk.env ]] || fail "$STATE belongs to another user: become that user, or give another --state"
        port=$(noted port)
        [[ -z $GIVEN_PORT || $GIVEN_PORT == "$port" ]] ||
            fail "the desk in $STATE is on port $port, not $PORT: leave out --port, or give another --state"
        PORT=$port RUN=$(noted run) DESK_USER=$(noted user)
        return
    fi
    DESK_USER=$(id -un)
    if is_root; then DESK_USER=clusterdesk; fi
    RUN=$(choose_socket_dir)
}

choose_socket_dir() {
    local dir
    if is_root && [[ -w /run ]]; then
        dir=/run/clusterdesk-$PORT
    elif ! is_root && fits_socket "$STATE/run"; then
        dir=$STATE/run
    else
        dir=${TMPDIR:-/tmp}/clusterdesk-$EUID-$PORT
    fi
    fits_socket "$dir" ||
        fail "the path $dir/$PG_SOCKET is too long for a unix socket ($SOCKET_PATH_MAX bytes): set TMPDIR to a shorter one"
    echo "$dir"
}

fits_socket() {
    local path=$1/$PG_SOCKET
    ((${#path} <= SOCKET_PATH_MAX))
}

# The desk that must be there already, for every verb but `up`.
find_desk() {
    find_places
    [[ -e $STATE/desk.env ]] || fail "there is no desk in $STATE: ./desk up makes one"
}

# Runs a command as the desk's user, in the state directory, with an environment that holds nothing of the caller's.
as_desk() {
    local env=(env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$STATE/work")
    [[ -n ${TERM:-} ]] && env+=(TERM="$TERM")
    local name
    for name in ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS; do
        [[ -n ${!name:-} ]] && env+=("$name=${!name}")
    done
    local as=()
    is_root && as=(setpriv --reuid "$DESK_USER" --regid "$DESK_USER" --init-groups --no-new-privs)
    (cd "$STATE" && exec ${as[@]+"${as[@]}"} "${env[@]}" "$@" 8>&- 9>&-)
}

ensure_user() {
    is_root || return 0
    id "$DESK_USER" >/dev/null 2>&1 && return
    useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$DESK_USER" ||
        fail "the system user $DESK_USER could not be made"
    note user "made the system user $DESK_USER"
}

# Root's desk runs as another user, who must be able to reach the state directory.
check_reachable() {
    is_root || return 0
    local dir=$STATE
    while [[ $dir != / ]]; do
        dir=$(dirname "$dir")
        [[ ! -d $dir || $(stat -c %A "$dir") == *[xt] ]] ||
            fail "the user $DESK_USER can't enter $dir, so $STATE can't be its state: give another --state"
    done
}

# Directories that the desk writes belong to its user; those that it only reads belong to root.
make_places() {
    mkdir -p "$STATE" 2>/dev/null || fail "the directory $STATE can't be made here: give another --state"
    if is_root; then chmod 755 "$STATE"; fi
    private_dir "$RUN"
    local dir
    for dir in log pid work store store/public store/private cloud nginx secrets; do private_dir "$STATE/$dir"; done
    note_down port "$PORT"
    note_down run "$RUN"
    note_down user "$DESK_USER"
}

# Remembers a value for the next verb.
note_down() { # name, value
    [[ $(noted "$1") != "$2" ]] || return 0
    {
        if [[ -e $STATE/desk.env ]]; then grep -v "^$1=" "$STATE/desk.env" || true; fi
        echo "$1=$2"
    } >"$STATE/desk.env.new"
    mv "$STATE/desk.env.new" "$STATE/desk.env"
}

# One verb at a time changes a desk.
hold_desk() {
    exec 9>>"$STATE/lock"
    flock -n 9 && return
    say "another ./desk is at work on $STATE; waiting for it"
    flock 9
}

# A directory that only the desk's user can enter. One that another user made is refused, not taken over.
private_dir() {
    if [[ ! -e $1 && ! -L $1 ]]; then
        mkdir -m 700 "$1"
        is_root && chown "$DESK_USER:$DESK_USER" "$1"
    fi
    [[ -d $1 && ! -L $1 && $(stat -c %U "$1") == "$DESK_USER" ]] ||
        fail "$1 is there already and is not a directory of the user $DESK_USER: remove it, or give another --port"
}
