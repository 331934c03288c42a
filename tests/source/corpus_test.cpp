// Every capture file of the corpus, held against what tshark read out of it: how many packets, their times and lengths.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "capture/source/packet_source.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::capture {
namespace {

/// "1700364000.123456789", tshark's way.
std::string time_text(Time time) {
  const auto nanoseconds = time.time_since_epoch().count();
  return fmt::format("{}.{:09}", nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000);
}

/// tshark prints the two numbers of a broken time stamp as they stand: a fraction of a second or more, or below zero.
bool is_normal(std::string_view time) { return time.size() - time.find('.') == 10 && !time.starts_with('-'); }

TEST(Corpus, EveryFileIsReadToItsEndOrItsErrorIsNamed) {
  if (!test::has_corpus()) GTEST_SKIP() << test::no_corpus();
  int whole = 0, refused = 0, broken = 0;
  int cut_again = 0;  // packets longer than the file's own snaplen: libpcap cuts them to it, tshark does not
  for (const auto& file : test::corpus_files()) {
    const auto name = test::corpus_name(file);
    auto opened = PacketSource::open_file(file, "");
    if (const auto* error = std::get_if<SourceError>(&opened)) {
      EXPECT_FALSE(error->detail.empty()) << name;
      ++refused;
      continue;
    }
    auto& source = std::get<PacketSource>(opened);
    if (name.starts_with("pcapplusplus-fuzz/")) {  // broken on purpose: tshark guesses at another layout of the records
      while (source.next()) {
      }
      continue;
    }
    if (!std::filesystem::exists(test::oracle_path(file, "packets"))) continue;
    const test::Table oracle(test::oracle_path(file, "packets"));
    std::uint64_t frames = 0;
    while (const auto packet = source.next()) {
      const auto row = frames++;
      ASSERT_EQ(packet->frame, frames) << name;
      if (row >= oracle.size()) break;
      const auto captured = std::stoul(std::string(oracle.at(row, "frame.cap_len")));
      EXPECT_LE(packet->bytes.size(), captured) << name << ", frame " << frames;
      cut_again += packet->bytes.size() < captured;
      EXPECT_EQ(std::to_string(packet->original_length), oracle.at(row, "frame.len")) << name << ", frame " << frames;
      const auto time = oracle.at(row, "frame.time_epoch");
      if (is_normal(time)) {
        EXPECT_EQ(time_text(packet->time), time) << name << ", frame " << frames;
      }
    }
    if (const auto& error = source.error()) {
      EXPECT_EQ(error->kind, SourceError::Kind::broken) << name;
      EXPECT_EQ(error->frame, frames) << name;
      ++broken;
      continue;
    }
    EXPECT_EQ(frames, oracle.size()) << name;
    ++whole;
  }
  EXPECT_GT(whole, 0);
  fmt::print("{} files whole, {} broken or mixed, {} refused; {} packets cut to the snaplen\n", whole, broken, refused,
             cut_again);
}

}  // namespace
}  // namespace echolab::capture
