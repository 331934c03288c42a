#!/usr/bin/env bash
# A host that sends without a pause: meanwhile the lab delivers, and tells what it does.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
lab=${ECHOLAB_PROGRAMS:-$root/build}/bin/lab
run "$lab" doctor
((status != 3)) || skip "no namespace for a lab here"

mkfifo "$scratch/begin"
cat >"$scratch/flood.toml" <<SCENARIO
title = { en = "flood", ko = "홍수" }
rules = ["drop server ICMP", "delay client SYN 200ms"]

[[program]]
host = "client"
run = ["bash", "-c", """
exec 3>/dev/udp/{server}/9
(: 4<>/dev/tcp/{server}/9) &
read -r _ <$scratch/begin
for _ in 1 2 3; do dd if=/dev/zero bs=64 >&3 & done
wait"""]
SCENARIO

# tells PATTERN: a line of the story, while the flood goes on.
tells() {
  until grep -qE -- "$1" "$scratch/story"; do
    ((SECONDS < 30)) && kill -0 $! || return 1
    sleep 0.02
  done
}

: >"$scratch/story"
"$lab" run --scenario "$scratch/flood.toml" --format json >"$scratch/story" 2>"$scratch/why" &
claim "a SYN waits on the wire" tells '"delayed".*"flags":"S"'
echo >"$scratch/begin"
claim "what a flood sends is shown while it goes on" tells '"delivered".*"proto":"udp"'
claim "...and the SYN is delivered amid it" tells '"delivered".*"flags":"S"'
kill -KILL $!  # however busy it is
wait $! || true
finish
