#!/usr/bin/env bash
# S7: somebody else has taken the name /tmp/echolab-UID, and there is no XDG_RUNTIME_DIR. The user is one of a namespace,
# with a number that nobody has.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

unset ECHOLAB_NETWORK XDG_RUNTIME_DIR
export ECHOLAB_LANG=en ECHOLAB_BUILD=$ECHOLAB_PROGRAMS HOME=$scratch/home
mkdir -m 700 "$HOME"
until uid=$((100000 + RANDOM)) && mkdir -m 777 "/tmp/echolab-$uid" 2>/dev/null; do :; done
trap 'rm -rf "$scratch" "/tmp/echolab-$uid"' EXIT
((EUID != 0)) || chown 65534 "/tmp/echolab-$uid" 2>/dev/null || true  # else it is only as little one's own

run unshare --map-user=$uid --map-group=$uid "$root/tools/shell" true
[[ $status != 3 && $stderr != unshare:* ]] || skip "no private network: user namespaces are refused"
claim "tools/shell runs all the same" exits 0
claim "...and keeps what it keeps in ~/.cache, closed to others" [ "$(stat -c %a "$HOME/.cache/echolab")" = 700 ]
run unshare --map-user=$uid --map-group=$uid "$ECHOLAB_PROGRAMS/bin/lab" shell server -- true
claim "lab shell does so, too" exits 0
claim "...in the same place" [ "$(find "$HOME/.cache" -name lab -o -name shells | wc -l)" = 2 ]
claim "nothing lies in the folder that is another's" [ -z "$(ls "/tmp/echolab-$uid")" ]
finish
