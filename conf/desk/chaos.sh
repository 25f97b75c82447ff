# `./desk chaos`: many clusters while everything is killed, on a PostgreSQL of its own; docs/reliability.md tells more.
# shellcheck shell=bash

desk_chaos() { # --runs N, --each N, --seed S, --calm, --json
    [[ -z ${DESK_TEST_DATABASE:-} ]] || fail "chaos crashes its database server: unset DESK_TEST_DATABASE, it makes its own"
    ensure_packages build run test
    prepare_tests
    build release desk-chaos demo-install
    start_test_database
    "$DESK_ROOT/build/release/tests/desk-chaos" --crash-server "$@" </dev/null
}
