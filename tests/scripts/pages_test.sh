#!/usr/bin/env bash
# The man pages that the build made: every option stands in them, and groff has nothing to say against them.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

share=$ECHOLAB_PROGRAMS/share
programs=(capture compare tcp_server tcp_client udp_server udp_client)

# page PROGRAM LANGUAGE: the man page's file.
page() {
  local -A folder=([en]=man/man1 [ko]=man/ko/man1)
  echo "$share/${folder[$2]}/echolab-$1.1.gz"
}
# plain FILE: without the types and names of characters.
plain() { zcat "$1" | sed 's/\\f[BIR]//g; s/\\-/-/g; s/\\(aq/'\''/g; s/\\(rs/\\/g; s/\\(ti/~/g'; }
# options PROGRAM: the names that --help shows.
options() {
  "$ECHOLAB_PROGRAMS/bin/$1" --help --lang en | sed -nE 's/^ +((-[a-zA-Z], )?--[a-z-]+).*/\1/p' | sed 's/, /\n/'
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
      "$("$ECHOLAB_PROGRAMS/bin/echolab" "$program" --help --lang $language | tail -n 1)"
    if command -v groff >/dev/null; then
      run bash -c "zcat $(page "$program" $language) | groff -man -Kutf8 -Tutf8 -ww -z"
      claim "groff has no warning about $program($language)" [ -z "$stderr" ]
    fi
  done
done
claim "the name in one line is for whatis" has "$(plain "$(page tcp_server en)")" \
  "echolab-tcp_server - sends back what comes over TCP, and tells the story of each connection on stderr"
claim "the Korean page is in Korean" has "$(plain "$(page tcp_server ko)")" '.SH "환경 변수"'

finish
