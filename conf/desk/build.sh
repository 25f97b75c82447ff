# Builds with CMake, showing how far it is, and lays out what a desk runs.
# shellcheck shell=bash

# Builds targets of a preset. Everything that the tools print is in build/<preset>/desk.log.
build() { # preset, target...
    local preset=$1 dir=$DESK_ROOT/build/$1 began=$EPOCHREALTIME log
    shift
    log=$dir/desk.log
    ensure_disk "$dir" 2048 "builds"
    builder mkdir -p "$dir"
    builder touch "$log" "$dir/desk.lock"
    exec 8>>"$dir/desk.lock"
    flock 8
    : >"$log"
    local launcher=()
    has ccache && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    (cd "$DESK_ROOT" && quietly "cmake could not set up build/$preset" "$log" \
        builder cmake --preset "$preset" ${launcher[@]+"${launcher[@]}"})
    if ! builder env NINJA_STATUS='[%f/%t] ' ninja -C "$dir" "$@" 2>&1 | tee -a "$log" | show_progress "$preset"; then
        grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating)' "$log" | tail -n 40 | sed 's/^/    | /' >&2
        fail "the $preset build failed (all of it: $log)"
    fi
    exec 8>&-
    note build "$preset is built ($(seconds_since "$began") s)"
}

# As the owner of the checkout: root's `up` must not leave files there that its owner can't rebuild.
builder() {
    local owner
    owner=$(stat -c %U "$DESK_ROOT")
    if is_root && [[ $owner != root && $owner != UNKNOWN ]]; then
        setpriv --reuid "$owner" --regid "$(id -g "$owner")" --init-groups env HOME="$(getent passwd "$owner" | cut -d: -f6)" "$@"
    else
        "$@"
    fi </dev/null
}

# Turns ninja's "[n/m] ..." into one moving line on a terminal, into a line for each tenth elsewhere.
show_progress() { # preset
    local line shown=-1 percent
    while IFS= read -r line; do
        [[ $line =~ ^\[([1-9][0-9]*)/([0-9]+)\] ]] || continue
        percent=$((100 * BASH_REMATCH[1] / BASH_REMATCH[2]))
        if [[ -t 2 ]]; then
            printf '\r  %-12s %s: %3d %% of %d\033[K' build "$1" "$percent" "${BASH_REMATCH[2]}" >&2
        elif ((percent / 10 > shown)); then
            shown=$((percent / 10))
            note build "$1: $percent % of ${BASH_REMATCH[2]}"
        fi
    done
    if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

PROGRAMS=(clusterdesk clusterdesk-worker demo-install)

# Lays out in a directory what a desk runs: programs, templates, what browsers get, migrations, profiles, nginx's
# includes. The same files serve a private desk and a real installation.
lay_out() { # preset, directory
    local from=$DESK_ROOT/build/$1 to=$2 program
    mkdir -p "$to/bin"
    for program in "${PROGRAMS[@]}"; do install -m 755 "$from/$program" "$to/bin/$program"; done
    install -m 755 "$DESK_ROOT/conf/cron/every-minute" "$to/bin/every-minute"
    cp -r "$DESK_ROOT"/{templates,migrations} "$from/static" "$to/"
    cp -r "$DESK_ROOT"/conf/{profiles,nginx,terraform} "$to/"
    chmod -R u=rwX,go=rX "$to"
}

desk_install() {
    [[ $# -eq 1 ]] || usage "install takes one directory"
    ensure_packages build
    build release "${PROGRAMS[@]}"
    [[ ! -e $1 ]] || [[ -d $1 && -x $1/bin/clusterdesk ]] || [[ -z $(ls -A "$1") ]] ||
        fail "$1 is there already and is no installation of Clusterdesk"
    local to
    to=$(realpath -m -- "$1")
    rm -rf "$to.new"
    mkdir -p "${to%/*}"
    lay_out release "$to.new"
    rm -rf "$to.old"
    [[ ! -e $to ]] || mv "$to" "$to.old"
    mv "$to.new" "$to"
    rm -rf "$to.old"
    note install "$to"
}
