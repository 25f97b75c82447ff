# `./desk up`: from a bare Debian to a desk that answers. Every step looks first, so that it can be run again.
# shellcheck shell=bash

desk_up() {
    find_places
    if [[ -e $STATE/desk.env ]] && all_running; then
        desk_status >&2
        say "Everything runs already. New code is taken by: ./desk down, ./desk up"
    else
        bring_up
    fi
    [[ -n $(noted admin) ]] || make_admin
    [[ -z ${OPTIONS[--people]:-} ]] || make_people
    tell_address
}

bring_up() {
    is_running nginx || check_port
    check_reachable

    local preset=${OPTIONS[--preset]:-$(noted preset)}
    preset=${preset:-release}
    ensure_packages build run
    build "$preset" "${PROGRAMS[@]}"
    ensure_disk "$(dirname "$STATE")" 512 "the desk's state"
    ensure_user
    make_places
    hold_desk
    note_down preset "$preset"
    [[ -n $(noted database) ]] || note_down database "$([[ -n ${CLUSTERDESK_DATABASE_URL:-} ]] && echo outside || echo private)"

    refresh_app "$preset"
    uses_outside_database || make_postgres
    make_settings
    start_missing
}

check_port() {
    # shellcheck disable=SC2188  # opening it is the question
    if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
        fail "port $PORT is taken by another program: give another one with --port"
    fi
}

# The desk runs copies, so that a checkout in a closed home works and a later build does not change what runs.
refresh_app() { # preset
    rm -rf "$STATE/app.new"
    lay_out "$1" "$STATE/app.new"
    if [[ -d $STATE/app ]] && diff -rq "$STATE/app" "$STATE/app.new" >/dev/null; then
        rm -rf "$STATE/app.new"
        return
    fi
    if [[ -d $STATE/app && -n $(program_pids) ]]; then
        rm -rf "$STATE/app.new"
        note programs "newer ones are built, but the old ones run: ./desk down, then ./desk up takes them"
        return
    fi
    rm -rf "$STATE/app"
    mv "$STATE/app.new" "$STATE/app"
    note programs "installed in $STATE/app"
}

start_missing() {
    local part
    for part in $(desk_parts); do
        if is_running "$part"; then
            note "$part" "runs"
            continue
        fi
        # The database is made ready between its own start and the first program that uses it.
        [[ $part == web ]] && prepare_database
        local began=$EPOCHREALTIME
        "start_$part"
        note "$part" "started ($(seconds_since "$began") s)"
    done
}

prepare_database() {
    uses_outside_database || make_roles
    quietly "the database could not be migrated" "$STATE/up.log" run_worker migrate
}

# The worker program on this desk. Its settings come by name, never its secrets.
run_worker() {
    as_desk env CLUSTERDESK_CONFIG="$STATE/clusterdesk.yaml" "$STATE/app/bin/clusterdesk-worker" "$@"
}

# The first administrator, made last, when nothing can keep the password from being shown. The worker makes the
# password; it is printed here and nowhere else. A database that was there before may have its administrator already.
make_admin() {
    if ! ADMIN_PASSWORD=$(run_worker user add admin --role platform_admin --random-password 2>>"$STATE/up.log"); then
        quietly "the first administrator could not be made" "$STATE/up.log" run_worker user role admin --role platform_admin
    fi
    note_down admin admin
}

ADMIN_PASSWORD=""

make_people() {
    say "  people: one for each role, in team demo"
    run_worker demo-people
}

tell_address() {
    echo "address: http://127.0.0.1:$PORT"
    if [[ -n $ADMIN_PASSWORD ]]; then
        echo "sign-in: admin $ADMIN_PASSWORD (shown this once)"
    else
        echo "sign-in: admin, with the password that the first start showed"
    fi
}
