#!/usr/bin/env bash
# S1: whom tools/shell goes over to. `shell_member.sh again`: not to a process that only has the id, and a network that
# only has the number, of a shell that is gone. `shell_member.sh stranger`: not to another user, not even where every
# number fits.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_BUILD=$scratch/build XDG_RUNTIME_DIR=$scratch
unset ECHOLAB_NETWORK
shell=$root/tools/shell
members=$scratch/echolab-$UID/shells
as_attacker=()
if [[ $1 == stranger ]]; then
  if ((EUID != 0)) || ! grep -q ' 4294967295$' /proc/self/uid_map; then skip "not root of this machine"; fi
  as_attacker=(setpriv --reuid 65534 --regid 65534 --clear-groups)
fi

# What a shell of ours leaves when it is gone.
run "$shell" true
[[ $status != 3 ]] || skip "no private network: user namespaces are refused"
left=("$members"/*)
claim "a shell leaves word of itself" [ -f "${left[0]}" ]

# The attacker: a process in a network of its own, there until it is ended.
mkfifo "$scratch/hold"
exec 8<>"$scratch/hold"
"${as_attacker[@]}" unshare --user --map-root-user --net sh -c 'echo there; read -r _' <&8 >"$scratch/attacker" &
attacker=$!
until [[ -s $scratch/attacker ]]; do kill -0 $attacker; done
trap 'echo >&8; wait; rm -rf "$scratch"' EXIT
theirs=$(readlink /proc/$attacker/ns/net)

# The numbers have come round: its process id, its network, and for a stranger even the start, which nobody can choose.
mapfile -t fields < <(sed 's/.*) //' /proc/$attacker/stat | tr ' ' '\n')
word=$(sed -E "s/net:\[[0-9]+\]/$theirs/" "${left[0]}")
[[ $1 == again ]] || word=$(sed -E "s/ [0-9]+$/ ${fields[19]}/" <<<"$word")
rm -f "$members"/*
echo "$word" >"$members/$attacker"

run "$shell" sh -c 'readlink /proc/self/ns/net; cat /proc/self/uid_map'
claim "the command runs all the same" exits 0
claim "...in a network that is not the attacker's" lacks "$stdout" "$theirs"
claim "...and the false word is gone" [ ! -e "$members/$attacker" ]
finish
