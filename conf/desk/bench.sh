# `./desk bench`
# shellcheck shell=bash
desk_bench() { fail "not here yet"; }
