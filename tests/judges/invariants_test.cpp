// What holds of every packet of every capture, whatever it shows: no state changes without a rule, a take-back or a
// proof that has a name; a conversation's bytes are the numbers that were seen; who has closed in order has ended.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <map>

#include "tests/judges/captures.hpp"
#include "tests/judges/contradictions.hpp"
#include "tests/judges/numbers.hpp"
#include "tests/judges/steps.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using enum State;

// 1: a conversation's bytes are the numbers that were seen and not refused

/// Whether its receiver drops it, or it only asks to be answered, or it is of the connection before.
bool is_refused(const Observation& seen) {
  return segment_of(seen).flags.rst() ||
         seen.notes.has_any_of({Note::illegal_flags, Note::keep_alive, Note::old_connection});
}

/// What one end has sent. Whether the byte of a zero-window probe was taken only an ACK tells (RFC 9293, 3.8.6.1).
struct SentNumbers {
  Numbers taken;
  std::optional<std::uint32_t> probe;

  void sends(const Observation& seen) {
    const Segment& segment = segment_of(seen);
    if (seen.notes.has(Note::zero_window_probe))
      probe = segment.payload_length == 1 ? std::optional(segment.seq) : std::nullopt;
    else
      taken.add(segment.seq, segment.flags.syn(), segment.payload_length);
  }
  void is_acknowledged(std::uint32_t ack) {
    if (probe && ack == *probe + 1) taken.add(*probe, false, 1);
  }
};

using Bytes = std::array<std::uint64_t, 2>;
struct BytesOf {
  Bytes told{}, seen{};
};

std::map<std::uint64_t, BytesOf> bytes_of(const std::filesystem::path& file) {
  std::map<std::uint64_t, std::array<SentNumbers, 2>> numbers;
  std::map<std::uint64_t, BytesOf> bytes;
  const auto packet = [&](const Observation& seen) {
    if (!seen.tcp || is_refused(seen)) return;
    const std::size_t from = is_self_connected(seen) ? 0 : static_cast<std::size_t>(seen.stream->from);
    auto& ends = numbers[seen.stream->number];
    ends[from].sends(seen);
    ends[1 - from].is_acknowledged(segment_of(seen).ack);
  };
  const auto stream = [&](const StreamSummary& summary) {
    if (summary.protocol != Protocol::tcp) return;
    const auto& seen = numbers[summary.number];
    bytes[summary.number] = {{summary.bytes_client, summary.bytes_server},
                             {seen[0].taken.count(), seen[1].taken.count()}};
  };
  watch(file, {packet, stream});
  return bytes;
}

// What is known to be wrong still, each with the row of section H of docs/faults that is about its kind.

struct Exception {
  std::string_view file;
  std::uint64_t stream;
  std::string_view reason;
};

class Exceptions {
 public:
  explicit Exceptions(std::vector<Exception> all) : all_(std::move(all)) {}
  bool has(std::string_view file, std::uint64_t stream) const {
    return std::ranges::any_of(all_, [&](const Exception& it) { return it.file == file && it.stream == stream; });
  }

 private:
  std::vector<Exception> all_;
};

const std::string_view older = "what is older than the first captured packet is seen, and not counted (H11)";

const Exceptions uncounted({
    {"line/slow-reader-delay.pcap", 1, older},
    {"pcapplusplus/PacketppTest__doipPackets.pcapng", 0, older},
    {"pcapplusplus-fuzz/clusterfuzz-testcase-minimized-FuzzTarget-5165538295939072.bin", 0,
     "the payload of a SYN with FIN, which its receiver drops (H25)"},
    {"files/synack_new_connection_same_ports.pcap", 1,
     "its IP length promises more than the frame holds, so nobody takes it (H15)"},
    {"zeek/ftp__bigtransfer.pcap", 2,
     "numbers that went once around: a segment also fills a hole of the round before (H11)"},
});

// 2: who has closed in order has ended

struct Closing {
  std::array<Numbers, 2> numbers;
  std::array<std::optional<std::int64_t>, 2> fin_end, acknowledged;  // of each side's own FIN; by its peer
  bool in_order = true;

  void take(const Observation& seen) {
    const Segment& segment = segment_of(seen);
    const std::size_t from = static_cast<std::size_t>(seen.stream->from);
    if (segment.flags.rst() || is_self_connected(seen)) in_order = false;
    if (segment.flags.syn() && !segment.flags.ack()) *this = {};
    if (!segment.flags.ack() || seen.notes.has(Note::illegal_flags)) return;
    const std::int64_t begin = numbers[from].place(segment.seq);
    numbers[from].add(segment.seq, segment.flags.syn(), segment.payload_length);
    if (segment.flags.fin()) fin_end[from] = begin + segment.sequence_length();
    const std::int64_t ack = numbers[1 - from].place(segment.ack);
    if (!acknowledged[1 - from] || *acknowledged[1 - from] < ack) acknowledged[1 - from] = ack;
  }
  bool both_acknowledged() const {
    const auto done = [&](std::size_t side) {
      return fin_end[side] && acknowledged[side] && *fin_end[side] <= *acknowledged[side];
    };
    return in_order && done(0) && done(1);
  }
};

int expect_ended(const std::filesystem::path& file) {
  std::map<std::uint64_t, Closing> closings;
  int closed_in_order = 0;
  const auto packet = [&](const Observation& seen) {
    if (seen.tcp) closings[seen.stream->number].take(seen);
  };
  const auto stream = [&](const StreamSummary& summary) {
    if (summary.protocol != Protocol::tcp || !closings[summary.number].both_acknowledged()) return;
    ++closed_in_order;
    for (const State state : {summary.client_state, summary.server_state})
      EXPECT_TRUE(state == time_wait || state == closed)
          << corpus_name(file) << ", stream " << summary.number << " ends in " << to_string(state);
  };
  watch(file, {packet, stream});
  return closed_in_order;
}

class Invariants : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && !has_corpus()) GTEST_SKIP() << no_corpus();
  }
  static std::vector<std::filesystem::path> files() { return GetParam() ? foreign_captures() : our_captures(); }
};

TEST_P(Invariants, EachStateFollowsFromTheOneBefore) {
  int packets = 0;
  for (const auto& file : files()) {
    Steps steps;
    watch(file, {.packet = [&](const Observation& seen) {
            if (!seen.tcp) return;
            const auto place = fmt::format("{}, packet {}", corpus_name(file), seen.packet.frame);
            EXPECT_EQ(steps.breaks(seen), "") << place;
            EXPECT_EQ(steps.lacks_proof(seen), "") << place;
          }});
    packets += steps.packets;
  }
  EXPECT_GT(packets, 1000);
}

TEST_P(Invariants, BytesAreTheNumbersThatWereSeen) {
  int compared = 0;
  for (const auto& file : files())
    for (const auto& [stream, bytes] : bytes_of(file)) {
      if (uncounted.has(corpus_name(file), stream)) continue;
      ++compared;
      EXPECT_EQ(bytes.told, bytes.seen) << corpus_name(file) << ", stream " << stream;
    }
  EXPECT_GT(compared, 10);
  fmt::print("{} conversations\n", compared);
}

TEST_P(Invariants, WhoHasClosedInOrderHasEnded) {
  int closed_in_order = 0;
  for (const auto& file : files()) closed_in_order += expect_ended(file);
  EXPECT_GT(closed_in_order, 10);
  fmt::print("{} conversations closed in order\n", closed_in_order);
}

TEST_P(Invariants, NoTwoSentencesExcludeEachOther) {
  Contradictions contradictions;
  for (const auto& file : files())
    watch(file, {.packet = [&](const Observation& seen) {
            EXPECT_EQ(contradictions.of(seen), "") << corpus_name(file) << ", packet " << seen.packet.frame;
          }});
}

INSTANTIATE_TEST_SUITE_P(Of, Invariants, testing::Bool(),
                         [](const auto& it) { return std::string(it.param ? "ForeignCaptures" : "OurCaptures"); });

}  // namespace
}  // namespace echolab::test
