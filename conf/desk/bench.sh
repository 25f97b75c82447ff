# `./desk bench [--quick]`: what a desk of its own does beside its floors and a Node peer (docs/performance.md).
# shellcheck shell=bash

desk_bench() {
    ensure_packages build run bench
    build release "${PROGRAMS[@]}" desk-claims
    local options=()
    [[ -z ${OPTIONS[--quick]:-} ]] || options=(--quick)
    python3 "$DESK_ROOT/tests/bench/bench.py" ${options[@]+"${options[@]}"}
}
