#!/usr/bin/env bash
# S16: whose link -w follows. `whose_link.sh own`: an ordinary user's own, though they are root inside of the lab.
# `whose_link.sh root`: none of root's, inside of the lab or not.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

export ECHOLAB_LANG=en XDG_RUNTIME_DIR=$scratch
unset ECHOLAB_NETWORK
bin=$ECHOLAB_PROGRAMS/bin
is_root=no
if ((EUID == 0)) && grep -q ' 4294967295$' /proc/self/uid_map; then is_root=yes; fi
run "$bin/lab" doctor
[[ $status != 3 ]] || skip "no lab: user namespaces are refused"

as_user=()
case $1$is_root in
  ownyes)  # becomes somebody; the checkout may be closed to them
    cp -r --parents "$bin"/{lab,compare,capture,tcp_*,udp_*} "$ECHOLAB_PROGRAMS/share" "$scratch"
    bin=$scratch$bin
    chmod 755 "$scratch"
    as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    ;;
  ownno) ((EUID != 0)) || skip "not root of this machine, and no ordinary user either" ;;
  rootno) skip "not root of this machine" ;;
esac
mkdir "$scratch/files" && chmod 777 "$scratch/files" && cd "$scratch/files"

# write COMMAND...: to a link of the user's own.
write() {
  rm -f link target
  "${as_user[@]}" ln -s target link
  run "${as_user[@]}" "$@" -w link
  if [[ -s target ]]; then written=yes; else written=no; fi
}
capturing=(unshare --user --map-root-user --net sh -c 'ip link set lo up && exec "$@"' capturing)
sample=$root/docs/samples/hello-tcp.pcap
install -m 644 "$sample" "$scratch/sample.pcap"

write "$bin/lab" run handshake
lab=$written
[[ $1 == own ]] || claim "a link of root's is refused with the reason" has "$stderr" "a symbolic link is not followed as root"
write "$bin/compare" --messages 1
compare=$written
write "${capturing[@]}" "$bin/capture" -r "$scratch/sample.pcap"
capture=$written
expected=no
[[ $1 == root ]] || expected=yes
claim "lab writes through it: $expected" [ $lab = $expected ]
claim "compare writes through it: $expected" [ $compare = $expected ]
claim "capture, in a private network, writes through it: $expected" [ $capture = $expected ]
finish
