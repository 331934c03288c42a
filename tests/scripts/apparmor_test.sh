#!/usr/bin/env bash
# AppArmor's profile is one that its parser takes. An older parser than 4 does not know the rule.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[[ $(apparmor_parser --version 2>/dev/null) == *"version "[4-9]* ]] || skip "no parser of AppArmor 4"
run apparmor_parser --skip-kernel-load --skip-cache "$root/share/apparmor/echolab"
claim "the parser takes the profile" exits 0
claim "...without a warning" [ -z "$stderr" ]
finish
