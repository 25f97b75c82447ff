# `./desk test [layer...]`: every layer builds what it needs, runs, and is counted; the last line is the sum.
# shellcheck shell=bash

# layer -> kind | folder | preset and targets to build first | whether it needs the tests' PostgreSQL
LAYERS=(rules unit contract cloud store cases worker demo tsan chaos e2e)
declare -A LAYER=(
    [rules]="pytest|rules||"
    [unit]="gtest|unit|asan unit_tests|"
    [contract]="pytest|contract|asan clusterdesk-worker|"
    [cloud]="gtest|cloud|asan cloud_tests|"
    [store]="gtest|store|asan store_tests|database"
    [cases]="gtest|cases|asan case_tests|database"
    [worker]="gtest|worker|asan worker_tests ${PROGRAMS[*]}|database"
    [demo]="pytest|demo|asan demo-install|"
    [chaos]="chaos|chaos|release desk-chaos demo-install|database"
    [tsan]="pytest|tsan|tsan ${PROGRAMS[*]}|"
    [e2e]="pytest|e2e|release ${PROGRAMS[*]}|"
)
LAYER_SECONDS=2400  # a layer that takes longer hangs

PASSED=0 FAILED=0 SKIPPED=0
TEST_DIR=""  # results, and the throw-away PostgreSQL

desk_test() {
    local layer layers=("$@")
    [[ $# -gt 0 ]] || layers=("${LAYERS[@]}")
    for layer in "${layers[@]}"; do
        [[ -n ${LAYER[$layer]:-} ]] || usage "there is no layer '$layer'; there are: ${LAYERS[*]}"
    done

    ensure_packages build run test
    prepare_tests
    ensure_venv

    for layer in "${layers[@]}"; do test_layer "$layer"; done
    echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
    ((FAILED == 0))
}

# A directory for results and the tests' database, gone when they end.
prepare_tests() {
    DESK_USER=$(id -un)
    if is_root; then DESK_USER=clusterdesk; fi
    ensure_user
    TEST_DIR=$(mktemp -d /tmp/clusterdesk-test.XXXXXX)
    chmod 755 "$TEST_DIR"
    trap end_tests EXIT
    trap 'exit 130' INT TERM
}

end_tests() {
    stop_test_database
    rm -rf "$TEST_DIR"
}

test_layer() { # layer
    local layer=$1 kind folder targets database began=$EPOCHREALTIME passed=0 failed=0 skipped=0
    IFS='|' read -r kind folder targets database <<<"${LAYER[$layer]}"
    say "== $layer"
    if [[ ! -d $DESK_ROOT/tests/$folder ]]; then
        say "  tests/$folder is not there"
        skipped=1
    else
        # shellcheck disable=SC2086  # words: preset, targets
        if [[ -n $targets ]] && ! (build $targets); then
            failed=1
        else
            [[ -z $database ]] || start_test_database
            "run_$kind" "$layer" "$folder" "$targets"
        fi
    fi
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
    say "== $layer: $passed passed, $failed failed, $skipped skipped ($(seconds_since "$began") s)"
}

# Both runners set passed, failed and skipped of test_layer. Exit 0 with no test executed is a failure.
run_gtest() { # layer, folder, preset and targets
    local preset program result=$TEST_DIR/$1.json log=$TEST_DIR/$1.log exit=0
    read -r preset program _ <<<"$3"
    (cd "$DESK_ROOT" && DESK_TEST_PYTHON=$DESK_ROOT/.venv/bin/python timeout --kill-after 20 "$LAYER_SECONDS" \
        "build/$preset/tests/$program" --gtest_output="json:$result" </dev/null 2>&1) |
        tee "$log" | { grep -vE '^(\[( RUN      |       OK |----------)\]|Running main|$)' >&2 || true; } || exit=$?
    if ! read -r passed failed skipped < <(jq -r '
        [.testsuites[].testsuite[]] |
        [map(select(.result == "COMPLETED" and (has("failures") | not))), map(select(has("failures"))),
         map(select(.result != "COMPLETED" and (has("failures") | not)))] | map(length) | @tsv' "$result" 2>/dev/null); then
        say "  $program ended with $exit before it could tell its results; it was at: $(grep -F '[ RUN ' "$log" | tail -n 1)"
        passed=0 failed=1 skipped=0
    elif ((exit != 0 && failed == 0)); then
        say "  $program ended with $exit though no test failed"
        failed=1
    elif ((passed + failed == 0)); then
        say "  $program ran no test"
        failed=1
    fi
}

run_pytest() { # layer, folder, preset and targets
    local result=$TEST_DIR/$1.xml exit=0
    (cd "$DESK_ROOT" && DEMO_INSTALL=$DESK_ROOT/build/${3%% *}/demo-install timeout --kill-after 60 "$LAYER_SECONDS" \
        .venv/bin/python -m pytest -c tests/pytest.ini --rootdir tests "tests/$2" --junit-xml="$result" </dev/null >&2) || exit=$?
    if ! read -r passed failed skipped < <(venv_python - "$result" 2>/dev/null <<'PYTHON'
import sys
import xml.etree.ElementTree

total = failed = skipped = 0
for suite in xml.etree.ElementTree.parse(sys.argv[1]).iter("testsuite"):
    total += int(suite.get("tests"))
    failed += int(suite.get("failures")) + int(suite.get("errors"))
    skipped += int(suite.get("skipped"))
print(total - failed - skipped, failed, skipped)
PYTHON
    ); then
        say "  pytest ended with $exit before it could tell its results"
        passed=0 failed=1 skipped=0
    elif ((exit != 0 && failed == 0)); then
        say "  pytest ended with $exit though no test failed"
        failed=1
    fi
}

venv_python() { "$DESK_ROOT/.venv/bin/python" "$@"; }

# A short storm whose clusters and deaths are the same each time; the long one is `./desk chaos`.
run_chaos() { # layer, folder, preset and targets
    if timeout --kill-after 60 "$LAYER_SECONDS" "$DESK_ROOT/build/release/tests/desk-chaos" --runs 100 --seed 7 --calm \
        </dev/null >&2; then passed=1; else failed=1; fi
}

# The Python packages of tests/requirements.txt, in .venv; made anew when that file changes.
ensure_venv() {
    local venv=$DESK_ROOT/.venv list=$DESK_ROOT/tests/requirements.txt log=$TEST_DIR/venv.log began=$EPOCHREALTIME
    cmp -s "$list" "$venv/requirements.txt" && return
    note python "installing tests/requirements.txt"
    builder rm -rf "$venv"
    quietly "Python's venv could not be made" "$log" builder /usr/bin/python3 -m venv "$venv"
    quietly "pip could not install tests/requirements.txt" "$log" builder "$venv/bin/pip" install --require-hashes \
        --only-binary :all: --no-input --disable-pip-version-check -r "$list"
    builder cp "$list" "$venv/requirements.txt"
    note python "installed in $(seconds_since "$began") s"
}

# A server for the tests alone: no durability, gone when they end. DESK_TEST_DATABASE set from outside is used instead.
start_test_database() {
    [[ -z ${DESK_TEST_DATABASE:-} ]] || return 0
    STATE=$TEST_DIR RUN=$TEST_DIR/pg
    find_postgres
    private_dir "$TEST_DIR/pg"
    private_dir "$TEST_DIR/work"
    quietly "PostgreSQL could not make the tests' database" "$TEST_DIR/pg.log" as_desk "$PG_BIN/initdb" -D "$RUN/data" \
        --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
    quietly "the tests' PostgreSQL did not start" "$TEST_DIR/pg.log" as_desk "$PG_BIN/pg_ctl" start --wait --silent \
        -D "$RUN/data" -l "$RUN/log" -o "-c listen_addresses='' -c unix_socket_directories='$RUN' -c max_connections=200 \
        -c fsync=off -c full_page_writes=off"
    export DESK_TEST_DATABASE="host=$RUN user=postgres dbname=postgres"
}

stop_test_database() {
    [[ -e $TEST_DIR/pg/data/postmaster.pid ]] || return 0
    as_desk "$PG_BIN/pg_ctl" stop --silent -m immediate -D "$RUN/data" >/dev/null 2>&1 || true
}
