# Read by the interactive shell that lab shell opens: the user's own settings, then a prompt that says on which host.
# shellcheck shell=bash disable=SC1090,SC2148
# Root, who owns /, neither reads nor writes in another user's home, even where sudo has kept HOME.
[[ -O / && ! -O ~ ]] && HOME=~root HISTFILE=
[[ -r ~/.bashrc ]] && source ~/.bashrc
PS1="(lab: $ECHOLAB_HOST) "'\w\$ '
