// The same packets told in other ways end in the same states: each frame twice, and a capture that begins in the
// middle.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

struct Frame {
  Packet packet;
  Bytes bytes;
};

std::vector<Frame> frames_of(const std::filesystem::path& file) {
  std::vector<Frame> frames;
  auto opened = PacketSource::open_file(file, "");
  if (auto* source = std::get_if<PacketSource>(&opened))
    while (const auto packet = source->next())
      frames.push_back({*packet, Bytes(packet->bytes.begin(), packet->bytes.end())});
  return frames;
}

void observe(Observer& observer, const Frame& frame, std::uint64_t number) {
  Packet packet = frame.packet;
  packet.frame = number;
  packet.bytes = frame.bytes;
  observer.observe(packet, decode(packet));
}

using Streams = std::vector<StreamSummary>;

/// The TCP conversations of frames first, first + 1, ..., each of them `copies` times.
Streams streams_of(const std::vector<Frame>& frames, std::size_t first = 0, int copies = 1) {
  Streams streams;
  Observer observer([&](const StreamSummary& stream) {
    if (stream.protocol == Protocol::tcp) streams.push_back(stream);
  });
  std::uint64_t number = 0;
  for (std::size_t i = first; i < frames.size(); ++i)
    for (int copy = 0; copy < copies; ++copy) observe(observer, frames[i], ++number);
  observer.finish();
  std::ranges::sort(streams, {}, &StreamSummary::number);
  return streams;
}

std::string told(const StreamSummary& stream) {
  const auto end = [](State state, Certainty certainty) {
    return fmt::format("{} ({})", to_string(state), to_string(certainty));
  };
  return fmt::format("{} {}, {} {}", to_string(stream.client), end(stream.client_state, stream.client_certainty),
                     to_string(stream.server), end(stream.server_state, stream.server_certainty));
}

bool same_states(const StreamSummary& a, const StreamSummary& b) {
  return a.client == b.client && a.server == b.server && a.client_state == b.client_state &&
         a.server_state == b.server_state;
}

bool same_bytes(const StreamSummary& a, const StreamSummary& b) {
  return a.bytes_client == b.bytes_client && a.bytes_server == b.bytes_server;
}

bool is_seen(const StreamSummary& stream) {
  return stream.client_certainty == Certainty::seen || stream.server_certainty == Certainty::seen;
}

// What holds of a doubled conversation: with its SYN in the capture it ends in the same states; with its handshake, in
// the same bytes, too. One that the capture joined late may end otherwise, where the second copy of a FIN is taken for
// a proof that the first got lost; but then nothing of it is called seen.
TEST(Differential, EachFrameTwiceEndsInTheSameStates) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  int same = 0, joined_late_and_other = 0;
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    const auto frames = frames_of(file);
    const auto once = streams_of(frames), twice = streams_of(frames, 0, 2);
    ASSERT_EQ(twice.size(), once.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
      const auto& [a, b] = std::pair(once[i], twice[i]);
      const auto difference = "once:  " + told(a) + "\ntwice: " + told(b);
      const bool joined_late = a.handshake == StreamSummary::Handshake::unseen;
      EXPECT_TRUE(same_states(a, b) || (joined_late && !is_seen(b))) << difference;
      if (a.handshake == StreamSummary::Handshake::complete) {
        EXPECT_TRUE(same_bytes(a, b)) << difference;
      }
      ++(same_states(a, b) ? same : joined_late_and_other);
    }
  }
  EXPECT_GT(same, 0);
  EXPECT_LE(joined_late_and_other, 4);
  fmt::print("{} conversations the same, {} joined late and other\n", same, joined_late_and_other);
}

/// One side of the last conversation between two ends.
struct End {
  State state;
  Certainty certainty;
};

std::map<std::pair<Endpoint, Endpoint>, End> last_ends(const Streams& streams) {
  std::map<std::pair<Endpoint, Endpoint>, End> ends;
  for (const StreamSummary& s : streams) {
    ends[{s.client, s.server}] = {s.client_state, s.client_certainty};
    ends[{s.server, s.client}] = {s.server_state, s.server_certainty};
  }
  return ends;
}

/// What the second of two files alone says of an end, beside what the whole capture says.
struct Tally {
  int same = 0, unknown = 0, other_but_assumed = 0, other_and_seen = 0;
};

// What holds of the second of two files alone, for every cut of every capture: an end whose state it calls seen is in
// that state by the whole capture, too. The rest it calls assumed, or unknown.
TEST(Differential, TheSecondHalfOfACaptureEndsInTheSameStatesWhereItProvesThem) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  constexpr std::size_t longest = 120;  // frames: every cut of a file is run to its end
  Tally tally;
  for (const auto& file : corpus_files()) {
    const auto frames = frames_of(file);
    if (frames.size() > longest) continue;
    const auto whole = last_ends(streams_of(frames));
    for (std::size_t cut = 1; cut < frames.size(); ++cut) {
      for (const auto& [sides, end] : last_ends(streams_of(frames, cut))) {
        const State truth = whole.at(sides).state;
        if (end.state == truth) {
          ++tally.same;
        } else if (end.state == State::unknown) {
          ++tally.unknown;
        } else if (end.certainty != Certainty::seen) {
          ++tally.other_but_assumed;
        } else {
          ++tally.other_and_seen;
          ADD_FAILURE() << corpus_name(file) << " cut behind packet " << cut << ": " << to_string(sides.first) << " is "
                        << to_string(end.state) << ", seen; in the whole capture " << to_string(truth);
        }
      }
    }
  }
  EXPECT_GT(tally.same, 0);
  fmt::print("{} the same, {} unknown, {} other and assumed, {} other and seen\n", tally.same, tally.unknown,
             tally.other_but_assumed, tally.other_and_seen);
}

}  // namespace
}  // namespace echolab::test
