// H1 to H14: states, streams and bytes of captures that nobody here recorded. Each kind is a conversation of its own;
// the files that showed it first are read where they are at hand.
#include <gmock/gmock.h>

#include <array>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "tests/notation/notation.hpp"
#include "tests/support/cases.hpp"
#include "tests/track/talk.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;
using Handshake = StreamSummary::Handshake;

constexpr auto seen = Certainty::seen, assumed = Certainty::assumed;

/// A whole file, as the tracker tells it.
struct Told {
  std::vector<TcpView> packets;
  std::vector<NoteSet> notes;
  std::vector<StreamSummary> streams;

  explicit Told(const std::string& file) {
    Observer observer([this](const StreamSummary& it) { streams.push_back(it); });
    auto opened = PacketSource::open_file(case_file(file), "");
    while (const auto packet = std::get<PacketSource>(opened).next()) {
      const Observation it = observer.observe(*packet, decode(*packet));
      packets.push_back(it.tcp.value_or(TcpView{}));
      notes.push_back(it.notes);
    }
    observer.finish();
  }
  bool noted(Note note) const {
    return std::ranges::any_of(notes, [note](NoteSet it) { return it.has(note); });
  }
};

MATCHER_P2(ends_in, client, server,
           "ends in " + std::string(to_string(client)) + ", " + std::string(to_string(server))) {
  *result_listener << to_string(arg.client_state) << ", " << to_string(arg.server_state);
  return arg.client_state == client && arg.server_state == server;
}

Talk closed_by_server() {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:6(5) ack 6");
  talk.server("F. 6:6(0) ack 6");
  talk.client("F. 6:6(0) ack 7");
  talk.server(".  7:7(0) ack 7");
  return talk;
}

// H1: the numbers begin at the SYN,ACK that the client acknowledges.

TEST(FaultH1, ASynAckOfAnotherIsnIsTakenWhereTheFirstOneGotLost) {
  for (const std::string isn : {"90000", "4294877296"}) {  // higher, lower
    const auto behind = std::to_string(static_cast<std::uint32_t>(std::stoul(isn) + 1));
    Talk talk;
    talk.client("S  0:0(0)");
    talk.server("S. 0:0(0) ack 1");
    talk.wait(1s).client("S  0:0(0)");
    talk.server("S. " + isn + ":" + isn + "(0) ack 1");
    EXPECT_EQ(talk.frame<finding::OtherIsn>(), 2u);
    talk.client(".  1:1(0) ack " + behind);
    EXPECT_EQ(talk.last().tcp->ack, 1u);
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
    talk.server("P. " + behind + ":" + std::to_string(static_cast<std::uint32_t>(std::stoul(behind) + 5)) +
                "(5) ack 1");
    EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
    EXPECT_EQ(talk.finish().at(0).bytes_server, 5u);
    EXPECT_EQ(talk.finish().at(0).handshake, Handshake::complete);
  }
}

TEST(FaultH1, ASynAckOfAnotherIsnBehindTheAnswerIsChallenged) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.server("S. 70000:70000(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client(".  1:1(0) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::challenge_ack));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, noted(Note::challenge_ack));
  talk.server("P. 1:6(5) ack 1");
  EXPECT_EQ(talk.finish().at(0).bytes_server, 5u);
  EXPECT_EQ(talk.finish().at(0).missed_server, 0u);
}

TEST(FaultH1, TheClientsAckChoosesBetweenTwoSynAcks) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.server("S. 70000:70000(0) ack 1");
  talk.client(".  1:1(0) ack 70001");
  EXPECT_EQ(talk.last().tcp->ack, 1u);
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  talk.server("P. 70001:70006(5) ack 1");
  EXPECT_EQ(talk.last().tcp->seq, 1u);
  EXPECT_EQ(talk.finish().at(0).bytes_server, 5u);
}

TEST(FaultH1, TwoSynAcksShowThatTwoSynsHaveArrived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.wait(1s).client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_EQ(talk.frame<finding::NeverDelivered>(), 1u);
  talk.server("S. 70000:70000(0) ack 1");
  EXPECT_EQ(talk.frame<finding::ArrivedAfterAll>(), 1u);
}

TEST(FaultH1, AnAnswerWithoutTimestampsDoesNotTellWhichSynItAnswers) {
  Talk talk;
  talk.client("S  0:0(0) win 65535 <TS val 100 ecr 0>");
  talk.wait(1s).client("S  0:0(0) win 65535 <TS val 1100 ecr 0>");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
}

TEST(FaultH1, TwoAnswersOfOneAddressInAForeignFile) {
  if (!has_case("synack_other_isn.pcap")) GTEST_SKIP() << no_case("synack_other_isn.pcap");
  const Told told("synack_other_isn.pcap");
  EXPECT_EQ(told.streams.at(0).handshake, Handshake::complete);
  EXPECT_EQ(told.streams.at(0).bytes_server, 206u);
  EXPECT_THAT(told.streams.at(0), ends_in(CLOSED, TIME_WAIT));
  EXPECT_FALSE(told.noted(Note::never_delivered));
}

// H2: RFC 9293, 3.5, figure 8.

TEST(FaultH2, AnOldDuplicateSynIsRecoveredFrom) {
  for (const std::string isn : {"100", "4294966519"}) {
    const auto behind = std::to_string(static_cast<std::uint32_t>(std::stoul(isn) + 1));
    Talk talk;
    talk.client("S  0:0(0)");
    talk.server("S. 0:0(0) ack 4242");  // it answers an old SYN
    talk.client("R  4242:4242(0)");
    EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
    talk.wait(1s).client("S  0:0(0)");
    talk.server("S. " + isn + ":" + isn + "(0) ack 1");
    EXPECT_EQ(talk.last().tcp->seq, 0u);
    talk.client(".  1:1(0) ack " + behind);
    EXPECT_EQ(talk.last().tcp->ack, 1u);
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  }
}

// H3: what stands late in the file tells of the beginning.

TEST(FaultH3, ASynBehindTheEndMovesNobody) {
  Talk talk;
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:6(5) ack 1");
  talk.server("R. 1:1(0) ack 6");
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_EQ(talk.last().tcp->seq, 0u);
}

TEST(FaultH3, ASynAckBehindTheEndMovesNobody) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client(".  1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  talk.server("R. 6:6(0) ack 1");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

// H4: the connection's own SYN again.

TEST(FaultH4, ALateCopyOfTheSynLeavesTimeWaitAndClosedAlone) {
  auto talk = closed_by_server();
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, in(CLOSED, TIME_WAIT));
  EXPECT_EQ(talk.last().stream->number, 0u);
  EXPECT_EQ(talk.finish().at(0).handshake, Handshake::complete);
}

TEST(FaultH4, OnlyASynAckOfANewIsnMakesItANewAttempt) {
  auto talk = closed_by_server();
  talk.client("S  0:0(0)");
  talk.server("S. 70000:70000(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client(".  1:1(0) ack 70001");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  talk.client("P. 1:6(5) ack 70001");
  EXPECT_EQ(talk.finish().at(0).bytes_client, 10u);
}

TEST(FaultH4, ASynInEstablishedIsAnsweredByAChallengeAck) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");
  talk.client("S  0:0(0)");
  talk.server(".  1:1(0) ack 6");
  EXPECT_THAT(talk, noted(Note::challenge_ack));
  EXPECT_FALSE(talk.last().notes.has(Note::duplicate_ack));
}

TEST(FaultH4, ACaptureAppendedToItselfHasTheSameBytes) {
  if (!has_case("concat_twice.pcap")) GTEST_SKIP() << no_case("concat_twice.pcap");
  const Told told("concat_twice.pcap");
  EXPECT_EQ(told.streams.size(), 1u);
  EXPECT_EQ(told.streams.at(0).bytes_client, 23u);
  EXPECT_EQ(told.streams.at(0).bytes_server, 73u);
  EXPECT_THAT(told.streams.at(0), ends_in(TIME_WAIT, CLOSED));
}

TEST(FaultH4, WhatWasSentBeforeTheEndTakesNoneBack) {
  auto talk = closed_by_server();  // the client is CLOSED, if the last ACK arrived
  talk.client(".  1:1(0) ack 1");  // an old one: it acknowledges less than its sender has
  EXPECT_THAT(talk, in(CLOSED, TIME_WAIT));
  EXPECT_EQ(talk.last().tcp->take_back_count, 0);
}

// H5: the old connection's segments, after its ports are used again.

Talk reused() {
  auto talk = closed_by_server();
  talk.renumber(3'000'000'000, 2'000'000'000);
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:4(3) ack 1");
  talk.server(".  1:1(0) ack 4");
  talk.renumber(1000, 5'000'000);
  return talk;
}

TEST(FaultH5, OldDataIsOfTheOldConnection) {
  auto talk = reused();
  talk.server("P. 1:6(5) ack 6");
  EXPECT_THAT(talk, noted(Note::old_connection));
  EXPECT_FALSE(talk.last().notes.has_any_of({Note::retransmission, Note::lost_segment, Note::out_of_order}));
  EXPECT_EQ(talk.last().tcp->seq, 1u) << "counted from the old SYN";
  EXPECT_EQ(talk.finish().at(1).bytes_server, 0u);
  EXPECT_EQ(talk.finish().at(1).missed_server, 0u);
}

TEST(FaultH5, AnOldFinAndAnOldRstMoveNothing) {
  for (const char* packet : {"F. 6:6(0) ack 6", "R  7:7(0)", "R. 7:7(0) ack 7"}) {
    auto talk = reused();
    talk.server(packet);
    EXPECT_THAT(talk, noted(Note::old_connection)) << packet;
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
    talk.renumber(3'000'000'000, 2'000'000'000);
    talk.client(".  4:4(0) ack 1");
    EXPECT_FALSE(talk.last().notes.has(Note::challenge_ack)) << packet;
  }
}

TEST(FaultH5, AnRstOutsideOfTheWindowIsDroppedInSilence) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");
  talk.server("R  900000:900000(0)");
  EXPECT_THAT(talk, noted(Note::reset_ignored));
  talk.client(".  6:6(0) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::challenge_ack));
}

TEST(FaultH5, ANewConnectionWithNumbersInTheOldRangeIsItself) {
  auto talk = closed_by_server();
  talk.renumber(1003, 5'000'003);
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::old_connection));
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
}

// H6: who has sent an RST is CLOSED.

TEST(FaultH6, WhatStandsBehindTheRstWasSentBeforeIt) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server("F. 1:1(0) ack 6");
  talk.client("R. 6:6(0) ack 2");
  talk.client(".  6:6(0) ack 2");
  EXPECT_FALSE(talk.last().notes.has(Note::duplicate_ack));
  EXPECT_EQ(talk.frame<finding::SentBefore>(), 6u);
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_THAT(talk, certain(seen, assumed));
}

TEST(FaultH6, AnRstThatStandsBeforeDataOfItsOwnEndHasEndedIt) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");
  talk.client("R. 11:11(0) ack 1");
  talk.client("P. 6:11(5) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_THAT(talk, certain(seen, assumed));
  talk.server(".  1:1(0) ack 11");  // it had the data first; the RST was on its way, or was dropped
  EXPECT_EQ(talk.client_state(), CLOSED);
}

// H7

TEST(FaultH7, AFinThatDoesNotAcknowledgeThePeersIsNoLastAck) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  2:2(0) ack 2");  // overtook the FIN below
  talk.server("F. 1:1(0) ack 1");
  EXPECT_EQ(talk.server_state(), CLOSING);
  EXPECT_THAT(talk, noted(Note::simultaneous_close));
  talk.client(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, TIME_WAIT));
}

// H8

TEST(FaultH8, AnEchoThatTheClientNeverSentIsRefused) {
  for (const char* forged :
       {"R. 1:1(0) ack 1 win 64240 <TS val 100 ecr 100>", "F. 1:1(0) ack 1 win 64240 <TS val 100 ecr 100>",
        "S. 0:0(0) ack 1 win 64240 <TS val 100 ecr 100>"}) {
    Talk talk;
    talk.client("S  0:0(0) win 64240 <TS val 1821165629 ecr 0>");
    talk.server(forged);
    EXPECT_TRUE(talk.found<finding::EchoesNothing>()) << forged;
    EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
    if (forged[0] != 'R') talk.client("R  1:1(0)");
    EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
    talk.server("S. 0:0(0) ack 1 win 64240 <TS val 7 ecr 1821165629>");
    talk.client(".  1:1(0) ack 1 win 64240 <TS val 1821165693 ecr 7>");
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED)) << forged;
    EXPECT_EQ(talk.finish().at(0).handshake, Handshake::complete);
  }
}

TEST(FaultH8, AnyTimeSinceTheFirstSynMayBeEchoed) {
  Talk talk;
  talk.client("S  0:0(0) win 64240 <TS val 1000 ecr 0>");
  talk.wait(1s).client("S  0:0(0) win 64240 <TS val 2000 ecr 0>");
  talk.server("S. 0:0(0) ack 1 win 64240 <TS val 7 ecr 1000>");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
}

// H9

TEST(FaultH9, WhoSendsOnAfterAnRstWasNotClosed) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.wait(1s).client("P. 1:6(5) ack 1");
  EXPECT_EQ(talk.frame<finding::GoesOnAfterReset>(), 4u);
  EXPECT_EQ(talk.client_state(), ESTABLISHED);
  EXPECT_EQ(talk.last().tcp->client.certainty, assumed);
  talk.server(".  1:1(0) ack 6");
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
  EXPECT_EQ(talk.last().tcp->server.certainty, seen);
}

// H10

TEST(FaultH10, TheLastAckThatHadNotArrivedYetDoesArrive) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.server(".  2:2(0) ack 2");  // sent before that came
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  EXPECT_THAT(talk.finish().at(0), ends_in(TIME_WAIT, CLOSED));
  EXPECT_EQ(talk.finish().at(0).server_certainty, assumed);
}

TEST(FaultH10, AnRstThatHadNotArrivedYetDoesArrive) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");  // two that crossed it
  talk.server("P. 6:11(5) ack 1");
  EXPECT_THAT(talk, in(CLOSED, ESTABLISHED));
  EXPECT_THAT(talk.finish().at(0), ends_in(CLOSED, CLOSED));
}

TEST(FaultH10, WhatIsDeniedForTooLongIsLost) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  talk.wait(1s).server("P. 1:6(5) ack 1");
  EXPECT_THAT(talk.finish().at(0), ends_in(CLOSED, ESTABLISHED));
}

// H11

TEST(FaultH11, WhatFillsAHoleCountsHoweverLate) {
  auto talk = established();
  talk.server("P. 1001:1501(500) ack 1");
  talk.client(".  1:1(0) ack 501");  // it has some of what the capture lacks
  talk.server("P. 501:1001(500) ack 1");
  talk.client(".  1:1(0) ack 1501");
  talk.wait(1s).server("P. 1:501(500) ack 1");
  EXPECT_EQ(talk.finish().at(0).bytes_server, 1500u);
  EXPECT_EQ(talk.finish().at(0).missed_server, 0u);
}

// H12

TEST(FaultH12, ASynAckOfOtherNumbersAfterTheEndBeginsANewStream) {
  auto talk = closed_by_server();
  talk.renumber(3'000'000'000, 2'000'000'000);
  talk.wait(5min).server("S. 0:0(0) ack 1");
  EXPECT_EQ(talk.last().stream->number, 1u);
  EXPECT_THAT(talk, noted(Note::port_reused));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_EQ(talk.finish().at(0).missed_client + talk.finish().at(1).missed_client, 0u);
}

TEST(FaultH12, OneSegmentThatFitsNothingIsLeftOut) {
  auto talk = established();
  talk.server(".  1095303855:1095303855(0) ack 1728053772");
  EXPECT_TRUE(talk.found<finding::FitsNothing>());
  EXPECT_EQ(talk.finish().at(0).missed_client + talk.finish().at(0).missed_server, 0u);
}

// H13

TEST(FaultH13, JoinedLateOnAKeepAlive) {
  Talk talk;
  talk.client(".  1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  EXPECT_FALSE(talk.last().notes.has(Note::acked_unseen));
  talk.wait(10s).client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, noted(Note::keep_alive));
  talk.server(".  1:1(0) ack 2");
  EXPECT_THAT(talk, noted(Note::keep_alive_ack));
  talk.client("P. 2:7(5) ack 1");
  EXPECT_FALSE(talk.last().notes.has(Note::lost_segment));
  EXPECT_EQ(talk.finish().at(0).missed_client, 0u);
}

TEST(FaultH13, TheByteOfAKeepAliveIsNotCounted) {
  Talk talk;
  talk.client(".  1:2(1) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.wait(10s).client(".  1:2(1) ack 1");
  EXPECT_THAT(talk, noted(Note::keep_alive));
  EXPECT_EQ(talk.finish().at(0).bytes_client, 0u);
}

TEST(FaultH13, AByteThatTheCaptureMissedIsToldWhereTheNumberDoesNotRepeat) {
  Talk talk;
  talk.client(".  1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("P. 2:7(5) ack 1");
  EXPECT_THAT(talk, noted(Note::lost_segment));
  EXPECT_EQ(talk.finish().at(0).missed_client, 1u);
}

TEST(FaultH13, TheAnswerToAKeepAliveIsNoWindowUpdate) {
  Talk talk;
  talk.client("S  0:0(0) win 64240 <wscale 7>");
  talk.server("S. 0:0(0) ack 1 win 65160 <wscale 7>");
  talk.client(".  1:1(0) ack 1 win 502");
  talk.wait(10s).client(".  0:0(0) ack 1 win 502");
  talk.server(".  1:1(0) ack 1 win 509");
  EXPECT_THAT(talk, noted(Note::keep_alive_ack));
  EXPECT_FALSE(talk.last().notes.has(Note::window_update));
}

// H14

struct Quoting {
  Observer observer;
  std::vector<StreamSummary> ended;
  Segment syn = parse_segment("S 1000:1000(0)");
  std::uint64_t frame = 0;

  Quoting() : observer([this](const StreamSummary& it) { ended.push_back(it); }) {
    syn.source.address.bytes = {10, 0, 0, 1}, syn.source.port = 40000;
    syn.destination.address.bytes = {10, 0, 0, 2}, syn.destination.port = 9000;
  }
  Observation see(const Decoded& what) {
    Packet packet;
    packet.frame = ++frame;
    packet.time = Time(std::chrono::seconds(1'700'000'000 + static_cast<int>(frame)));
    return observer.observe(packet, what);
  }
  Observation icmp(std::uint8_t code, std::uint32_t number) {
    IcmpError error;
    error.type = 3, error.code = code, error.quoted_protocol = 6;
    error.source = syn.destination.address, error.destination = syn.source.address;
    error.quoted_source = syn.source, error.quoted_destination = syn.destination, error.quoted_sequence = number;
    return see(error);
  }
};

TEST(FaultH14, AnUnreachableThatQuotesTheSynEndsSynSent) {
  for (const std::uint8_t code : std::to_array<std::uint8_t>({0, 1, 2, 3, 5, 9, 10, 13})) {
    Quoting wire;
    wire.see(wire.syn);
    const auto ended = wire.icmp(code, 1000).connect_ended;
    ASSERT_TRUE(ended) << int{code};
    EXPECT_EQ(ended->change.after, CLOSED);
    EXPECT_EQ(ended->change.certainty, assumed);
    EXPECT_EQ(ended->hard, code == 2 || code == 3) << "RFC 9293, 3.9.2.2";
    wire.observer.finish();
    EXPECT_EQ(wire.ended.at(0).client_state, CLOSED);
  }
}

TEST(FaultH14, OneThatIsTooBigOrKnowsNoNumberEndsNothing) {
  Quoting wire;
  wire.see(wire.syn);
  EXPECT_FALSE(wire.icmp(4, 1000).connect_ended);
  EXPECT_FALSE(wire.icmp(3, 999).connect_ended) << "RFC 5927, 4.1";
  wire.observer.finish();
  EXPECT_EQ(wire.ended.at(0).client_state, SYN_SENT);
}

TEST(FaultH14, AnEstablishedConnectionGoesOn) {
  Quoting wire;
  wire.see(wire.syn);
  Segment answer = parse_segment("S. 5000:5000(0) ack 1001");
  answer.source = wire.syn.destination, answer.destination = wire.syn.source;
  wire.see(answer);
  EXPECT_FALSE(wire.icmp(3, 1000).connect_ended);
}

TEST(FaultH14, WhatFollowsShowsThatItHadEndedNothing) {
  Quoting wire;
  wire.see(wire.syn);
  wire.icmp(1, 1000);
  wire.see(wire.syn);
  wire.observer.finish();
  EXPECT_EQ(wire.ended.at(0).client_state, SYN_SENT);
}

// The other files, to their ends.

void ends_as(const char* file, State client, State server, std::uint64_t bytes_client, std::uint64_t bytes_server,
             std::uint64_t missed_server) {
  if (!has_case(file)) GTEST_SKIP() << no_case(file);
  const StreamSummary stream = Told(file).streams.back();
  EXPECT_THAT(stream, ends_in(client, server));
  EXPECT_EQ(stream.bytes_client, bytes_client);
  EXPECT_EQ(stream.bytes_server, bytes_server);
  EXPECT_EQ(stream.missed_server, missed_server);
}

TEST(FaultH7, AForeignSimultaneousClose) {
  ends_as("fin_overtaken_simultaneous.pcap", TIME_WAIT, TIME_WAIT, 31, 1133, 3064);
}
TEST(FaultH8, AForeignForgery) { ends_as("fin_before_synack.pcap", ESTABLISHED, ESTABLISHED, 338, 79, 0); }
TEST(FaultH10, AForeignLastAck) { ends_as("takeback_lastack_stays.pcap", TIME_WAIT, CLOSED, 213, 2783, 0); }
TEST(FaultH11, AForeignLateFill) { ends_as("late_fill_not_counted.pcap", CLOSED, TIME_WAIT, 993, 1224, 1460); }
TEST(FaultH12, AForeignNewConnection) {
  if (!has_case("synack_new_connection_same_ports.pcap"))
    GTEST_SKIP() << no_case("synack_new_connection_same_ports.pcap");
  const Told told("synack_new_connection_same_ports.pcap");
  ASSERT_EQ(told.streams.size(), 2u);
  EXPECT_THAT(told.streams[0], ends_in(CLOSED, TIME_WAIT));
  EXPECT_EQ(told.streams[0].missed_client, 0u);
  EXPECT_LT(told.streams[1].missed_client, 1000u);
}
TEST(FaultH9, AForeignSenderGoesOn) {
  if (!has_case("rst_then_sender_goes_on.pcap")) GTEST_SKIP() << no_case("rst_then_sender_goes_on.pcap");
  const Told told("rst_then_sender_goes_on.pcap");
  EXPECT_EQ(told.packets.at(4).client.after, ESTABLISHED);
  EXPECT_EQ(told.packets.at(4).client.certainty, assumed);
}

}  // namespace
}  // namespace echolab::test
