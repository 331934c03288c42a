// G8: every capture file that others made, odd and hostile ones among them, from its first byte to the screen. The
// sanitizers of the check preset watch; tests/fuzz goes on where these files end.
#include <gtest/gtest.h>

#include <algorithm>

#include "capture/decode/decode.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

bool steers_a_terminal(const std::string& text) {
  return std::ranges::any_of(text, [](unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7f; });
}

/// Every packet of `source` as text and as JSON; how many there were.
std::uint64_t show(PacketSource& source) {
  Ladder ladder({.columns = 60, .language = Language::ko});
  std::string ended;
  Observer observer([&](const StreamSummary& stream) { ended = ladder.stream_line(stream) + to_json(stream); });
  std::uint64_t packets = 0;
  while (const auto packet = source.next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const std::string shown =
        ladder.line(seen) + to_json(seen, Language::en) + ended;
    EXPECT_FALSE(steers_a_terminal(shown)) << "frame " << packet->frame;
    ++packets;
  }
  observer.finish();
  return packets;
}

TEST(FaultG8, EveryCaptureGoesThroughTheWholePipe) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  std::uint64_t packets = 0;
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    auto opened = PacketSource::open_file(file, "");
    if (auto* source = std::get_if<PacketSource>(&opened)) packets += show(*source);
  }
  EXPECT_GT(packets, 15'000U);
}

}  // namespace
}  // namespace echolab::test
