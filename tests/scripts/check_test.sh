#!/usr/bin/env bash
# tools/check's judgement over skipped tests: those that this machine could run are failures.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export ECHOLAB_LANG=en ECHOLAB_CORPUS=$scratch/no-such-folder
# junit STATUS OUTPUT: CTest's file for one test.
junit() {
  cat >"$scratch/junit.xml" <<XML
<testsuite>
	<testcase name="Claim.Holds" classname="Claim.Holds" time="0.1" status="$1">
		<system-out>$2
</system-out>
	</testcase>
	<testcase name="Other.Ran" classname="Other.Ran" time="0.1" status="run">
		<system-out>skipped: this one ran all the same
</system-out>
	</testcase>
</testsuite>
XML
  run "$root/tools/check" --judge "$scratch/junit.xml"
}

junit run "all well"
claim "tests that ran are no matter" exits 0
claim "...and not spoken of" [ -z "$stderr" ]
junit notrun "/x/y.cpp:7: Skipped
no capture files at /x (set ECHOLAB_CORPUS)"
claim "a skip for want of what this machine lacks is no failure" exits 0
claim "...but it is listed, with its reason" has "$stderr" "Claim.Holds (no capture files at /x (set ECHOLAB_CORPUS))"
mkdir "$scratch/files"
ECHOLAB_CORPUS=$scratch junit notrun "/x/y.cpp:7: Skipped
no capture files at /x (set ECHOLAB_CORPUS)"
claim "the same skip where the machine has it is a failure" exits 1
claim "...that names the test" has "$stderr" "WITHOUT NEED: Claim.Holds"
junit notrun "skipped: the moon is full"
claim "a reason that nobody can check is a failure" exits 1
junit notrun ""
claim "no reason is a failure" exits 1
junit disabled ""
claim "a disabled test is a failure" exits 1
junit notrun "skipped: no right to bind a port below 1024 here"
if ((EUID == 0)); then
  claim "what only root may do, root has to try" exits 1
else
  claim "what only root may do is no failure for others" exits 0
fi

fake cmake 'echo built; exit 9'
for wrong in --hepl -x Handshake --build; do
  run "$root/tools/check" $wrong
  claim "$wrong is a usage error" exits 2
  claim "...that names it" has "$stderr" "'$wrong'"
  claim "...before anything is built" lacks "$stdout" built
done
run "$root/tools/check" -R
claim "an option without its value is a usage error" exits 2
run "$root/tools/check" -R Handshake -LE slow -j4 --repeat until-pass:3 -VV --rerun-failed --help
claim "ctest's options that choose, repeat or show tests are taken" exits 0

# ctest_gets ARGUMENT...: what ctest is called with; nothing is installed, built or run.
for tool in cmake dpkg-shlibdeps file; do fake $tool true; done
fake dpkg-query 'echo installed'
fake ctest "echo \"ctest \$*\""
ctest_gets() { CI='' ECHOLAB_BUILD=$scratch/build run "$root/tools/check" "$@"; }
ctest_gets -R Handshake
claim "what takes long is left out" has "$stdout" "-R Handshake -LE (^long$)"
ctest_gets --long -R Handshake
claim "...but for --long" lacks "$stdout" "-LE"
ctest_gets -LE Live --label-exclude=Lab
claim "what is left out beside it: any of them" has "$stdout" "-LE (Live)|(Lab)|(^long$)"
ctest_gets -LE Live --long
claim "...or that alone" has "$stdout" "-LE (Live)"

fake unshare 'exit 1'
junit notrun "skipped: no private network"
claim "no network namespace where unshare is refused: no failure" exits 0
fake unshare 'exit 0'
junit notrun "skipped: no private network"
claim "no network namespace where unshare works: a failure" exits 1
finish
