#!/usr/bin/env bash
# tools/demo, with the programs that are built: both ladders, and a receipt that agrees with them.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_BUILD=${ECHOLAB_PROGRAMS:-$root/build}
run "$root/tools/shell" true
[[ $status != 3 ]] || skip "no private network: user namespaces are refused"

run "$root/tools/demo" --no-build
claim "it ends well" exits 0
claim "...and without a word on stderr" [ -z "$stderr" ]
claim "the wire is the first act, with the three truths" has \
  "${stdout%%== TCP*}" "kernels: client ESTABLISHED, server SYN_RECEIVED, as inferred"

# The states in the order in which the ladder's left or right column first shows each.
column() { sed -nE "1,/^== TCP/d; s/$1/\1/p" <<<"$stdout" | awk '!seen[$1]++' | tr '\n' ' '; }
claim "the client walks through the states of an active close" has \
  "$(column '^ +[0-9.]+ +([A-Z_0-9]+)\?? │.*')" "SYN_SENT ESTABLISHED FIN_WAIT_1 "
claim "the server walks through those of a passive one" has \
  "$(column '^ +[0-9.]+ .*│ ([A-Z_0-9]+)\??$')" "LISTEN SYN_RECEIVED ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"

# The receipt's numbers are the packets': count them in the ladders.
rungs() { sed -n "/^== $1/,/^== /p" <<<"$stdout" | grep -Ec '^ +[0-9.]+ .*│.*│'; }
tcp_packets=$(rungs TCP) udp_packets=$(rungs UDP)
receipt=$(sed -nE 's/^  packets +([0-9]+) +([0-9]+)$/\1 \2/p' <<<"$stdout")
claim "the receipt counts the packets that the ladders show" [ "$receipt" = "$tcp_packets $udp_packets" ]
claim "UDP needed two" [ "$udp_packets" = 2 ]
claim "three packets went before TCP's first data, none before UDP's" grep -Eq "before the first data +3 +0$" <<<"$stdout"
claim "the kernel keeps TIME_WAIT for TCP and nothing for UDP" grep -Eq 'kept by the kernel +1 \(TIME_WAIT\) +0$' <<<"$stdout"

run "$root/tools/demo" --no-build --lang ko
claim "in Korean it ends well too" exits 0
claim "...with Korean on the wire" has "$stdout" '"안녕"'
claim "...and in the words" has "$stdout" "방금 본 것"

COLUMNS=50 run "$root/tools/demo" --no-build
closing=$(sed -n '/^== What you just saw/,$p' <<<"$stdout")
claim "its closing words keep to a narrow terminal" [ "$(wc -L <<<"$closing")" -le 50 ]
claim "...broken at words" has "${closing//$'\n'/ }" "each of them left at least one end in another state"

run "$root/tools/demo" --no-such-option
claim "an unknown option is a usage error" exits 2
ECHOLAB_BUILD=$scratch run "$root/tools/demo" --no-build
claim "without programs it fails" exits 1
claim "...and says so" has "$stderr" "no programs"
claim "...and what builds them" has "$stderr" "tools/demo installs what is missing and builds"

# Where namespaces are refused, an ordinary user without sudo is told what to do.
fake unshare 'exit 1'
fake sudo 'echo "sudo: asked" >&2; exit 9'
if ((EUID != 0)); then
  run "$root/tools/demo" --no-build
  claim "where namespaces are refused, it says so" has "$stderr" "no private network can be made"
  claim "...and goes on with sudo" has "$stderr" "sudo: asked"
else
  export ASAN_OPTIONS=detect_leaks=0  # capture is nobody then, whom LeakSanitizer may not trace
  run "$root/tools/demo" --no-build
  claim "where namespaces are refused, root goes on with plain loopback" has "$stderr" "own loopback"
  claim "...and shows the same" has "$stdout" SYN_RECEIVED
fi

# Nothing is installed or built: cmake says what it was asked for, and the programs are there.
fake dpkg-query 'echo installed'
fake cmake "echo \"\$*\" >>'$scratch/asked'"
run "$root/tools/demo"
claim "it builds what it shows, and ends well" exits 0
claim "...and nothing else" grep -q -- '--target capture lab tcp_server tcp_client udp_server udp_client$' "$scratch/asked"
fake cmake 'echo "no compiler"; exit 1'
run "$root/tools/demo"
claim "a build that fails ends it" exits 1
claim "...and is shown" has "$stderr" "no compiler"
finish
