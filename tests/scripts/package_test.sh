#!/usr/bin/env bash
# The Debian package: it is built, installed into a scratch root, its program runs there, and removing it leaves nothing.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for tool in cpack dpkg-deb dpkg-shlibdeps file; do
  command -v $tool >/dev/null || skip "no $tool: packages are made with dpkg-dev and file"
done
# dpkg gives files to root: we are root, or are it in a user namespace of our own.
as_root=()
if ((EUID != 0)); then
  unshare --user --map-root-user true 2>/dev/null || skip "no user namespace, so dpkg cannot install as root"
  as_root=(unshare --user --map-root-user)
fi

run cpack -G DEB --config "$ECHOLAB_PROGRAMS/CPackConfig.cmake" -B "$scratch"
claim "cpack makes the package" exits 0
package=$(echo "$scratch"/echolab_*_*.deb)
claim "...named as Debian names packages" [ -e "$package" ]

depends=$(dpkg-deb --field "$package" Depends)
for library in libc6 libpcap0.8 libfmt libutf8proc libstdc++6; do
  claim "it depends on $library" has "$depends" "$library"
done
claim "its files belong to root" [ -z "$(dpkg-deb --contents "$package" | awk '$2 != "root/root"')" ]

target=$scratch/root
mkdir -p "$target/var/lib/dpkg/"{info,updates} "$target/var/log"
touch "$target/var/lib/dpkg/status" "$target/var/lib/dpkg/available"
# The libraries are this machine's, not the scratch root's.
dpkg_there() {
  run "${as_root[@]}" env PATH="$PATH:/usr/sbin:/sbin" dpkg --root="$target" --log="$scratch/log" --force-depends "$@"
}
files() { (cd "$target" && find . -path ./var -prune -o \( -type f -o -type l \) -print | sort); }

dpkg_there --install "$package"
claim "dpkg installs it" exits 0
installed=$(files)
for file in bin/capture bin/tcp_server bin/udp_client share/man/man1/capture.1 share/man/ko/man1/tcp_client.1 \
  share/bash-completion/completions/udp_server share/doc/echolab/README.ko.md share/doc/echolab/copyright \
  share/doc/echolab/lessons/01-handshake.en.md; do
  claim "it brings /usr/$file" has "$installed" "./usr/$file"
done
run "$target/usr/bin/capture" -r "$target/usr/share/doc/echolab/samples/hello-tcp.pcap" --lang en
claim "its capture reads its sample" has "$stdout" "SYN_SENT"

dpkg_there --purge echolab
claim "dpkg removes it" exits 0
claim "...and nothing is left" [ -z "$(files)" ]
finish
