// The fifty smallest files, cut at every byte, from the file to the screen. The sanitizers of the check preset watch.
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "capture/decode/decode.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

struct Outcome {
  std::uint64_t packets = 0;
  std::optional<SourceError> error;
};

Outcome show(const std::string& path) {
  Outcome outcome;
  auto opened = PacketSource::open_file(path, "");
  if (const auto* error = std::get_if<SourceError>(&opened)) return {.error = *error};
  auto& source = std::get<PacketSource>(opened);
  Ladder ladder({.columns = 60});
  std::string shown;
  Observer observer([&](const StreamSummary& stream) { shown += ladder.stream_line(stream) + to_json(stream); });
  while (const auto packet = source.next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    shown = ladder.line(seen) + to_json(seen, Language::ko);
    EXPECT_FALSE(shown.empty());
    ++outcome.packets;
  }
  observer.finish();
  outcome.error = source.error();
  return outcome;
}

std::vector<std::filesystem::path> smallest(std::size_t count) {
  auto files = corpus_files();
  std::ranges::stable_sort(files, {}, [](const auto& file) { return std::filesystem::file_size(file); });
  files.resize(std::min(count, files.size()));
  return files;
}

/// A file in memory: thousands of them cost nothing.
Outcome show_bytes(std::span<const std::byte> bytes) {
  const int fd = ::memfd_create("cut", MFD_CLOEXEC);
  EXPECT_EQ(::write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  const Outcome outcome = show("/proc/self/fd/" + std::to_string(fd));
  ::close(fd);
  return outcome;
}

Bytes contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

TEST(FaultA4, AFileOfOthersCutAtAnyByteGivesNoMorePacketsThanTheWholeAndThenItsError) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  int cuts = 0;
  for (const auto& file : smallest(50)) {
    SCOPED_TRACE(corpus_name(file));
    const auto bytes = contents(file);
    const Outcome whole = show(file.string());
    std::uint64_t packets = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length, ++cuts) {
      const Outcome cut = show_bytes(std::span(bytes).first(length));
      EXPECT_GE(cut.packets, packets) << length;  // more bytes never show fewer packets
      EXPECT_LE(cut.packets, whole.packets) << length;
      EXPECT_FALSE(cut.error && cut.error->detail.empty()) << length;
      packets = cut.packets;
    }
  }
  EXPECT_GT(cuts, 1000);
  std::printf("%d cuts\n", cuts);
}

}  // namespace
}  // namespace echolab::test
