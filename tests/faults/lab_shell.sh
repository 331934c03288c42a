#!/usr/bin/env bash
# H38: in the lab's shells the echo programs find each other, as the README has them; `client` and `server` are names.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

lab=$ECHOLAB_PROGRAMS/bin/lab
export ECHOLAB_LANG=en XDG_RUNTIME_DIR=$scratch
run "$lab" doctor
[[ $status != 3 ]] || skip "no lab: user namespaces are refused"

# The first shell is the lab; it ends with the last of these servers.
"$lab" shell server -- sh -c 'tcp_server --once; udp_server --once; tcp_server --bind server --once; tcp_server --once' \
  >"$scratch/lab" 2>&1 &
trap 'kill $! 2>/dev/null; wait; rm -rf "$scratch"' EXIT
# listening NUMBER PROGRAM: the server that is the NUMBER-th has come up.
listening() { until (($(grep -c "_server: listening on 10.0.0.2:9000" "$scratch/lab") == $1)); do kill -0 $!; done; }
client() { run "$lab" shell client -- "$@" --log off --states off; }

listening 1
client tcp_client 127.0.0.1 -m hi
claim "127.0.0.1 is the host alone" exits 1
claim "...which is told, with the command that works there" has "$stderr" "tcp_client server"
client udp_client 127.0.0.1 -m hi
claim "...of UDP, too" has "$stderr" "udp_client server"
run "$lab" shell client -- sh -c 'cd / && pwd; getent hosts client; tail -n +3 /etc/hosts' 
claim "what the machine's /etc/hosts has is still there" has "$stdout" "$(</etc/hosts)"
claim "client is a name" has "$stdout" "10.0.0.1"
(cd "$scratch" && "$lab" shell client -- pwd) >"$scratch/folder"
claim "who joins stays in the folder" has "$(<"$scratch/folder")" "$scratch"

client tcp_client -m hi
claim "tcp_client finds tcp_server" exits 0
claim "...and its echo comes back" has "$stdout" "hi"
listening 2
client udp_client -m hi
claim "udp_client finds udp_server" has "$stdout" "hi"
listening 3
client tcp_client -m hi
claim "server is a name to bind to" has "$stdout" "hi"
listening 4
client tcp_client server -m hi
claim "...and to connect to" has "$stdout" "hi"
wait
trap 'rm -rf "$scratch"' EXIT

for host in client server; do
  run "$lab" shell $host </dev/null
  claim "the banner on the $host has the commands" has "$stderr" "tcp_client -m hello"
done
run cat /etc/hosts
claim "the machine's own file is as it was" lacks "$stdout" "10.0.0.2 server"
finish
