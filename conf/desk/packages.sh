# Installs what is missing by apt, from the one list in conf/packages.txt.
# shellcheck shell=bash

# The packages of these sections that are not installed, one a line.
missing_packages() { # section...
    local section="" package command _
    while read -r package command _; do
        case $package in
            "" | \#*) ;;
            \[*\]) section=${package:1:-1} ;;
            *)
                [[ " $* " == *" $section "* ]] || continue
                [[ -n $command ]] && has_program "$command" && continue
                is_installed "$package" || echo "$package"
                ;;
        esac
    done <"$DESK_ROOT/conf/packages.txt"
}

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# sbin is not on everybody's path.
has_program() { PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin has "$1"; }

ensure_packages() { # section...
    has dpkg-query || fail "this is no Debian: install what conf/packages.txt lists by hand, then see docs/operating.md"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0

    has apt-get || fail "there is no apt-get here to install: ${missing[*]}"
    local sudo=()
    if ! is_root; then
        has sudo || fail "missing packages; as root, type: apt-get install --no-install-recommends ${missing[*]}"
        sudo=(sudo)
        sudo -v || fail "missing packages, and sudo refuses; as root, type: apt-get install --no-install-recommends ${missing[*]}"
    fi
    ensure_disk /usr 2048 "packages"
    note packages "installing ${#missing[@]}: ${missing[*]}"
    local log began=$EPOCHREALTIME
    log=$(mktemp "${TMPDIR:-/tmp}/clusterdesk-apt.XXXXXX")
    quietly "apt-get update failed: is the network there?" "$log" apt_get update
    keep_services_down
    quietly "apt-get install failed" "$log" apt_get install -y --no-install-recommends "${missing[@]}"
    leave_services_down "${missing[@]}"
    rm -f "$log"
    note packages "installed in $(seconds_since "$began") s"
}

apt_get() {
    ${sudo[@]+"${sudo[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold "$@"
}

# Debian starts nginx on port 80 and a PostgreSQL of its own as soon as they are installed. Nobody asked for those.
keep_services_down() {
    local main=/etc/postgresql-common/createcluster.d/clusterdesk.conf
    if ! is_installed postgresql-common && [[ ! -e $main ]]; then
        ${sudo[@]+"${sudo[@]}"} mkdir -p "${main%/*}"
        echo 'create_main_cluster = false' | ${sudo[@]+"${sudo[@]}"} tee "$main" >/dev/null
    fi
    [[ -e /usr/sbin/policy-rc.d ]] && return
    trap 'allow_services' EXIT
    printf '#!/bin/sh\nexit 101\n' | ${sudo[@]+"${sudo[@]}"} tee /usr/sbin/policy-rc.d >/dev/null
    ${sudo[@]+"${sudo[@]}"} chmod 755 /usr/sbin/policy-rc.d
}

allow_services() {
    trap - EXIT
    ${sudo[@]+"${sudo[@]}"} rm -f /usr/sbin/policy-rc.d
}

leave_services_down() { # packages that were installed
    [[ $(trap -p EXIT) == *allow_services* ]] && allow_services
    [[ -d /run/systemd/system && " $* " == *" nginx-light "* ]] || return 0
    ${sudo[@]+"${sudo[@]}"} systemctl disable --quiet nginx 2>/dev/null || true
}

# At least so many megabytes free where `path` is, or will be.
ensure_disk() { # path, megabytes, what for
    local path=$1 free
    while [[ ! -e $path ]]; do path=$(dirname "$path"); done
    free=$(df --output=avail -m "$path" | tail -n 1 | tr -d ' ')
    ((free >= $2)) || fail "the disk of $path has $free MB left, and $3 need $2 MB: make room"
}
