# `./desk test [layer...]`: every layer builds what it needs, runs, and is counted; the last line is the sum.
# `shots` runs only when it is named: it tests nothing, it takes pictures of every page and state.
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
    [shots]="shots|shots|release ${PROGRAMS[*]}|"
)
LAYER_SECONDS=2400  # a layer that takes longer hangs

PASSED=0 FAILED=0 SKIPPED=0
TEST_DIR=""  # results, and the throw-away PostgreSQL
BUILDER=""   # process group of the builds that go on behind the tests

desk_test() {
    local layer layers=("$@")
    [[ $# -gt 0 ]] || layers=("${LAYERS[@]}")
    for layer in "${layers[@]}"; do
        [[ -n ${LAYER[$layer]:-} ]] || usage "there is no layer '$layer'; there are: ${LAYERS[*]} shots"
    done

    ensure_packages build run test
    prepare_tests
    ensure_venv
    build_ahead "${layers[@]}"

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
    [[ -z $BUILDER ]] || kill -- "-$BUILDER" 2>/dev/null || true
    stop_test_database
    rm -rf "$TEST_DIR"
}

# Builds the first preset that the layers need, for all of them at once, and starts building the others behind their
# backs with the time that tests spend waiting. A build that fails there fails again, and says why, before its layer.
build_ahead() { # layer...
    local layer targets preset presets=()
    local -A wanted=()
    for layer in "$@"; do
        IFS='|' read -r _ _ targets _ <<<"${LAYER[$layer]}"
        [[ -n $targets ]] || continue
        preset=${targets%% *}
        [[ -n ${wanted[$preset]:-} ]] || presets+=("$preset")
        wanted[$preset]+=" ${targets#* }"
    done
    ((${#presets[@]} > 1)) || return 0

    # shellcheck disable=SC2086  # words: targets
    (build "${presets[0]}" ${wanted[${presets[0]}]}) || return 0
    set -m
    (
        renice -n 19 "$BASHPID" >/dev/null
        for preset in "${presets[@]:1}"; do
            # shellcheck disable=SC2086
            build "$preset" ${wanted[$preset]}
        done
    ) </dev/null >/dev/null 2>&1 &
    BUILDER=$!
    set +m
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

# Layers whose tests wait more than they work: so many processes share them. Each test has its database and its directory.
declare -A SHARDS=([worker]=2)

# One of the processes of a layer: its results in <layer>.json.<n>, what it says in <layer>.log.<n>.
run_shard() { # layer, program, number, how many
    (cd "$DESK_ROOT" && GTEST_TOTAL_SHARDS=$4 GTEST_SHARD_INDEX=$3 DESK_TEST_PYTHON=$DESK_ROOT/.venv/bin/python \
        timeout --kill-after 20 "$LAYER_SECONDS" "$2" --gtest_output="json:$TEST_DIR/$1.json.$3" </dev/null 2>&1) |
        tee "$TEST_DIR/$1.log.$3" | { grep -vE '^(\[( RUN      |       OK |----------)\]|Running main|Note: This is test shard|$)' >&2 || true; }
}

# The results of a layer, or a failure when one of its processes has none.
all_shards() { # layer, how many
    local shard
    for ((shard = 0; shard < $2; ++shard)); do cat "$TEST_DIR/$1.json.$shard" || echo "there is none"; done
}

# Both runners set passed, failed and skipped of test_layer. Exit 0 with no test executed is a failure.
run_gtest() { # layer, folder, preset and targets
    local preset program shards=${SHARDS[$1]:-1} shard log=$TEST_DIR/$1.log exit=0 running=()
    read -r preset program _ <<<"$3"
    for ((shard = 0; shard < shards; ++shard)); do
        run_shard "$1" "build/$preset/tests/$program" "$shard" "$shards" &
        running+=($!)
    done
    for shard in "${running[@]}"; do wait "$shard" || exit=$?; done
    if ! read -r passed failed skipped < <(all_shards "$1" "$shards" | jq -r -s '
        [.[].testsuites[].testsuite[]] |
        [map(select(.result == "COMPLETED" and (has("failures") | not))), map(select(has("failures"))),
         map(select(.result != "COMPLETED" and (has("failures") | not)))] | map(length) | @tsv' 2>/dev/null); then
        say "  $program ended with $exit before it could tell its results; it was at: $(grep -hF '[ RUN ' "$log".* | tail -n 1)"
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

# Pictures of every page and state, and a sheet of them.
run_shots() {
    if (cd "$DESK_ROOT" && PYTHONPATH=tests/support timeout --kill-after 60 "$LAYER_SECONDS" .venv/bin/python \
        tests/shots/contact_sheet.py "$DESK_ROOT/var/shots" </dev/null >&2); then passed=1; else failed=1; fi
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
