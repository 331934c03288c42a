#!/usr/bin/env bash
# S8: what tools/demo writes while it runs is closed to other users, also where it captures as root, who then is somebody
# else. Looked at while both programs of a pair and the sniffer run.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_BUILD=$scratch/build ECHOLAB_SEEN=$scratch/seen
run "$root/tools/shell" true
[[ $status != 3 ]] || skip "no private network: user namespaces are refused"
if [[ $1 == root ]]; then
  if ((EUID != 0)) || ! grep -q ' 4294967295$' /proc/self/uid_map; then skip "not root of this machine"; fi
  fake unshare 'case "$*" in *-U* | *--user*) exit 1 ;; esac; exec /usr/bin/unshare "$@"'
fi

# The programs; a client looks around before it talks.
mkdir -p "$ECHOLAB_BUILD/bin"
ln -s "$ECHOLAB_PROGRAMS"/bin/{lab,capture,tcp_server,udp_server,udp_client} "$ECHOLAB_BUILD/bin"
printf '#!/bin/sh\nstat -c "%%a %%n" "$PWD" "$PWD"/* >"$ECHOLAB_SEEN"\nexec %q "$@"\n' "$ECHOLAB_PROGRAMS/bin/tcp_client" \
  >"$ECHOLAB_BUILD/bin/tcp_client"
chmod +x "$ECHOLAB_BUILD/bin/tcp_client"

(umask 022 && run "$root/tools/demo" --no-build && echo "$status" >"$scratch/status")
stdout=$(<"$scratch/stdout") stderr=$(<"$scratch/stderr") status=$(<"$scratch/status")
seen=$(<"$ECHOLAB_SEEN")
claim "it ends well" exits 0
claim "...and has seen the packets" has "$stdout" "SYN_RECEIVED"
claim "others cannot enter the folder" grep -Eq '^700 ' <<<"$(head -n 1 <<<"$seen")"
claim "...in which the captures lie" has "$seen" "/tcp.pcap"
no_file_is_open() { ! grep -Eq '^[0-7]*[2367] ' <<<"$seen"; }
claim "...nor write to anything there" no_file_is_open
finish
