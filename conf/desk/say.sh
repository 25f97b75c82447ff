# What the script says: progress on stderr, results on stdout, one clear sentence when something can't be.
# shellcheck shell=bash

# Options that were given, by name: OPTIONS[--people]=yes
declare -A OPTIONS=()

say() { printf '%s\n' "$*" >&2; }

# One line for each thing that was done or found: name, then what.
note() { printf '  %-12s %s\n' "$1" "${*:2}" >&2; }

fail() {
    printf 'desk: %s\n' "$*" >&2
    exit 1
}

usage() {
    printf 'desk: %s\n' "$*" >&2
    exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command with its output in a file; when it fails shows the end of that file and says `what` went wrong.
quietly() { # what, log file, command...
    local what=$1 log=$2
    shift 2
    "$@" >>"$log" 2>&1 </dev/null && return
    tail -n 25 "$log" | sed 's/^/    | /' >&2
    fail "$what (all of it: $log)"
}

# The seconds since $1, a value of EPOCHREALTIME, with one decimal.
seconds_since() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
    printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# Waits until a command succeeds, at most so many seconds.
wait_until() { # seconds, command...
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}
