#!/usr/bin/env bash
# tools/bench runs through and fills its tables; whether the figures are good is for a quiet machine to say.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_BUILD=$ECHOLAB_PROGRAMS
run "$root/tools/bench" --no-build --pairs 2 --seconds 0.05 --packets 1000
claim "it runs through" exits 0
claim "the machine is named" has "$stdout" "Machine: $(uname -m)"
for row in "text against bare libpcap" "summary against bare libpcap" "1 connection" "64 connections" "1000 connections" "a connection each" bulk \
  "1 socket" "64 sockets" "tcp_server --log calls" "udp_server --log calls"; do
  claim "it has the row '$row', with two rates and a ratio above 0" \
    grep -Eq "^\| $row \| [^|]+ \| [1-9][0-9]* \| [1-9][0-9]* \| [0-9]*[1-9.][0-9]* \|\$" "$scratch/stdout"
done
if "$ECHOLAB_PROGRAMS/bin/lab" doctor >/dev/null; then
  claim "it tells what the lab's wire adds" grep -Eq '^\| added to a frame \| [0-9]+\.[0-9] µs \|$' "$scratch/stdout"
fi
claim "it tells the memory" grep -Eq '^\| tcp_server \| [1-9][0-9]*\.[0-9] MiB \|$' "$scratch/stdout"

run "$root/tools/bench" --no-such
claim "an unknown argument is a usage error" exits 2
ECHOLAB_BUILD=$scratch run "$root/tools/bench" --no-build
claim "without programs it says so" exits 1
finish
