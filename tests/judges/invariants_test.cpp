// What holds of every packet of every capture, whatever it shows: no state changes without a rule, a take-back or a
// proof that has a name; a conversation's bytes are the numbers that were seen; who has closed in order has ended.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <map>

#include "tests/judges/captures.hpp"
#include "tests/judges/numbers.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using enum State;

/// A conversation of a file: where a message or an exception is about.
struct Place {
  std::string file;
  std::uint64_t stream = 0, frame = 0;
};

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.file << ", stream " << place.stream << ", packet " << place.frame;
}

constexpr std::array sides{Side::client, Side::server};
std::size_t index(Side side) { return static_cast<std::size_t>(side); }
const SideChange& change(const TcpView& tcp, Side side) { return side == Side::client ? tcp.client : tcp.server; }
const Segment& segment_of(const Observation& seen) { return std::get<Segment>(seen.decoded); }
/// Of a self-connect both ends are one.
bool is_self_connected(const Observation& seen) { return seen.stream->client == seen.stream->server; }

// 1: a state is what the last packet left, but for what time does and for a new attempt

struct Left {
  State state;
  Time since;  // it has been so
};

class Continuity {
 public:
  explicit Continuity(std::string file) : file_(std::move(file)) {}
  void take(const Observation& seen) {
    for (const Side side : sides) {
      auto [left, first] = left_.try_emplace({seen.stream->number, side});
      const SideChange& now = change(*seen.tcp, side);
      if (!first && now.before != left->second.state) expect_named(seen, side, left->second);
      if (first || now.after != left->second.state) left->second.since = seen.packet.time;
      left->second.state = now.after;
      ++packets;
    }
  }
  int packets = 0, waited = 0, tried_again = 0;

 private:
  void expect_named(const Observation& seen, Side side, const Left& left) {
    const TcpFlags flags = segment_of(seen).flags;
    const State before = change(*seen.tcp, side).before;
    const bool over =
        left.state == time_wait && before == closed && seen.packet.time - left.since > std::chrono::seconds(60);
    const bool again = flags.syn() && !flags.ack() && (before == closed || before == listen);  // see is_retried_by
    EXPECT_TRUE(over || again) << Place{file_, seen.stream->number, seen.packet.frame} << ": the " << to_string(side)
                               << " was left in " << to_string(left.state) << " and begins in " << to_string(before);
    waited += over;
    tried_again += !over && again;
  }

  std::string file_;
  std::map<std::pair<std::uint64_t, Side>, Left> left_;
};

// 2: each change is a row of the table, a belief taken back, or one of these proofs

struct Step {
  const Observation& seen;
  Side side;
  State from, to;
  TcpFlags flags() const { return segment_of(seen).flags; }
  bool own() const { return side == seen.stream->from; }
  bool acknowledges() const { return own() && flags().ack() && !flags().syn() && !flags().rst(); }
};

struct Proof {
  std::string_view name;
  bool (*shows)(const Step&);
};

const std::vector<Proof> proofs = {
    {"the capture joined late: packet by packet fewer states are left",
     [](const Step& it) { return it.from == unknown; }},
    {"it acknowledges a SYN,ACK that the capture lacks, or had not: it had arrived",
     [](const Step& it) { return it.from == syn_sent && it.to == established && it.acknowledges(); }},
    {"its peer acknowledges its SYN,ACK, which the capture lacks",
     [](const Step& it) { return it.from == listen && it.to == syn_received && !it.own() && it.flags().ack(); }},
    {"it sends what nobody sends before SYN and SYN,ACK, which the capture lacks",
     [](const Step& it) { return it.from == listen && it.to == established && it.acknowledges(); }},
    {"it answers the SYN for an older connection (RFC 9293, 3.10.7.4)",
     [](const Step& it) { return it.from == listen && it.to == unknown && it.seen.notes.has(Note::challenge_ack); }},
    {"it acknowledges more than a SYN, or sends data: the third packet had arrived",
     [](const Step& it) { return it.from == syn_received && it.to == established && it.acknowledges(); }},
    {"who sends a SYN did not listen",
     [](const Step& it) { return it.from == listen && it.to == closed && it.own() && it.flags().syn(); }},
    {"its SYN stands behind its answer in the capture",
     [](const Step& it) { return it.to == closed && it.seen.tcp->findings.has<finding::AnsweredBefore>(); }},
};

/// Walks from `before` to `after` of one end, and asks for a proof wherever neither a rule nor a take-back leads on.
class Walk {
 public:
  Walk(const Observation& seen, Side side, std::map<std::string_view, int>& used)
      : seen_(seen), side_(side), used_(used), state_(change(*seen.tcp, side).before) {}

  std::string lacks_proof() {
    for (const TakeBack& back : seen_.tcp->take_backs())
      if (back.side == side_) go_on(back.believed, back.truth);
    for (const Firing& firing : seen_.tcp->firings())
      if (firing.side == side_) go_on(firing.rule->from, firing.rule->to);
    const State after = change(*seen_.tcp, side_).after;
    go_on(after, after);
    return lacks_;
  }

 private:
  void go_on(State from, State to) {
    if (from != state_) prove(from);
    state_ = to;
  }
  void prove(State to) {
    const Step step{seen_, side_, state_, to};
    for (const Proof& proof : proofs) {
      if (!proof.shows(step)) continue;
      ++used_[proof.name];
      return;
    }
    lacks_ += fmt::format("{} to {}; ", to_string(state_), to_string(to));
  }

  const Observation& seen_;
  Side side_;
  std::map<std::string_view, int>& used_;
  State state_;
  std::string lacks_;
};

void expect_proofs(const std::filesystem::path& file, std::map<std::string_view, int>& used) {
  watch(file, {.packet = [&](const Observation& seen) {
          if (!seen.tcp || is_self_connected(seen)) return;
          for (const Side side : sides)
            EXPECT_EQ(Walk(seen, side, used).lacks_proof(), "")
                << Place{corpus_name(file), seen.stream->number, seen.packet.frame} << ": the " << to_string(side);
        }});
}

// 3: a conversation's bytes are the numbers that were seen and not refused

/// Whether its receiver drops it, or it carries a byte only to be answered.
bool is_refused(const Observation& seen) {
  return segment_of(seen).flags.rst() ||
         seen.notes.has_any_of({Note::illegal_flags, Note::keep_alive, Note::zero_window_probe});
}

using Bytes = std::array<std::uint64_t, 2>;
struct BytesOf {
  Bytes told{}, seen{};
};

std::map<std::uint64_t, BytesOf> bytes_of(const std::filesystem::path& file) {
  std::map<std::uint64_t, std::array<Numbers, 2>> numbers;
  std::map<std::uint64_t, BytesOf> bytes;
  const auto packet = [&](const Observation& seen) {
    if (!seen.tcp || is_refused(seen)) return;
    const Segment& segment = segment_of(seen);
    const Side from = is_self_connected(seen) ? Side::client : seen.stream->from;
    numbers[seen.stream->number][index(from)].add(segment.seq, segment.flags.syn(), segment.payload_length);
  };
  const auto stream = [&](const StreamSummary& summary) {
    if (summary.protocol != Protocol::tcp) return;
    const auto& seen = numbers[summary.number];
    bytes[summary.number] = {{summary.bytes_client, summary.bytes_server}, {seen[0].count(), seen[1].count()}};
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
const std::string_view two_isns = "counted from the SYN,ACK that nobody acknowledged (H1)";

const Exceptions uncounted({
    {"line/slow-reader-delay.pcap", 1, older},
    {"pcapplusplus/PacketppTest__doipPackets.pcapng", 0, older},
    {"files/late_fill_not_counted.pcap", 0, "bytes that fill a hole late (H11)"},
    {"pcapplusplus-fuzz/clusterfuzz-testcase-minimized-FuzzTarget-5165538295939072.bin", 0,
     "the payload of a SYN with FIN, which its receiver drops (H25)"},
    {"files/concat_twice.pcap", 0, "a late copy of the SYN makes a new attempt (H4)"},
    {"files/e2_cookie_isn_low.pcap", 0, two_isns},
    {"files/synack_other_isn.pcap", 0, two_isns},
    {"files/y_reuse_data.pcap", 1, "data of the connection before (H5)"},
});

const std::string_view not_yet = "what had not arrived yet is not believed to arrive later (H10)";

Exceptions not_ended() {
  std::vector<Exception> all{
      {"tcpdump/ssh.pcap", 0, not_yet},
      {"zeek/ssl-and-ssh-using-sslh.pcap", 1, not_yet},
      {"files/takeback_lastack_stays.pcap", 0, not_yet},
      {"files/e2_cookie_isn_low.pcap", 0, two_isns},
      {"files/synack_other_isn.pcap", 0, two_isns},
      {"files/synack_new_connection_same_ports.pcap", 0, "a SYN,ACK of a new connection (H12)"},
  };
  for (std::uint64_t stream = 0; stream <= 12; ++stream) all.push_back({"zeek/mysql__auth.pcap", stream, not_yet});
  return Exceptions(all);
}

// 4: who has closed in order has ended

struct Closing {
  std::array<Numbers, 2> numbers;
  std::array<std::optional<std::int64_t>, 2> fin_end, acknowledged;  // of each side's own FIN; by its peer
  bool in_order = true;

  void take(const Observation& seen) {
    const Segment& segment = segment_of(seen);
    const std::size_t from = index(seen.stream->from);
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

int expect_ended(const std::filesystem::path& file, const Exceptions& exceptions) {
  std::map<std::uint64_t, Closing> closings;
  int closed_in_order = 0;
  const auto packet = [&](const Observation& seen) {
    if (seen.tcp) closings[seen.stream->number].take(seen);
  };
  const auto stream = [&](const StreamSummary& summary) {
    if (summary.protocol != Protocol::tcp || !closings[summary.number].both_acknowledged()) return;
    ++closed_in_order;
    if (exceptions.has(corpus_name(file), summary.number)) return;
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

TEST_P(Invariants, AStateIsWhatTheLastPacketLeft) {
  int packets = 0, waited = 0, tried_again = 0;
  for (const auto& file : files()) {
    Continuity continuity(corpus_name(file));
    watch(file, {.packet = [&](const Observation& seen) {
            if (seen.tcp) continuity.take(seen);
          }});
    packets += continuity.packets, waited += continuity.waited, tried_again += continuity.tried_again;
  }
  EXPECT_GT(packets, 1000);
  fmt::print("{} packets; TIME_WAIT ended {} times, {} ends began again\n", packets, waited, tried_again);
}

TEST_P(Invariants, EachChangeIsARuleATakeBackOrANamedProof) {
  std::map<std::string_view, int> used;
  for (const auto& file : files()) expect_proofs(file, used);
  for (const auto& [name, count] : used) fmt::print("{:4} {}\n", count, name);
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
  for (const auto& file : files()) closed_in_order += expect_ended(file, not_ended());
  EXPECT_GT(closed_in_order, 10);
  fmt::print("{} conversations closed in order\n", closed_in_order);
}

INSTANTIATE_TEST_SUITE_P(Of, Invariants, testing::Bool(),
                         [](const auto& it) { return std::string(it.param ? "ForeignCaptures" : "OurCaptures"); });

}  // namespace
}  // namespace echolab::test
