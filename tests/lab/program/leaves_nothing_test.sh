#!/usr/bin/env bash
# The lab leaves nothing behind: no process, no interface, no route, however it ends.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
lab=${ECHOLAB_PROGRAMS:-$root/build}/bin/lab

# Whatever the lab starts inherits this, wherever it goes.
export ECHOLAB_LEFT_BY=$scratch
survivors() {
  local environment
  for environment in /proc/[0-9]*/environ; do
    [[ $environment != "/proc/$$/environ" && $environment != "/proc/$BASHPID/environ" ]] || continue
    if grep -qzsFx "ECHOLAB_LEFT_BY=$scratch" "$environment"; then echo "${environment//[^0-9]/}"; fi
  done
}
nobody_is_left() {
  local _
  for _ in {1..500}; do  # what a signal ends takes its moment
    [[ -n $(survivors) ]] || return 0
    sleep 0.02
  done
  return 1
}
network() {
  ls /sys/class/net
  cat /proc/net/route /proc/net/ipv6_route 2>/dev/null | awk '{ NF = 10 } 1' | sort
  grep -Hs . /proc/sys/net/ipv4/*forward* /proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv6/conf/*/disable_ipv6 || true
}

before=$(network)
run "$lab" run handshake
((status != 3)) || skip "no namespace for a lab here: $stderr"
claim "a run ends well" exits 0
claim "...and leaves no process" nobody_is_left
claim "...and the machine's network as it was" [ "$before" == "$(network)" ]

"$lab" run handshake --delay 300 --format json >"$scratch/story" 2>&1 &
killed=$!
for _ in {1..1000}; do
  ! grep -q '"kind":"wire"' "$scratch/story" || break
  sleep 0.02
done
claim "a lab in full swing has programs on its hosts" [ "$(survivors | wc -l)" -gt 2 ]
kill -KILL $killed
wait $killed 2>/dev/null || true
claim "killed, it leaves no process" nobody_is_left
claim "...and the machine's network as it was" [ "$before" == "$(network)" ]
finish
