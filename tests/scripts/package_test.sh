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

built=$(dirname "${ECHOLAB_RELEASE:-$ECHOLAB_PROGRAMS/bin}")  # as it is installed, where there is such a build
run cpack -G DEB --config "$built/CPackConfig.cmake" -B "$scratch"
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
# The libraries are this machine's, not the scratch root's; so is the shell of the package's scripts.
dpkg_there() {
  run "${as_root[@]}" env PATH="$PATH:/usr/sbin:/sbin" dpkg --root="$target" --log="$scratch/log" --force-depends --force-script-chrootless "$@"
}
files() { (cd "$target" && find . -path ./var -prune -o \( -type f -o -type l \) -print | sort); }

dpkg_there --install "$package"
claim "dpkg installs it" exits 0
installed=$(files)
claim "one name is all that it takes on the path" [ "$(grep '/bin/[^/]*$' <<<"$installed" | grep -v /lib/)" = ./usr/bin/echolab ]
for file in bin/echolab lib/echolab/bin/capture lib/echolab/bin/udp_client lib/echolab/scripts/shell \
  share/man/man1/echolab-capture.1.gz share/man/ko/man1/echolab-tcp_client.1.gz share/man/man1/echolab.1.gz \
  share/bash-completion/completions/echolab share/zsh/vendor-completions/_echolab \
  share/fish/vendor_completions.d/echolab.fish lib/echolab/share/apparmor/echolab \
  share/doc/echolab/README.ko.md share/doc/echolab/copyright \
  share/doc/echolab/lessons/01-handshake.en.md; do
  claim "it brings /usr/$file" has "$installed" "./usr/$file"
done
echolab=$target/usr/bin/echolab
run "$echolab" capture -r "$target/usr/share/doc/echolab/samples/hello-tcp.pcap" --lang en
claim "its capture reads its sample" has "$stdout" "SYN_SENT"
for program in "$target"/usr/lib/echolab/bin/*; do
  run "$echolab" "${program##*/}" --version
  claim "echolab starts ${program##*/}" has "$stdout" "${program##*/} (echolab) "
done
run "$echolab" captrue --lang en
claim "a near miss is suggested" has "$stderr" "did you mean capture?"
claim "...and is usage" exits 2
run "$echolab" capture --prot --lang en
claim "an error names the command" has "$stderr" "(see echolab capture --help)"
run "$echolab" tcp_client --help --lang en
claim "an example is one that can be typed" has "$stdout" "Example: echolab tcp_client -m hello"
run "$echolab" shell --help --lang en
claim "the shell has its name, too" has "$stdout" "Usage: echolab shell"

if [[ -z ${ECHOLAB_RELEASE:-} ]]; then
  echo "without ECHOLAB_RELEASE: lintian would speak of the sanitizers"
elif command -v lintian >/dev/null; then
  run lintian --allow-root --tag-display-limit 0 "$package"
  claim "lintian names no error" lacks "$stdout" "E: "
else
  echo "without lintian: what it would say is not known"
fi

dpkg_there --purge echolab
claim "dpkg removes it" exits 0
claim "...and nothing is left" [ -z "$(files)" ]
finish
