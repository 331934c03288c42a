#!/bin/bash
# Every file of the corpus, as text and as JSON, and the fifty smallest cut at every byte, in 512 MiB of address space
# and ten seconds each: the program ends with 0 or 1. CAPTURE is the program, or the one in ECHOLAB_RELEASE; SOURCE the
# project's root.
set -u
capture=${ECHOLAB_RELEASE:+$ECHOLAB_RELEASE/capture} capture=${capture:-$CAPTURE}
corpus=${ECHOLAB_CORPUS:-$SOURCE/../shared/corpora}

skip() { echo "skipped: $1"; exit 77; }
[ -d "$corpus/files" ] || skip "no capture files at $corpus (set ECHOLAB_CORPUS)"
[ -x "$capture" ] || { echo "there is no program $capture"; exit 1; }
grep -q __asan_init "$capture" && skip "this program has the address sanitizer (set ECHOLAB_RELEASE to others)"

folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
ulimit -v 524288 -c 0
runs=0 failed=0

# must_end FILE OPTION...
must_end() {
  local file=$1 status
  shift
  timeout 10 "$capture" -r "$file" "$@" >"$folder/out" 2>"$folder/err"
  status=$?
  runs=$((runs + 1))
  if [ $status -gt 1 ]; then
    echo "status $status: $file (${length:-all of it}) $*"
    head -n 3 "$folder/err"
    failed=$((failed + 1))
    [ $failed -lt 10 ] || { echo "that is enough"; exit 1; }
  fi
}

while IFS= read -r file; do
  must_end "$file"
  must_end "$file" --format json
done < <(find "$corpus/files" -type f | sort)

while IFS= read -r file; do
  size=$(stat -c %s "$file")
  for ((length = 0; length < size; ++length)); do
    head -c "$length" "$file" >"$folder/cut"
    must_end "$folder/cut" --format json
  done
done < <(find "$corpus/files" -type f -printf '%s %p\n' | sort -n | head -n 50 | cut -d ' ' -f 2-)

echo "$runs runs, $failed failed"
[ $failed = 0 ]
