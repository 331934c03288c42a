// A conversation that was packed is told as one that was not: every packet of the samples, and of the corpus where
// there is one, with each conversation packed after each of its packets, and with none.
#include <gtest/gtest.h>

#include "capture/decode/decode.hpp"
#include "capture/render/json.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
namespace fs = std::filesystem;

/// A packet of another conversation: where only one may lie there whole, it makes the others pack.
Segment intruder() {
  Segment segment;
  segment.source.port = 1, segment.destination.port = 2;
  segment.flags.bits = TcpFlags::ack_bit;
  return segment;
}

/// All that is told of the file.
std::vector<std::string> told(const fs::path& path, std::size_t unpacked) {
  std::vector<std::string> lines;
  auto opened = PacketSource::open_file(path.string(), "");
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return lines;
  Observer observer([&](const StreamSummary& stream) { lines.push_back(to_json(stream)); }, {.unpacked = unpacked});
  Observation seen;
  std::uint64_t frame = 0;
  while (const auto packet = source->next()) {
    seen.packet = *packet;
    seen.packet.frame = ++frame;
    seen.decoded = decode(*packet);
    observer.observe(seen);
    lines.push_back(to_json(seen, Language::en));
    observer.observe({.frame = ++frame, .time = packet->time}, intruder());
  }
  observer.finish();
  return lines;
}

TEST(Packed, ConversationIsToldAsIfItHadLainThereWhole) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ECHOLAB_SOURCE_DIR) / "docs" / "samples"))
    if (entry.path().extension() == ".pcap") files.push_back(entry.path());
  if (has_corpus()) std::ranges::copy(corpus_files(), std::back_inserter(files));
  std::size_t compared = 0;
  for (const fs::path& file : files) {
    const auto whole = told(file, 1'000'000), packed = told(file, 1);
    ASSERT_EQ(whole.size(), packed.size()) << file;
    for (std::size_t i = 0; i < whole.size(); ++i) ASSERT_EQ(whole[i], packed[i]) << file << ", line " << i;
    compared += whole.size();
  }
  EXPECT_GT(compared, 100u);
}

}  // namespace
}  // namespace echolab::test
