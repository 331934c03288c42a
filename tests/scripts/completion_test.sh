#!/usr/bin/env bash
# What the shells offer, asked of a real bash, zsh and fish: for `echolab NAME`, and in bash for the short names too.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

completions=$root/share/completions
export ECHOLAB_LANG=en PATH=$ECHOLAB_PROGRAMS/bin:$PATH

# in_bash WORD...: what bash offers for the last word, in one line.
in_bash() {
  env -i PATH="$PATH" bash -c '
    source "$1"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _echolab
    printf "%s\n" "${COMPREPLY[*]}"' bash "$completions/echolab.bash" "$@"
}
# offers WHAT WORD...: and nothing else.
offers() {
  local wanted=$1
  shift
  run in_bash "$@"
  claim "bash: $* offers ${wanted:-nothing}" [ "$stdout" = "$wanted" ]
}
offers --timeout tcp_client --tim
offers "auto on off" tcp_client --states ''
offers never tcp_client --color = n
offers "auto always never" tcp_client --color =
offers "" tcp_client --port ''
offers --format capture -S --form
offers lo capture -i lo
offers capture echolab cap
offers --format echolab capture -S --form
offers "lost-syn lost-synack" echolab lab run lost-syn
offers "lost-syn lost-synack" lab step lost-syn
offers "client server" lab shell ''
touch "$scratch/a trace.pcap"
offers "$scratch/a trace.pcap" capture -r "$scratch/a"
run in_bash echolab tcp_client local
claim "bash: hosts are completed" has " $stdout " " localhost "

# zsh's own words for what was offered: its completion is asked for in a terminal of its own.
if command -v zsh >/dev/null; then
  run zsh -fc '
    zmodload zsh/zpty
    zpty it zsh -f -i
    zpty -w it "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -d $2/dump; stty columns 200; LISTMAX=500"
    zpty -w it "echo re\ady"
    zpty -r -m it line "*ready*"
    zpty -n -w it $'"'echolab lab run lost-syn\t\t'"'
    zpty -r -m it line "*lost-synack*" && print -r -- "$line"' zsh "$completions" "$scratch"
  claim "zsh offers scenarios" has "$stdout" lost-synack
fi
if command -v fish >/dev/null; then
  run env HOME="$scratch" fish --no-config -c "source $completions/echolab.fish; complete -C 'echolab lab run lost-syn'"
  claim "fish offers scenarios" [ "$stdout" = $'lost-syn\nlost-synack' ]
  run env HOME="$scratch" fish --no-config -c "source $completions/echolab.fish; complete -C 'echolab cap'"
  claim "...and says what a program is" has "$stdout" $'capture\tThe sniffer'
fi
finish
