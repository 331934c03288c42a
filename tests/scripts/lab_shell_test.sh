#!/usr/bin/env bash
# lab shell: two terminals on two hosts, programs of ours and of others, and what passes between them shown.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

lab=$ECHOLAB_PROGRAMS/bin/lab
export ECHOLAB_LANG=en XDG_RUNTIME_DIR=$scratch
run "$lab" doctor
[[ $status != 3 ]] || skip "no lab: user namespaces are refused"

# open_server COMMAND: the lab, with a program on the server.
open_server() {
  rm -rf "$scratch/echolab-$UID"
  "$lab" shell server -- bash -c "$1" >"$scratch/wire" 2>"$scratch/server" &
  until [[ -s $scratch/echolab-$UID/lab ]]; do kill -0 $!; done
}

open_server 'tcp_server --bind 0.0.0.0 --once --states off --log off'
run "$lab" shell client -- bash -c \
  'until tcp_client 10.0.0.2 -m hello --log off --states off 2>/dev/null; do :; done'
wait $! || claim "the first ends well" false
wire=$(<"$scratch/wire")
claim "the second terminal joins, and our pair echoes" [ "$stdout" = hello ]
claim "the handshake is shown" has "$wire" "SYN_RECEIVED"
claim "...beside what the kernels say" has "$wire" "kernels: client ESTABLISHED, server ESTABLISHED, as inferred"
claim "...and nothing is unexplained" [ "$(grep -c "should not be" <<<"$wire")" = 0 ]

mkfifo "$scratch/until"
open_server "cat $scratch/until"
run "$lab" shell client -- bash -c 'exit 7'
claim "what the command ends with is handed through" exits 7
echo >"$scratch/until"
wait

run "$lab" shell server -- /no/such/program
claim "a program that is not there is named" has "$stderr" "/no/such/program: No such file"
chmod 755 "$scratch/echolab-$UID"
ECHOLAB_LANG=ko run "$lab" shell server -- true
claim "a folder that others can enter is not used" exits 1
claim "...which is told in Korean, too" has "$stderr" "본인만 들어갈 수 있는 폴더가 아닙니다: $scratch/echolab-$UID"
chmod 700 "$scratch/echolab-$UID"

run "$lab" shell nowhere
claim "there are two hosts" exits 2
run "$lab" shell server -- bash -c 'kill -9 $$'
claim "a program that is killed is told as shells tell it" exits 137
finish
