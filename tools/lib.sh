# Sourced by the scripts of this folder: the language, messages, directories, and whether a private network can be made.
# shellcheck shell=bash

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$scripts/.." && pwd -P)
if [[ -x $root/bin/capture ]]; then  # installed: the programs are beside the scripts, and `echolab NAME` starts both
  installed=yes commands="echolab "
else
  installed='' commands=tools/
fi
program="$commands$(basename "$0")"

# The language, chosen as the programs do: --lang, ECHOLAB_LANG, then the locale. Exported, so that the programs follow.
use_language() {
  case $1 in
    en | ko) export ECHOLAB_LANG=$1 ;;
    *) die 2 "--lang takes ko or en, not '$1'" "--lang에는 ko나 en을 적습니다 ('$1'은 모릅니다)" ;;
  esac
}

language() {
  case ${ECHOLAB_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    ko*) echo ko ;;
    *) echo en ;;
  esac
}

# text ENGLISH KOREAN: the one that the reader wants.
text() { if [[ $(language) == ko ]]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
say() { text "$@"; }
note() { printf '%s: %s\n' "$program" "$(text "$@")" >&2; }
# die STATUS ENGLISH KOREAN: 1 it failed, 2 usage, 3 a privilege or a feature of the kernel is missing.
die() {
  local status=$1
  shift
  note "$@"
  exit "$status"
}
usage_error() {
  note "unknown argument '$1'; $program --help tells what there is" "'$1'은 모르는 인자입니다. $program --help를 보세요"
  exit 2
}

# Closes what the caller left open above stderr, so that what runs below has the same numbers for its descriptors
# everywhere: the pages and tests show them. 255 is bash's own.
close_inherited() {
  local path descriptor
  for path in "/proc/$$/fd"/*; do
    descriptor=${path##*/}
    ((descriptor <= 2 || descriptor == 255)) || exec {descriptor}>&-
  done
}

# is_kept FOLDER: it is this user's, and others cannot rename what lies in it.
is_kept() {
  local mode
  [[ -n $1 && -d $1 && -O $1 && -w $1 ]] && mode=$(stat -Lc %a "$1") && (((8#$mode & 8#002) == 0))
}

# Where such a folder may lie: in XDG_RUNTIME_DIR, else in the home; never in /tmp, where anybody may have taken the name
# before us. Under sudo both variables may still be another user's.
private_place() {
  local home
  if is_kept "${XDG_RUNTIME_DIR:-}"; then
    echo "$XDG_RUNTIME_DIR/echolab-$UID"
    return
  fi
  for home in "${HOME:-}" "$(getent passwd "$UID" | cut -d: -f6)"; do
    if is_kept "$home" && { [[ -e $home/.cache ]] || mkdir -m 700 "$home/.cache"; } && is_kept "$home/.cache"; then
      echo "$home/.cache/echolab"
      return
    fi
  done
  die 1 "no folder is yours alone, neither XDG_RUNTIME_DIR nor your home. In each terminal, the same one that mktemp -d made: export XDG_RUNTIME_DIR=FOLDER" \
    "XDG_RUNTIME_DIR도 홈 디렉터리도 본인만 쓰는 폴더가 아닙니다. mktemp -d로 폴더를 하나 만들고 터미널마다 그 폴더를 지정하세요: export XDG_RUNTIME_DIR=폴더"
}

# A folder that only this user can reach, for what must outlive one command.
private_directory() {
  local directory
  directory=$(private_place) || exit
  mkdir -m 700 "$directory" 2>/dev/null || true
  if [[ -L $directory || ! -d $directory || ! -O $directory || $(stat -c %a "$directory") != 700 ]]; then
    die 1 "$directory is not a folder that you alone can enter. Remove it, and it is made anew: rm -r $directory" \
      "본인만 들어갈 수 있는 폴더가 아닙니다: $directory. 지우면 새로 만듭니다: rm -r $directory"
  fi
  # A home may be one for many machines; what is kept here is about this one.
  [[ $directory != */.cache/echolab ]] || directory+=/$(uname -n)
  mkdir -p "$directory"
  echo "$directory"
}

# What has the programs in bin/: where they are installed, else where to build: $ECHOLAB_BUILD, else build/ of this
# checkout, else (a checkout that we may only read) a folder of ours.
build_directory() {
  if [[ -n $installed ]]; then
    echo "$root"
  elif [[ -n ${ECHOLAB_BUILD:-} ]]; then
    realpath -m "$ECHOLAB_BUILD"
  elif [[ -w $root/build || (! -e $root/build && -w $root) || -x $root/build/bin/capture ]]; then
    echo "$root/build"
  else
    local private
    private=$(private_directory) || exit
    echo "$private/build"
  fi
}

# Which commands build the programs.
how_to_build() {
  text "tools/demo installs what is missing and builds. By hand: tools/setup && cmake -S $root -B $1 -G Ninja && cmake --build $1" \
    "tools/demo가 없는 패키지를 설치하고 빌드합니다. 직접 하려면: tools/setup && cmake -S $root -B $1 -G Ninja && cmake --build $1"
}

# Whether this user may make a network of their own in which capturing is allowed. Ubuntu 24.04 lets an ordinary user
# make the namespace and then takes its capabilities away, so CAP_NET_RAW itself is looked at: bit 13, which is the
# second bit of the fourth digit from the right.
can_make_network() {
  unshare -Urn sh -c 'ip link set lo up && grep -Eq "^CapEff:.*[2367abef][0-9a-f]{3}$" /proc/self/status' >/dev/null 2>&1
}

setting() { cat "/proc/sys/$1" 2>/dev/null || true; }

# Why can_make_network said no, and the command that mends it.
explain_no_network() {
  local why_en why_ko mend
  if ! command -v ip >/dev/null; then
    why_en="the program ip is missing" why_ko="ip 프로그램이 없습니다" mend="tools/setup"
  elif [[ $(setting user/max_user_namespaces) == 0 ]]; then
    why_en="the kernel allows no user namespaces" why_ko="커널이 사용자 네임스페이스를 하나도 허용하지 않습니다"
    mend="sudo sysctl -w user.max_user_namespaces=10000"
  elif [[ $(setting kernel/unprivileged_userns_clone) == 0 && $UID != 0 ]]; then
    why_en="the kernel allows user namespaces to root alone" why_ko="커널이 사용자 네임스페이스를 root에게만 허용합니다"
    mend="sudo sysctl -w kernel.unprivileged_userns_clone=1"
  elif [[ $(setting kernel/apparmor_restrict_unprivileged_userns) == 1 && $UID != 0 ]]; then
    why_en="AppArmor takes the rights away inside a user namespace (Ubuntu 24.04 and later)"
    why_ko="AppArmor가 사용자 네임스페이스 안에서 권한을 빼앗습니다 (Ubuntu 24.04부터)"
    mend="sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
  elif [[ -e /.dockerenv || -e /run/.containerenv ]]; then
    why_en="this is a container that refuses namespaces" why_ko="이 컨테이너는 네임스페이스를 막아 두었습니다"
    mend="docker run --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined ..."
  else
    why_en="the kernel refused" why_ko="커널이 거절했습니다" mend=""
  fi
  note "no private network can be made: $why_en" "전용 네트워크를 만들 수 없습니다: $why_ko"
  [[ -z $mend ]] || note "to allow it: $mend" "허용하려면: $mend"
}
