# `./desk test`
# shellcheck shell=bash
desk_test() { fail "not here yet"; }
