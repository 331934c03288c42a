# Read by the interactive shell that tools/shell opens: the user's own settings, then a prompt that says where one is.
# shellcheck shell=bash disable=SC1090,SC2148
[[ -r ~/.bashrc ]] && source ~/.bashrc
PS1='(echolab) \w\$ '
