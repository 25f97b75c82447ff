# `./desk demo`
# shellcheck shell=bash
desk_demo() { fail "not here yet"; }
