#!/usr/bin/env bash
# What the programs do on a terminal alone: a hint where they wait for typing, a line of its own behind ^C, sentences that
# keep to its width.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v script >/dev/null || skip "the program script is missing"
bin=${ECHOLAB_PROGRAMS:-$root/build}/bin
export ECHOLAB_LANG=en NO_COLOR=1
mkfifo "$scratch/keyboard"
exec 8<>"$scratch/keyboard"

# on_terminal COLUMNS COMMAND: in the background, typed to by `keys`; what it shows goes to $scratch/screen.
on_terminal() {
  : >"$scratch/screen"
  script -qefc "stty cols $1 -echo; echo ready; $2" /dev/null <&8 >"$scratch/screen" 2>&1 &
  terminal=$!
  shows ready
}
keys() { printf '%b' "$1" >&8; }
# shows TEXT: once the screen has it; fails where the program has ended without it.
shows() {
  until grep -qF -- "$1" "$scratch/screen"; do
    if ! kill -0 "$terminal" 2>/dev/null; then
      grep -qF -- "$1" "$scratch/screen"
      return
    fi
    sleep 0.02
  done
}
ended() {
  status=0
  wait "$terminal" || status=$?
  stdout=$(tr -d '\r' <"$scratch/screen") stderr=
}
# ends: within 30 seconds, or it is killed.
ends() {
  local until=$((SECONDS + 30))
  while kill -0 "$terminal" 2>/dev/null; do
    ((SECONDS < until)) || { kill -KILL "$terminal" && return 1; }
    sleep 0.02
  done
}
widest() { wc -L <<<"$stdout"; }

: >"$scratch/server"
: >"$scratch/tcp"
"$bin/udp_server" --port 0 --log off --states off >"$scratch/server" 2>&1 &
udp=$!
"$bin/tcp_server" --port 0 --log off --states off >"$scratch/tcp" 2>&1 &
tcp=$!
until grep -q ':[0-9]' "$scratch/server" && grep -q ':[0-9]' "$scratch/tcp"; do sleep 0.02; done
udp_port=$(grep -Eo '[0-9]+$' "$scratch/server") tcp_port=$(grep -Eo '[0-9]+$' "$scratch/tcp")
hint='type a line and press Enter; Ctrl-D ends'

for client in "tcp_client --port $tcp_port" "udp_client --port $udp_port"; do
  on_terminal 80 "$bin/$client --states off"
  claim "${client%% *} says what it waits for" shows "$hint"
  keys 'hi\n'
  claim "...sends the line and shows its echo" shows "hi"$'\r'
  keys '\004'
  ended
  claim "...and ends well with Ctrl-D" exits 0
  on_terminal 80 "$bin/$client --states off --log off"
  keys 'hi\n'
  claim "${client%% *} with its log off echoes" shows hi
  keys '\004'
  ended
  claim "...without the hint" lacks "$stdout" "$hint"
  run "$bin/${client%% *}" --port "${client##* }" --states off
  claim "${client%% *} without a terminal does not" lacks "$stderr" "$hint"
done

on_terminal 50 "$bin/udp_client --port $udp_port -m hello --states off"
ended
stdout=$(sed -n '/^messages/,$p' <<<"$stdout")
claim "the summary keeps to a narrow terminal" [ "$(widest)" -le 50 ]
claim "...broken at words" has "${stdout//$'\n'/ }" "messages 1, answered 1, unknown 0, unreachable 0, duplicates 0, late 0, strangers 0"

for server in tcp_server udp_server; do
  on_terminal 50 "stty echo; $bin/$server --port 0 --log off --states off"
  shows listening
  keys '\003'
  ended
  claim "$server's summary stands below ^C, not beside it" grep -Eq '^(\^C)?$' <<<"$stdout"
  claim "...nothing is glued to it" lacks "$stdout" "^C$([[ $server == tcp_server ]] && echo clients || echo datagrams)"
  claim "...and it keeps to the terminal" [ "$(widest)" -le 50 ]
done

run "$root/tools/shell" true
if ((status != 3)); then
  on_terminal 60 "stty echo; $root/tools/shell $bin/capture -i lo"
  shows Ctrl-C
  keys '\003'
  ended
  claim "capture's summary stands below ^C, too" has "$stdout" "^C"$'\n'"0 packets captured"
fi

kill "$udp" "$tcp"
wait
# The lab takes single keys, and leaves the rest of the terminal as it was.
if "$bin/lab" doctor >/dev/null; then
  on_terminal 80 "$bin/lab step lost-synack; stty -a"
  claim "lab step asks about the first packet" shows "[1] SYN from the client: Enter deliver"
  claim "...its lines end as a terminal needs it" grep -q "The wire holds this packet."$'\r' "$scratch/screen"
  keys 'q'
  ended
  claim "...one key ends it" exits 0
  claim "...and gives the terminal back" grep -q '^isig icanon' <<<"$stdout"

  cat >"$scratch/talkative.toml" <<'SCENARIO'
title = "A program that always has something to say"
[[program]]
host = "client"
run = ["bash", "-c", ": 4<>/dev/tcp/{server}/9; while sleep 0.01; do echo $'\\e[2J'; done"]
SCENARIO
  on_terminal 80 "$bin/lab step --scenario $scratch/talkative.toml"
  shows "SYN from the client: Enter deliver"
  keys '\n'
  shows "RST from the server: Enter deliver"
  keys '\n'
  claim "what a program says does not steer the terminal" shows '\x1b[2J'
  keys 'q'
  claim "...nor keeps q from ending it" ends
  ended
  claim "...well" exits 0

  export XDG_RUNTIME_DIR=$scratch
  mkfifo "$scratch/until"
  "$bin/lab" shell server -- cat "$scratch/until" >/dev/null &
  until [[ -s $scratch/echolab-$UID/lab ]]; do kill -0 $!; done
  on_terminal 80 "PS1= bash --norc -i"
  keys "$bin/lab shell client -- bash -c 'echo it \"\"joined; read -r line <$scratch/until' &\n"
  shows "it joined"
  keys "echo the shell has its 'terminal'\n"
  claim "a program that joins the lab from the background leaves the shell its terminal" shows "the shell has its terminal"
  keys "$bin/lab shell client -- bash -c 'read -r line; echo \"\$line came\"'; echo 'and' back\na line\n"
  claim "...one in the foreground has it" shows "a line came"
  claim "...and gives it back" shows "and back"
  keys 'exit\n'
  ended
  echo >"$scratch/until"
  wait
fi
finish
