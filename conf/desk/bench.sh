# `./desk bench`: pages per second of a desk of its own with 10,000 clusters. Compare figures of one run, not of machines.
# shellcheck shell=bash

BENCH_SECONDS=5
BENCH_CONNECTIONS=(16 256)
BENCH_DIR=""

desk_bench() {
    ensure_packages build run bench
    BENCH_DIR=$(mktemp -d /var/tmp/clusterdesk-bench.XXXXXX)
    chmod 755 "$BENCH_DIR"
    GIVEN_STATE=${GIVEN_STATE:-$BENCH_DIR/desk}
    GIVEN_PORT=${GIVEN_PORT:-$(free_port)}
    find_places
    [[ ! -e $STATE/desk.env ]] || fail "bench makes a desk of its own, and there is one in $STATE already"
    trap end_bench EXIT
    desk_up >/dev/null
    stop_part worker TERM 15
    quietly "the clusters could not be made" "$STATE/up.log" seed_clusters

    local cookie="" connections
    sign_in_admin
    for connections in "${BENCH_CONNECTIONS[@]}"; do
        echo "$connections connections, $BENCH_SECONDS s each:"
        printf '  %-34s %10s %10s %10s %8s\n' "" "req/s" "p50 ms" "p99 ms" "errors"
        measure "static file (nginx alone)" /static/app.css
        measure "healthz (FastCGI floor)" /healthz
        measure "sign-in page" /sign-in
        measure "cluster list, 50 of 10,000" /clusters
        measure "one cluster" "/clusters/clu_$(printf '%026d' 10)"
    done
}

seed_clusters() { desk_psql -q -v ON_ERROR_STOP=1 -f - <"$DESK_ROOT/tests/bench/clusters.sql"; }

end_bench() {
    OPTIONS[--purge]=yes
    desk_down >/dev/null 2>&1 || true
    rm -rf "$BENCH_DIR"
}

free_port() {
    local port
    for port in $(shuf -i 20000-29999 -n 100); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
    done
    fail "no free port was found"
}

# Sets `cookie` of desk_bench.
sign_in_admin() {
    local jar=$BENCH_DIR/cookies page csrf status
    touch "$jar" && chmod 600 "$jar"
    page=$(curl --silent --noproxy '*' --cookie-jar "$jar" "http://127.0.0.1:$PORT/sign-in")
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
    status=$(curl --silent --noproxy '*' --cookie "$jar" --cookie-jar "$jar" --output /dev/null --write-out '%{http_code}' \
        --data @<(printf 'csrf=%s&next=&username=admin&password=%s' "$csrf" "$ADMIN_PASSWORD") "http://127.0.0.1:$PORT/sign-in")
    [[ $status == 303 ]] || fail "the administrator could not sign in ($status)"
    cookie=$(awk '!/^# / && NF >= 7 {printf "%s%s=%s", sep, $6, $7; sep = "; "}' "$jar")
}

measure() { # name, path
    local rate median worst errors
    read -r _ rate median worst errors < <(BENCH_COOKIE=$cookie wrk -t 2 -c "$connections" -d "${BENCH_SECONDS}s" \
        -s "$DESK_ROOT/tests/bench/wrk.lua" "http://127.0.0.1:$PORT$2" | grep '^RESULT')
    printf '  %-34s %10s %10s %10s %8s\n' "$1" "$rate" "$median" "$worst" "$errors"
}
