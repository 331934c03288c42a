#!/usr/bin/env bash
# A program with the name of one of ours need not speak as ours do: the lab tells what it says, and goes on.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
programs=${ECHOLAB_PROGRAMS:-$root/build}/bin

cat >"$scratch/udp_client" <<'PROGRAM'
#!/bin/sh
cat <<'LINES'
{"kind":"call","call":"no time"}
{"kind":"call","call":"words","time":"yesterday.early"}
{"kind":"call","call":"fraction","time":"1700000000."}
{"kind":"call","call":"far away","time":"99999999999999999999.000000001"}
{"kind":"call","call":"to come","time":"9999999999999999.000000001"}
{"kind":7,"text":["no","text"],"time":{}}
{"kind":"note","text":"still here"}
plain words
LINES
PROGRAM
chmod +x "$scratch/udp_client"
cat >"$scratch/alike.toml" <<SCENARIO
title = { en = "alike", ko = "닮은꼴" }

[[program]]
host = "client"
run = ["$scratch/udp_client"]
ends = 0
SCENARIO

run "$programs/lab" run --scenario "$scratch/alike.toml" --format json --lang en
((status != 3)) || skip "no namespace for a lab here: $stderr"
claim "the lab outlives it" exits 0
for call in "no time" words fraction "far away" "to come"; do
  claim "a call is told whatever its time: $call" has "$stdout" "\"call\":\"$call\""
done
claim "...as of now where that cannot be" [ "$(grep -c "\"time\":\"$(date +%s | cut -c1-7)" <<<"$stdout")" = 5 ]
claim "what it has to say is told" has "$stdout" '"text":"still here"'
claim "...and what is no log at all" has "$stdout" '"text":"plain words"'
finish
