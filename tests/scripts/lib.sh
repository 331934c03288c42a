# Sourced by the script tests: a scratch folder that goes when the test does, and checks that say what they saw.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

skip() {
  echo "skipped: $*"
  exit 77
}

# run COMMAND...: keeps its status, stdout and stderr for the checks that follow.
run() {
  status=0
  "$@" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null || status=$?
  stdout=$(<"$scratch/stdout") stderr=$(<"$scratch/stderr")
}

# claim SENTENCE CONDITION...: the condition is a command; it fails with what the last `run` gave.
claim() {
  local sentence=$1
  shift
  if "$@"; then
    echo "ok: $sentence"
  else
    echo "FAILED: $sentence"
    printf '  status %s\n  stdout %q\n  stderr %q\n' "${status-}" "${stdout-}" "${stderr-}"
    failures=$((failures + 1))
  fi
}

has() { [[ $1 == *"$2"* ]]; }
lacks() { [[ $1 != *"$2"* ]]; }
exits() { [[ $status == "$1" ]]; }

# fake COMMAND BODY: a program of that name, first on the path.
fake() {
  mkdir -p "$scratch/bin"
  printf '#!/bin/sh\n%s\n' "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
  [[ $PATH == "$scratch/bin:"* ]] || PATH=$scratch/bin:$PATH
}

finish() { exit $((failures > 0)); }
