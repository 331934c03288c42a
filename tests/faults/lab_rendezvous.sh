#!/usr/bin/env bash
# S1: where root's terminals find their lab. `lab_rendezvous.sh folder`: not in another user's folder, which root could
# write to. `lab_rendezvous.sh stranger`: not in another user's namespaces, to whose process the lab's id has gone.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

lab=$ECHOLAB_PROGRAMS/bin/lab
export ECHOLAB_LANG=en XDG_RUNTIME_DIR=$scratch/attackers HOME=$scratch/home
if ((EUID != 0)) || ! grep -q ' 4294967295$' /proc/self/uid_map; then skip "not root of this machine"; fi
run "$lab" doctor
[[ $status != 3 ]] || skip "no lab: user namespaces are refused"
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
as_attacker=(setpriv --reuid 65534 --regid 65534 --clear-groups)

if [[ $1 == folder ]]; then
  chown 65534 "$XDG_RUNTIME_DIR"
  run "$lab" shell server -- true
  claim "root's lab runs" exits 0
  claim "...and leaves nothing where another user could change it" [ -z "$(ls "$XDG_RUNTIME_DIR")" ]
  claim "...but in root's own home, closed to others" [ "$(stat -c %a "$HOME/.cache/echolab")" = 700 ]
  finish
fi

# The attacker's process, in a user, a PID and a network namespace of its own, the last one open as 5.
mkfifo "$scratch/hold"
exec 8<>"$scratch/hold"
"${as_attacker[@]}" unshare --user --map-root-user --net --pid --fork --kill-child \
  sh -c 'exec 5</proc/self/ns/net; readlink /proc/self/ns/net; cut -d" " -f4 /proc/self/stat; read -r _' \
  <&8 >"$scratch/attacker" &
trap 'echo >&8; wait; rm -rf "$scratch"' EXIT
until (($(wc -l <"$scratch/attacker") == 2)); do kill -0 $!; done
{ read -r theirs && read -r process; } <"$scratch/attacker"

# What root's lab would say of itself, and its lock, were that process the lab.
mkdir -m 700 "$XDG_RUNTIME_DIR/echolab-0"
echo "$process 5 5" >"$XDG_RUNTIME_DIR/echolab-0/lab"
exec 9<"$XDG_RUNTIME_DIR/echolab-0/lab"
flock 9
run "$lab" shell server -- readlink /proc/self/ns/net 9<&-
claim "root does not go over to another user's namespaces" exits 1
claim "...and nothing runs there" lacks "$stdout" "$theirs"
claim "...and that is told" has "$stderr" "a namespace of another user"
finish
