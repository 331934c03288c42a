#!/usr/bin/env bash
# Root by `sudo -E`: the environment is still another user's, whose home and folders could be a trap.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if ((EUID != 0)) || ! grep -q ' 4294967295$' /proc/self/uid_map; then skip "not root of this machine"; fi
export ECHOLAB_LANG=en ECHOLAB_BUILD=$ECHOLAB_PROGRAMS HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run
unset ECHOLAB_NETWORK
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
echo 'echo trapped' >"$HOME/.bashrc"

# in_shell COMMAND...: that opens an interactive shell, which leaves at once.
in_shell() {
  run bash -c 'echo exit | "$@"' in_shell "$@"
  [[ $status != 3 ]] || skip "no private network: user namespaces are refused"
}
in_shell "$root/tools/shell"
claim "root's own .bashrc is read" has "$stdout" trapped
in_shell "$ECHOLAB_PROGRAMS/bin/lab" shell server
claim "...on a host of the lab, too" has "$stdout" trapped

chmod 755 "$scratch" "$HOME"  # else root of a namespace could not look in
chown -R 65534 "$HOME" "$XDG_RUNTIME_DIR"
rm -rf "${XDG_RUNTIME_DIR:?}"/* "$HOME/.bash_history"
in_shell "$root/tools/shell"
claim "tools/shell runs for root" exits 0
claim "...who is told what they are in there" has "$stderr" "root's rights"
claim "...but nothing from another user's home does" lacks "$stdout" trapped
in_shell "$ECHOLAB_PROGRAMS/bin/lab" shell server
claim "nor on a host of the lab" lacks "$stdout" trapped
claim "nothing of root's lies in that user's home" [ "$(ls -A "$HOME")" = .bashrc ]
claim "...nor in their XDG_RUNTIME_DIR" [ -z "$(ls -A "$XDG_RUNTIME_DIR")" ]
finish
