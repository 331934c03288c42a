// Which states of both ends can meet. The table is held against a model of RFC 9293 that nobody here wrote (TLA+,
// github.com/tlaplus/Examples, specifications/tcp), and what is inferred of captures, and what the kernel says of its
// own ends, against the table.
#include "tests/judges/joint_states.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <map>

#include "tests/judges/captures.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using enum State;

// The model's, explored twice by others: of 66 pairs these 25.
const Pairs model = {
    {closed, closed},           {closed, listen},           {closed, syn_sent},        {closed, syn_received},
    {closed, fin_wait_1},       {closed, closing},          {closed, last_ack},        {closed, time_wait},
    {listen, syn_sent},         {syn_sent, syn_received},   {syn_sent, fin_wait_1},    {syn_received, established},
    {syn_received, fin_wait_1}, {established, established}, {established, fin_wait_1}, {fin_wait_1, fin_wait_1},
    {fin_wait_1, close_wait},   {fin_wait_1, closing},      {fin_wait_1, last_ack},    {fin_wait_2, close_wait},
    {fin_wait_2, last_ack},     {closing, closing},         {closing, time_wait},      {last_ack, time_wait},
    {time_wait, time_wait},
};

// With two SYNs that cross nobody listens, and both ends pass SYN_RECEIVED (RFC 9293, 3.5, figure 7). The rest is the
// same.
Pairs of_a_simultaneous_open() {
  Pairs pairs = model;
  pairs.erase({closed, listen});
  pairs.erase({listen, syn_sent});
  pairs.insert({syn_sent, syn_sent});
  pairs.insert({syn_received, syn_received});
  return pairs;
}

std::string differences(const Pairs& ours, const Pairs& theirs) {
  std::string told;
  for (const Pair& pair : ours)
    if (!theirs.contains(pair)) told += to_string(pair) + ": the table alone\n";
  for (const Pair& pair : theirs)
    if (!ours.contains(pair)) told += to_string(pair) + ": the model alone\n";
  return told;
}

TEST(JointStates, OfOneActiveOpenAreThoseOfThePublicModel) {
  ASSERT_EQ(model.size(), 25u);
  for (const Acks acks : {Acks::prompt, Acks::delayed})
    EXPECT_EQ(differences(pairs_that_can_meet(Opening::by_one, acks), model), "");
}

TEST(JointStates, OfASimultaneousOpenHaveNoListener) {
  for (const Acks acks : {Acks::prompt, Acks::delayed})
    EXPECT_EQ(differences(pairs_that_can_meet(Opening::by_both, acks), of_a_simultaneous_open()), "");
}

TEST(JointStates, AnEndThatKnowsOfAFinMeetsNobodyWhoSentNone) {
  for (const Opening opening : {Opening::by_one, Opening::by_both}) {
    const Pairs pairs = pairs_that_can_meet(opening, Acks::delayed);
    EXPECT_FALSE(pairs.contains({established, close_wait}));
    EXPECT_FALSE(pairs.contains({established, fin_wait_2}));
    EXPECT_FALSE(pairs.contains({close_wait, close_wait}));
  }
}

// Captures in which nothing got lost, changed order or came twice, and without RST.

struct Met {
  std::uint64_t frame;
  Pair pair;
};

/// One conversation: what its ends came to, and whether its line was as good as the model's.
class Trace {
 public:
  void take(const Observation& seen) {
    const Segment& segment = std::get<Segment>(seen.decoded);
    const std::size_t from = seen.stream->from == Side::client ? 0 : 1;
    if (seen.stream->packet == 1) clean_ = segment.flags.syn() && !segment.flags.ack();
    if (seen.stream->client == seen.stream->server) clean_ = false;  // of a self-connect both ends are one
    follow(segment, from);
    if (segment.flags.syn() && !segment.flags.ack()) calls_[from] = true;
    const TcpView& tcp = *seen.tcp;
    const auto& [sender, receiver] = from == 0 ? std::pair(tcp.client, tcp.server) : std::pair(tcp.server, tcp.client);
    met_.push_back({seen.packet.frame, {sender.before, receiver.before}});  // as time alone has left them
    met_.push_back({seen.packet.frame, {sender.after, receiver.before}});   // sent
    met_.push_back({seen.packet.frame, {sender.after, receiver.after}});    // delivered
  }
  void is_disturbed() { clean_ = false; }

  bool clean() const { return clean_ && calls_[0]; }
  Opening opening() const { return calls_[1] ? Opening::by_both : Opening::by_one; }
  const std::vector<Met>& met() const { return met_; }

 private:
  /// Its numbers go on where its sender's last segment ended, but for the SYN,ACK of an end that has called, too; and
  /// it acknowledges nothing that was not sent.
  void follow(const Segment& segment, std::size_t from) {
    const auto& next = next_[from];
    const auto& peers = next_[1 - from];
    const std::uint32_t syn_again = segment.flags.syn() && calls_[from];
    const bool in_order = next ? segment.seq + syn_again == *next : segment.flags.syn();
    const bool possible = !segment.flags.ack() || (peers && static_cast<std::int32_t>(*peers - segment.ack) >= 0);
    if (segment.flags.rst() || !in_order || !possible) clean_ = false;
    next_[from] = segment.seq + segment.sequence_length();
  }

  bool clean_ = false;
  std::array<bool, 2> calls_{};
  std::array<std::optional<std::uint32_t>, 2> next_;
  std::vector<Met> met_;
};

std::map<std::uint64_t, Trace> clean_traces(const std::filesystem::path& file) {
  std::map<std::uint64_t, Trace> traces;
  watch(file, {.packet = [&](const Observation& seen) {
          if (seen.tcp)
            traces[seen.stream->number].take(seen);
          else if (seen.stream && seen.stream->protocol == Protocol::tcp)
            traces[seen.stream->number].is_disturbed();  // an ICMP error
        }});
  std::erase_if(traces, [](const auto& it) { return !it.second.clean(); });
  return traces;
}

/// Of a simultaneous open the first SYN does not tell that the other end listens to nobody.
Pairs allowed(Opening opening) {
  Pairs pairs = pairs_that_can_meet(opening, Acks::delayed);
  if (opening == Opening::by_both) pairs.insert({{closed, listen}, {listen, syn_sent}});
  return pairs;
}

struct Count {
  int traces = 0, simultaneous = 0;
};

void expect_possible_pairs(const std::filesystem::path& file, Count& count) {
  for (const auto& [stream, trace] : clean_traces(file)) {
    const Pairs pairs = allowed(trace.opening());
    ++count.traces;
    count.simultaneous += trace.opening() == Opening::by_both;
    for (const Met& met : trace.met())
      EXPECT_TRUE(pairs.contains(met.pair))
          << corpus_name(file) << ", stream " << stream << ", packet " << met.frame << ": " << to_string(met.pair);
  }
}

TEST(JointStates, OfOurOwnCleanTracesCanMeet) {
  Count count;
  for (const auto& file : our_captures()) expect_possible_pairs(file, count);
  fmt::print("{} clean traces, {} of a simultaneous open\n", count.traces, count.simultaneous);
  EXPECT_GT(count.traces, 10);
  EXPECT_GT(count.simultaneous, 0);
}

TEST(JointStates, OfForeignCleanTracesCanMeet) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  Count count;
  for (const auto& file : corpus_files()) expect_possible_pairs(file, count);
  fmt::print("{} clean traces, {} of a simultaneous open\n", count.traces, count.simultaneous);
  EXPECT_GT(count.traces, 100);
}

/// Whatever got lost: what the ends' own packets show of both, they were in at once. Only an RST ends one end alone.
int expect_possible_where_seen(const std::filesystem::path& file, const Pairs& pairs) {
  std::set<std::uint64_t> reset;
  int seen_both = 0;
  watch(file, {.packet = [&](const Observation& seen) {
          if (!seen.tcp || seen.stream->client == seen.stream->server) return;
          const SideChange &client = seen.tcp->client, &server = seen.tcp->server;
          if (std::get<Segment>(seen.decoded).flags.rst()) reset.insert(seen.stream->number);
          if (client.certainty != Certainty::seen || server.certainty != Certainty::seen ||
              reset.contains(seen.stream->number))
            return;
          ++seen_both;
          const Pair pair(client.after, server.after);
          EXPECT_TRUE(pairs.contains(pair))
              << corpus_name(file) << ", packet " << seen.packet.frame << ": " << to_string(pair);
        }});
  return seen_both;
}

Pairs of_any_opening() {
  Pairs pairs = pairs_that_can_meet(Opening::by_one, Acks::delayed);
  pairs.merge(pairs_that_can_meet(Opening::by_both, Acks::delayed));
  return pairs;
}

TEST(JointStates, ThatPacketsShowCanMeetOnABadLineToo) {
  const Pairs pairs = of_any_opening();
  int seen = 0;
  for (const auto& file : our_captures()) seen += expect_possible_where_seen(file, pairs);
  EXPECT_GT(seen, 500);
}

TEST(JointStates, ThatForeignPacketsShowCanMeetOnABadLineToo) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  const Pairs pairs = of_any_opening();
  int seen = 0;
  for (const auto& file : foreign_captures()) seen += expect_possible_where_seen(file, pairs);
  EXPECT_GT(seen, 10'000);
}

// The kernel's own word judges the model.
TEST(JointStates, OfTheKernelsOwnWordCanMeet) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  std::map<std::string_view, State> by_name;
  for (int i = 0; i < state_count; ++i) by_name[to_string(static_cast<State>(i))] = static_cast<State>(i);
  int compared = 0;
  for (const auto& file : corpus_files("kernel-live")) {
    const Table table(oracle_path(file, "kernel"));
    std::set<std::uint64_t> frames;
    for (const auto& [stream, trace] : clean_traces(file))
      for (const Met& met : trace.met())
        if (trace.opening() == Opening::by_one) frames.insert(met.frame);
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto one = by_name.find(table.at(row, "src_observable_rfc")),
                 other = by_name.find(table.at(row, "dst_observable_rfc"));
      if (!frames.contains(std::stoull(std::string(table.at(row, "frame")))) || one == by_name.end() ||
          other == by_name.end())
        continue;
      ++compared;
      const Pair pair(one->second, other->second);
      EXPECT_TRUE(model.contains(pair)) << corpus_name(file) << ", packet " << table.at(row, "frame") << ": "
                                        << to_string(pair);
    }
  }
  fmt::print("{} packets\n", compared);
  EXPECT_GT(compared, 50);
}

}  // namespace
}  // namespace echolab::test
