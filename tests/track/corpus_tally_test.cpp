// Round trips and times in states over the whole corpus, reckoned a second time from the packets' own times.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using std::chrono::nanoseconds;

/// A conversation as its packets tell it one by one.
struct Told {
  std::vector<Time> syns, syn_acks;  // of the client, of the server
  std::optional<Time> ack;           // the client's first segment without SYN after a SYN,ACK
  bool is_plain = true;              // its handshake is none of the odd ones
  std::map<std::pair<Side, State>, nanoseconds> stays;
  std::map<Side, State> now;
  Time last{};
  bool took_back = false, time_stood = true, waited_long = false;

  void hear(const Observation& seen);
  void count_time(const Observation& seen);
};

void Told::hear(const Observation& seen) {
  const auto& segment = std::get<Segment>(seen.decoded);
  const bool client = seen.stream->from == Side::client;
  const Time at = seen.packet.time;
  if (segment.flags.rst() || (segment.flags.syn() && segment.flags.ack() == client)) is_plain = is_plain && ack;
  if (!ack && segment.flags.syn()) (client ? syns : syn_acks).push_back(at);
  if (!ack && client && !segment.flags.syn() && segment.flags.ack() && !syn_acks.empty()) {
    ack = at;
    is_plain = is_plain && seen.tcp->ack >= 1 && seen.tcp->is_step(Step::ack);
  }
  count_time(seen);
}

void Told::count_time(const Observation& seen) {
  const Time at = seen.packet.time;
  for (const auto& [side, state] : now) {
    if (at > last) stays[{side, state}] += at - last;
    time_stood = time_stood && at >= last;
    const State before = side == Side::client ? seen.tcp->client.before : seen.tcp->server.before;
    waited_long = waited_long || before != state;  // TIME_WAIT ended between two packets
  }
  const auto* answer = seen.tcp->findings.find<finding::ResetAnswers>();
  took_back = took_back || !seen.tcp->take_backs().empty() || (answer && answer->believed != answer->truth);
  now = {{Side::client, seen.tcp->client.after}, {Side::server, seen.tcp->server.after}};
  last = at;
}

struct Counts {
  int round_trips = 0, doubtful = 0, stays = 0, taken_back = 0;
};

void compare(const std::filesystem::path& file, Counts& counts) {
  std::map<std::uint64_t, Told> told;
  Observer observer([&](const StreamSummary& stream) {
    if (stream.protocol != Protocol::tcp) return;
    const Told& story = told.at(stream.number);
    SCOPED_TRACE(fmt::format("{}, stream {}", corpus_name(file), stream.number));
    const auto& trip = stream.round_trip;
    if (story.is_plain && story.syns.size() == 1 && story.syn_acks.size() == 1 && story.ack &&
        story.syns[0] <= story.syn_acks[0] && story.syn_acks[0] <= *story.ack) {
      ++counts.round_trips;
      EXPECT_EQ(trip.to_server, story.syn_acks[0] - story.syns[0]);
      EXPECT_EQ(trip.initial(), *story.ack - story.syns[0]);
    }
    if (story.syn_acks.size() > 1 && trip.to_client) ++counts.doubtful;
    nanoseconds sum{};
    for (const nanoseconds time : stream.client_times.lasted) sum += time;
    if (story.time_stood) {
      EXPECT_LE(sum, stream.last - stream.first);
    }
    counts.taken_back += story.took_back;
    if (story.took_back || !story.time_stood || story.waited_long) return;
    for (const auto& [key, time] : story.stays) {
      if (key.second == State::closed || key.second == State::listen) continue;
      ++counts.stays;
      const StateTimes& times = key.first == Side::client ? stream.client_times : stream.server_times;
      EXPECT_EQ(times.of(key.second), time) << to_string(key.first) << " in " << to_string(key.second);
    }
  });
  auto opened = PacketSource::open_file(file, "");
  if (auto* source = std::get_if<PacketSource>(&opened)) {
    while (const auto packet = source->next()) {
      const Observation seen = observer.observe(*packet, decode(*packet));
      if (seen.tcp) told[seen.stream->number].hear(seen);
    }
  }
  observer.finish();
}

TEST(CorpusTally, ReckonsRoundTripsAndStaysAsThePacketsTimesDo) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  Counts counts;
  for (const auto& file : corpus_files()) compare(file, counts);
  EXPECT_GT(counts.round_trips, 350);
  EXPECT_GT(counts.stays, 2000);
  RecordProperty("round_trips", counts.round_trips);
  RecordProperty("doubtful", counts.doubtful);
  RecordProperty("stays", counts.stays);
  RecordProperty("taken_back", counts.taken_back);
}

}  // namespace
}  // namespace echolab::test
