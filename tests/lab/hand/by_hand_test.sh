#!/usr/bin/env bash
# The student's keys on a pipe: what the hand sends is held like any packet, and the server's kernel answers it.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
programs=${ECHOLAB_PROGRAMS:-$root/build}/bin

# step KEY... : a line each, an empty one being Enter.
step() {
  printf '%s\n' "$@" >"$scratch/keys"
  run bash -c '"$0" step by-hand --lang en --color never <"$1"' "$programs/lab" "$scratch/keys"
}
# in_order TEXT... : stdout has these, each after the one before, wherever its lines break.
in_order() {
  local rest text
  rest=$(tr -s ' \n' ' ' <<<"$stdout")
  for text; do
    [[ $rest == *"$text"* ]] || { echo "not there, or not in this order: $text" && return 1; }
    rest=${rest#*"$text"}
  done
}

step S '' '' A '' s
((status != 3)) || skip "no namespace for a lab here: $stderr"
claim "SYN, deliver, deliver, ACK, deliver is a handshake" exits 0
claim "...whose every packet was held" in_order "by_hand says: > S 0:0(0)" "The wire holds this packet" \
  "SYN from the client" "SYN,ACK from the server" "by_hand says: < S. 0:0(0) ack 1" "by_hand says: > . 1:1(0) ack 1" \
  "ACK from the client" "server ESTABLISHED, as inferred" "accept(3)" "ESTABLISHED 10.0.0.2:9000 > 10.0.0.3:40000"
claim "no kernel holds the hand's end" in_order "client none (no kernel holds this end), server SYN_RECEIVED, as inferred"

step S '' '' W '' '' s
claim "a wrong number is answered with RST" in_order "> . 1:1(0) ack 1001" "< R 1001:1001(0)"
claim "...and the server stays in SYN_RECEIVED" in_order "< R 1001:1001(0)" "SYN_RECEIVED 10.0.0.2:9000 > 10.0.0.3:40000"

step S '' '' '' ''
claim "to silence the server answers with its SYN,ACK again" in_order "< S. 0:0(0) ack 1" "again, SYN,ACK" "< S. 0:0(0) ack 1"

step S '' '' R '' s
claim "after RST the request is gone, the listener is not" in_order "> R 1:1(0)" "server LISTEN, as inferred" \
  "server's kernel:" "LISTEN 10.0.0.2:9000"

run "$programs/lab" step by-hand --lang en
claim "without any key the lab ends" exits 0

run "$programs/by_hand" 10.0.0.2 9000 SYN HELLO --lang en
claim "an order that is none is a matter of usage, before anything is sent" exits 2
claim "...and named" has "$stderr" "'HELLO' is not an order"
finish
