#!/usr/bin/env bash
# The man pages and completions that the build made: every option stands in them, groff has nothing to say against them,
# and a real bash completes with them.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

share=$ECHOLAB_PROGRAMS/share
programs=(capture compare tcp_server tcp_client udp_server udp_client)

# page PROGRAM LANGUAGE: the man page's file.
page() {
  local -A folder=([en]=man/man1 [ko]=man/ko/man1)
  echo "$share/${folder[$2]}/$1.1"
}
# plain FILE: without the types and names of characters.
plain() { sed 's/\\f[BIR]//g; s/\\-/-/g; s/\\(aq/'\''/g; s/\\(rs/\\/g; s/\\(ti/~/g' "$1"; }
# options PROGRAM: the names that --help shows.
options() {
  "$ECHOLAB_PROGRAMS/bin/$1" --help --lang en | sed -nE 's/^ +((-[a-zA-Z], )?--[a-z-]+).*/\1/p' | sed 's/, /\n/'
}
# completed PROGRAM WORD...: what bash offers for the last word, in one line.
completed() {
  env -i PATH="$PATH" bash -c '
    source "$1"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    "_echolab_$1"
    printf "%s\n" "${COMPREPLY[*]}"' bash "$share/bash-completion/completions/$1" "$@"
}

for program in "${programs[@]}"; do
  for language in en ko; do
    text=$(plain "$(page "$program" $language)")
    count=0
    for option in $(options "$program"); do
      claim "$program($language) tells of $option" has "$text" "$option"
      count=$((count + 1))
    done
    claim "$program has its options" [ $count -ge 12 ]
    claim "$program($language) keeps the footer" has "$text" \
      "$("$ECHOLAB_PROGRAMS/bin/$program" --help --lang $language | tail -n 1)"
    if command -v groff >/dev/null; then
      run groff -man -Kutf8 -Tutf8 -ww -z "$(page "$program" $language)"
      claim "groff has no warning about $program($language)" [ -z "$stderr" ]
    fi
  done
  for option in $(options "$program"); do
    claim "$program completes $option" has " $(completed "$program" "$option") " " $option "
  done
done
claim "the name in one line is for whatis" has "$(plain "$(page tcp_server en)")" \
  "tcp_server - sends back what comes over TCP, and tells the story of each connection on stderr"
claim "the Korean page is in Korean" has "$(plain "$(page tcp_server ko)")" '.SH "환경 변수"'

run completed tcp_client tcp_client --tim
claim "a beginning is completed" [ "$stdout" = --timeout ]
run completed tcp_client tcp_client --states ''
claim "an option's words are offered" [ "$stdout" = "auto on off" ]
run completed tcp_client tcp_client --color = n
claim "...also behind an equals sign" [ "$stdout" = never ]
run completed tcp_client tcp_client --color =
claim "...with nothing typed behind it" [ "$stdout" = "auto always never" ]
run completed tcp_client tcp_client --port ''
claim "a number is left to the user" [ -z "$stdout" ]
run completed capture capture -S --form
claim "what follows a flag is completed" [ "$stdout" = --format ]
touch "$scratch/a trace.pcap"
run completed capture capture -r "$scratch/a"
claim "files are completed, names with spaces too" [ "$stdout" = "$scratch/a trace.pcap" ]
run completed capture capture -i lo
claim "interfaces are completed" [ "$stdout" = lo ]
finish
