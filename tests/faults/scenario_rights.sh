#!/usr/bin/env bash
# S9: a scenario is a program. That is said where one looks before one runs it, and told when root does.
# `scenario_rights.sh root|user`.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

export ECHOLAB_LANG=en
unset ECHOLAB_NETWORK
lab=$ECHOLAB_PROGRAMS/bin/lab
is_root=no
if ((EUID == 0)) && grep -q ' 4294967295$' /proc/self/uid_map; then is_root=yes; fi
run "$lab" doctor
[[ $status != 3 ]] || skip "no lab: user namespaces are refused"
cat >"$scratch/hostile.toml" <<TOML
title = "A word, and a file"
[[program]]
host = "client"
run = ["touch", "$scratch/written"]
TOML

if [[ $1 == root ]]; then
  [[ $is_root == yes ]] || skip "not root of this machine"
  for word in "has all of root's rights" "root 권한을 모두 갖습니다"; do
    run "$lab" run --scenario "$scratch/hostile.toml"
    claim "root is told: $word" has "$stderr" "$word"
    claim "...and which file to read" has "$stderr" "$scratch/hostile.toml"
    claim "...for it is so: its file is root's" [ "$(stat -c %u "$scratch/written")" = 0 ]
    export ECHOLAB_LANG=ko
  done
  ECHOLAB_LANG=en run "$lab" run handshake
  claim "of the scenarios that came with the programs nothing is said" [ -z "$stderr" ]
  finish
fi

for command in run step; do
  run "$lab" $command --help
  claim "lab $command --help says whose rights a scenario has" has "$stdout" "A scenario is a program"
  run "$lab" $command --help --lang ko
  claim "...in Korean, too" has "$stdout" "시나리오는 프로그램입니다"
done
run "$root/tools/shell" --help
claim "tools/shell --help says what root is inside" has "$stdout" "all of root's rights"
run "$root/tools/shell" --lang ko --help
claim "...in Korean, too" has "$stdout" "root 권한을"
for page in README.md README.ko.md; do
  claim "$page says it" grep -Eq '\*\*(a scenario is a program|시나리오도)' "$root/$page"
done
if [[ $is_root == no ]] && ((EUID != 0)); then
  run "$lab" run --scenario "$scratch/hostile.toml"
  claim "an ordinary user is not warned of root" [ -z "$stderr" ]
fi
finish
