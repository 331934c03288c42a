#!/usr/bin/env bash
# tools/setup calls apt only for what is missing, says so first, and asks for root only then. apt-get, sudo and
# dpkg-query are stand-ins that write down how they were called.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ECHOLAB_LANG=en
calls=$scratch/calls
called() { grep -q -- "$1" "$calls"; }
not_called() { ! called "$1"; }
: >"$calls"
fake apt-get "echo apt-get \$* >>$calls; [ ! -e $scratch/apt-fails ]"
fake apt-cache "[ ! -e $scratch/no-lists ]"
# shellcheck disable=SC2016
fake sudo "echo sudo \$* >>$calls; exec \"\$@\""
fake dpkg-query "case \$* in *libpcap-dev) [ ! -e $scratch/no-pcap ] || exit 1;; esac; echo installed"
for tool in g++ cmake ninja pkg-config ip; do fake $tool :; done

run "$root/tools/setup" --check
claim "with nothing missing, nothing is said" [ -z "$stdout$stderr" ]
claim "...nothing is called" [ ! -s "$calls" ]
claim "...and that is success" exits 0

touch "$scratch/no-pcap"
run "$root/tools/setup"
claim "a missing package is named before it is installed" has "$stderr" libpcap-dev
claim "...and installed" called "apt-get .*install .*libpcap-dev"
claim "...alone" not_called libfmt-dev
claim "...without apt-get update, as the lists are there" not_called update
if ((EUID == 0)); then
  claim "root needs no sudo" not_called sudo
else
  claim "others get it by sudo" called "sudo .*install"
fi
ECHOLAB_LANG=ko run "$root/tools/setup"
claim "it is said in Korean too" has "$stderr" "설치합니다: libpcap-dev"

touch "$scratch/no-lists" && : >"$calls"
run "$root/tools/setup"
claim "without package lists apt-get update comes first" \
  [ "$(grep '^apt-get' "$calls" | grep -o -e ' update' -e ' install' | tr -d '\n')" = " update install" ]

touch "$scratch/apt-fails"
run "$root/tools/setup"
claim "when apt fails, so does setup" exits 1
claim "...and says so" has "$stderr" "could not install"

run "$root/tools/setup" --no-such-option
claim "an unknown option is a usage error" exits 2
run "$root/tools/setup" --lang xx
claim "an unknown language is a usage error" exits 2
finish
