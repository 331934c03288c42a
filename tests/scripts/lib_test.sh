#!/usr/bin/env bash
# tools/lib.sh: the language is chosen as the programs choose it, and a private folder is only ever one's own.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# in_lib VARIABLE=VALUE... -- COMMAND: with the library sourced and the language's variables as given.
in_lib() {
  local -a set_to=()
  while [[ $1 != -- ]]; do set_to+=("$1") && shift; done
  run env -u ECHOLAB_LANG -u LC_ALL -u LC_MESSAGES -u LANG -u ECHOLAB_BUILD "${set_to[@]}" \
    bash -c "source $root/tools/lib.sh; $2"
}
language_is() { [[ $stdout == "$1" ]]; }

in_lib -- language
claim "without any hint it is English" language_is en
in_lib LANG=ko_KR.UTF-8 -- language
claim "LANG says Korean" language_is ko
in_lib LANG=ko_KR.UTF-8 LC_MESSAGES=en_US.UTF-8 -- language
claim "LC_MESSAGES goes before LANG" language_is en
in_lib LC_ALL=ko_KR.UTF-8 LC_MESSAGES=en_US.UTF-8 -- language
claim "LC_ALL goes before LC_MESSAGES" language_is ko
in_lib ECHOLAB_LANG=en LC_ALL=ko_KR.UTF-8 -- language
claim "ECHOLAB_LANG goes before the locale" language_is en
in_lib ECHOLAB_LANG=en -- 'use_language ko; language'
claim "--lang goes before all" language_is ko

mkdir "$scratch/mine"
in_lib XDG_RUNTIME_DIR="$scratch/mine" -- private_directory
claim "the private folder lies in XDG_RUNTIME_DIR" has "$stdout" "$scratch/mine/echolab-"
claim "...and is closed to others" [ "$(stat -c %a "$stdout")" = 700 ]
chmod 755 "$stdout"
in_lib XDG_RUNTIME_DIR="$scratch/mine" -- private_directory
claim "one that is open to others is refused" exits 1
rmdir "$scratch/mine/echolab-"*
ln -s "$scratch" "$scratch/mine/echolab-$UID"
in_lib XDG_RUNTIME_DIR="$scratch/mine" -- private_directory
claim "a link in its place is refused" exits 1
claim "...with the command that mends it" has "$stderr" "rm -r $scratch/mine/echolab-$UID"

chmod 777 "$scratch/mine"
mkdir -m 700 "$scratch/home"
in_lib XDG_RUNTIME_DIR="$scratch/mine" HOME="$scratch/home" -- private_directory
claim "where anybody may write it does not lie, but in ~/.cache, a folder a machine" \
  [ "$stdout" = "$scratch/home/.cache/echolab/$(uname -n)" ]
claim "...closed to others" [ "$(stat -c %a "$scratch/home/.cache/echolab")" = 700 ]
chmod 700 "$scratch/mine"
fake getent 'echo x:x:0:0::/nonexistent:/bin/sh'
in_lib XDG_RUNTIME_DIR= HOME=/nonexistent -- private_directory
claim "where there is no home either, it is refused" exits 1
claim "...with what mends it" has "$stderr" "export XDG_RUNTIME_DIR=FOLDER"
rm "$scratch/bin/getent"

in_lib ECHOLAB_BUILD="$scratch/elsewhere" -- build_directory
claim "ECHOLAB_BUILD says where to build" language_is "$scratch/elsewhere"
mkdir -p "$scratch/readonly/tools" && cp "$root/tools/lib.sh" "$scratch/readonly/tools/" && chmod 555 "$scratch/readonly"
if [[ ! -w $scratch/readonly ]]; then  # root may write anywhere
  rm "$scratch/mine/"* && run env -u ECHOLAB_BUILD XDG_RUNTIME_DIR="$scratch/mine" \
    bash -c "source $scratch/readonly/tools/lib.sh; build_directory"
  claim "a checkout that one may only read is built in the private folder" has "$stdout" "$scratch/mine/echolab-"
fi
chmod 755 "$scratch/readonly"
finish
