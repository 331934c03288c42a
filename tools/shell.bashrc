# Read by the interactive shell that tools/shell opens: the user's own settings, then a prompt that says where one is.
# shellcheck shell=bash disable=SC1090,SC2148
# Root, who owns /, neither reads nor writes in another user's home, even where sudo has kept HOME.
[[ -O / && ! -O ~ ]] && HOME=~root HISTFILE=
[[ -r ~/.bashrc ]] && source ~/.bashrc
PS1='(echolab) \w\$ '
source "$(dirname "${BASH_SOURCE[0]}")/../share/completions/echolab.bash"
complete -F _echolab by_hand capture compare lab session_{server,client} {tcp,udp}_{server,client}
