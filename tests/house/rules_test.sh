#!/usr/bin/env bash
# Breaks each rule of the house on purpose and sees that it is noticed, and that what is allowed is not.
set -euo pipefail
# shellcheck source=tests/scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

# In a copy of the sources' tree FILE gets LINE added; `includes` judges that tree.
with_line() {
  rm -rf "$scratch/tree" && mkdir "$scratch/tree"
  (cd "$root" && find net tcp udp capture tools \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 cp --parents -t "$scratch/tree")
  mkdir -p "$scratch/tree/$(dirname "$1")"
  printf '%s\n' "$2" >>"$scratch/tree/$1"
  run "$root/tests/house/includes" "$scratch/tree"
}
refused() { with_line "$1" "#include $2" && claim "$1 may not include $2" has "$stdout" "$1" && claim "...and that fails" exits 1; }
granted() { with_line "$1" "#include $2" && claim "$1 may include $2" exits 0; }

granted net/address.cpp '<string>'
refused capture/decode/decode.cpp '"capture/track/state.hpp"'
refused capture/decode/decode.cpp '"capture/source/packet_source.hpp"'
granted capture/decode/decode.cpp '"capture/source/packet.hpp"'
refused capture/decode/decode.cpp '<pcap.h>'
refused capture/decode/decode.cpp '<pcap/pcap.h>'
refused capture/source/packet_source.hpp '<pcap.h>'
refused capture/source/packet_source.cpp '"capture/decode/decode.hpp"'
refused capture/track/state.cpp '"capture/explain/explain.hpp"'
refused capture/track/state.cpp '<unistd.h>'
refused capture/track/state.cpp '"state.hpp"'
refused capture/explain/explain.cpp '<iostream>'
refused capture/explain/explain.cpp '"capture/render/text.hpp"'
refused capture/render/text.cpp '"capture/source/packet_source.hpp"'
refused capture/render/text.cpp '"net/address.hpp"'
refused capture/capture.cpp '"net/address.hpp"'
granted capture/capture.cpp '"capture/render/text.hpp"'
refused tcp/socket.cpp '"udp/socket.hpp"'
refused udp/udp_client.cpp '"tcp/socket.hpp"'
refused tcp/socket.cpp '"capture/track/state.hpp"'
refused tcp/socket.cpp '<CLI/CLI.hpp>'
granted tcp/tcp_client.cpp '<CLI/CLI.hpp>'
granted tcp/tcp_client.cpp '"tools/timeline/timeline.hpp"'
refused net/address.cpp '"tcp/socket.hpp"'
granted tools/lab/host/network.cpp '"tools/lab/wire/frame.hpp"'
refused tools/lab/wire/frame.cpp '"tools/lab/host/network.hpp"'
refused tools/lab/wire/frame.cpp '<unistd.h>'
refused tools/lab/host/network.cpp '"tools/lab/story/judge.hpp"'
refused tools/lab/story/judge.cpp '"tools/lab/program/program.hpp"'
refused tools/lab/lab.cpp '<string>'
refused newcomer/file.hpp '<string>'
refused tools/newcomer/file.hpp '"net/address.hpp"'
with_line capture/track/state.cpp 'auto t = std::chrono::system_clock::now();'
claim "track reads no clock" exits 1
with_line net/no_guard.hpp 'int x;'
claim "a header begins with #pragma once" has "$stdout" "#pragma once"

mkdir -p "$scratch/pages/docs"
cat >"$scratch/pages/docs/a.en.md" <<'PAGE'
# A
```console
$ true
```
PAGE
cp "$scratch/pages/docs/a.en.md" "$scratch/pages/README.md"
cp "$scratch/pages/docs/a.en.md" "$scratch/pages/README.ko.md"
run "$root/tests/house/bilingual" "$scratch/pages"
claim "a page without its Korean sister is named" has "$stdout" "docs/a.en.md has no Korean sister"
claim "...and that fails" exits 1
cp "$scratch/pages/docs/a.en.md" "$scratch/pages/docs/a.ko.md"
run "$root/tests/house/bilingual" "$scratch/pages"
claim "sisters of one shape pass" exits 0
echo '## B' >>"$scratch/pages/docs/a.ko.md"
run "$root/tests/house/bilingual" "$scratch/pages"
claim "a heading that only one sister has is noticed" exits 1

# A copy of the list and of the tests, with one thing changed in it.
with_fault_list() {
  rm -rf "$scratch/list" && mkdir -p "$scratch/list/docs"
  cp "$root"/docs/faults.*.md "$scratch/list/docs"
  (cd "$root" && find tests \( -name '*.cpp' -o -name CMakeLists.txt \) -print0 | xargs -0 cp --parents -t "$scratch/list")
  sed -i -E "$2" "$scratch/list/$1"
  run "$root/tests/house/faults" "$scratch/list"
}
with_fault_list docs/faults.en.md '/^\| E5 /d'
claim "a fault that is not listed is noticed" has "$stdout" "docs/faults.en.md lists E5 0 times"
claim "...and that fails" exits 1
with_fault_list docs/faults.ko.md 's/FaultE5\.\w+/FaultE5.NoSuchTest/'
claim "a test that is nowhere is noticed" has "$stdout" "FaultE5.NoSuchTest, which no source has"
with_fault_list tests/faults/tcp_faults_test.cpp 's/TEST\(FaultE12,/TEST(FaultE99,/'
claim "a number that nobody knows is noticed" has "$stdout" "FaultE99, which is no number"
finish
