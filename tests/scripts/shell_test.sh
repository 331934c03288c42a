#!/usr/bin/env bash
# tools/shell: further calls join the first one's network, capturing is allowed in it, and where it cannot be made that
# is said with the mend.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_BUILD=$scratch/build XDG_RUNTIME_DIR=$scratch
mkdir -p "$ECHOLAB_BUILD/bin" && printf '#!/bin/sh\necho built\n' >"$ECHOLAB_BUILD/bin/capture"
chmod +x "$ECHOLAB_BUILD/bin/capture"
shell=$root/tools/shell
unset ECHOLAB_NETWORK

# Where it cannot be made: `unshare` refuses, as in a container.
plain_path=$PATH
fake unshare 'echo "unshare: Operation not permitted" >&2; exit 1'
run "$shell" true
claim "where no network can be made, the exit status is 3" exits 3
claim "...the reason is given" has "$stderr" "no private network can be made: "
claim "...and another way" has "$stderr" "capture -i lo"
ECHOLAB_LANG=ko run "$shell" true
claim "...in Korean too" has "$stderr" "전용 네트워크를 만들 수 없습니다: "
PATH=$plain_path

run "$shell" --help
claim "--help needs no network" exits 0
run "$shell" --no-such-option
claim "an unknown option is a usage error" exits 2
run "$shell" no-such-command
claim "a command that does not exist fails at once" exits 1
claim "...and is named" has "$stderr" "there is no command no-such-command"
ECHOLAB_BUILD=$scratch/none run "$shell" tcp_server
claim "before anything is built it fails, too" exits 1
claim "...and says what builds" has "$stderr" "tools/demo installs what is missing and builds"

run "$shell" true
if ((status == 3)); then
  ((failures == 0)) || finish
  skip "no private network: user namespaces are refused"
fi

run "$shell" sh -c 'exit 7'
claim "the command's exit status is the shell's" exits 7
run "$shell" grep CapEff /proc/self/status
claim "CAP_NET_RAW is effective: capturing is allowed" [ $((0x${stdout##*[!0-9a-f]} >> 13 & 1)) = 1 ]
run "$shell" capture
claim "build/bin is first on the path" has "$stdout" built
run "$shell" printf '%s|' 'two words' '$HOME' ''
claim "arguments arrive as they were given" [ "$stdout" = 'two words|$HOME||' ]

# A first shell that stays until it is told to go, by the end of its input.
mkfifo "$scratch/hold"
"$shell" sh -c "readlink /proc/self/ns/net >$scratch/first; exec cat" <"$scratch/hold" &
exec 8>"$scratch/hold"
until [[ -s $scratch/first ]]; do sleep 0.02; done
first=$(<"$scratch/first")
run "$shell" readlink /proc/self/ns/net
claim "a second call joins the first one's network" [ "$stdout" = "$first" ]
run "$shell" "$shell" readlink /proc/self/ns/net
claim "a call inside the network makes no second one" [ "$stdout" = "$first" ]
claim "the machine's own network is another" [ "$(readlink /proc/self/ns/net)" != "$first" ]

# Two processes of two calls reach each other over 127.0.0.1: bash opens a port that is refused unless it is there.
run "$shell" bash -c 'exec 3<>/dev/tcp/127.0.0.1/9'
claim "nobody listens in it" [ "$status" != 0 ]
run "$shell" bash -c 'exec 3<>/dev/udp/127.0.0.1/9 && echo >&3'
claim "lo is up" exits 0

# A server in one call, a client in another.
if [[ -x ${ECHOLAB_PROGRAMS:-}/bin/tcp_server ]]; then
  : >"$scratch/server"
  ECHOLAB_BUILD=$ECHOLAB_PROGRAMS "$shell" tcp_server --once --log off >"$scratch/server" 2>&1 &
  until grep -q ':9000' "$scratch/server"; do sleep 0.02; done
  ECHOLAB_BUILD=$ECHOLAB_PROGRAMS run "$shell" tcp_client -m hello --states on
  claim "a client in one terminal reaches the server in another" exits 0
  claim "...and sees its states, as capturing is allowed" has "$stderr" "SYN_SENT → ESTABLISHED"
fi

# The number of a network that is gone may be given to the next: so this one is marked.
run "$shell" ip address add 127.0.0.77/32 dev lo
run "$shell" ip address show lo
claim "what one call changes the next one sees" has "$stdout" 127.0.0.77
exec 8>&-
wait
run "$shell" ip address show lo
claim "when its last shell is gone, the network is: the next call makes a new one" lacks "$stdout" 127.0.0.77
claim "...that is ready to use" has "$stdout" 127.0.0.1/8

# What a crash leaves: a process id that now belongs to somebody else.
echo "net:[1]" >"$scratch/echolab-$UID/shells/$$"
run "$shell" true
claim "a stale entry does no harm" exits 0
claim "...and is removed" [ ! -e "$scratch/echolab-$UID/shells/$$" ]
finish
