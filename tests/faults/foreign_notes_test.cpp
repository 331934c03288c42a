// Section H: notes and sentences that were wrong of captures that others made. Each row stands for a kind; where it has
// a file, the file is read, too.
#include <gmock/gmock.h>

#include <algorithm>

#include "capture/explain/exclusive.hpp"
#include "capture/explain/explain.hpp"
#include "tests/explain/told.hpp"
#include "tests/faults/replay.hpp"
#include "tests/support/corpus.hpp"
#include "tests/track/talk.hpp"

namespace echolab::test {
namespace {

using capture::in_english;
using capture::in_korean;
using capture::Note;
namespace finding = capture::finding;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;

// 18: no duplicate ACK where nothing is outstanding

TEST(FaultH18, AnAckSaidAgainWhereNothingIsOutstandingIsNoDuplicateAck) {  // RFC 5681, 2 (a)
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 6");
  talk.server(".  1:1(0) ack 6");
  EXPECT_THAT(talk, Not(noted(Note::duplicate_ack)));
  talk.client(".  6:6(0) ack 1");
  EXPECT_THAT(talk, Not(noted(Note::duplicate_ack)));
  EXPECT_THAT(in_english(talk.last()).headline, Not(HasSubstr("still waiting")));
}

TEST(FaultH18, TheAnswerToASynAckSentAgainIsNoDuplicateAck) {
  auto talk = established();
  talk.wait(1000ms).server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, Not(noted(Note::duplicate_ack)));
}

TEST(FaultH18, WhereAnythingIsOutstandingItIsOne) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 1");
  talk.server(".  1:1(0) ack 1");
  EXPECT_THAT(talk, noted(Note::duplicate_ack));
}

TEST(FaultH18, WhereTheCaptureLacksThePeersPacketsItMayBeOne) {
  auto talk = established();
  talk.client(".  1:1(0) ack 5001");
  talk.client(".  1:1(0) ack 5001");
  EXPECT_THAT(talk, noted(Note::duplicate_ack));
}

TEST(FaultH18, MptcpsSignalsAreNone) {
  for (const char* file : {"o_mptcp.pcap", "live_mptcp.pcap"}) {
    if (!has_case(file)) GTEST_SKIP() << no_case(file);
    EXPECT_EQ(replay(case_file(file)).count(Note::duplicate_ack), 0u) << file;
  }
}

// 16: "had no effect" is all that is known

TEST(FaultH16, WhatHadNoEffectWasLostOrDropped) {
  auto talk = established();
  talk.wait(1000ms).server("S. 0:0(0) ack 1");  // TCP_DEFER_ACCEPT, a full accept queue, or a lost ACK
  EXPECT_THAT(in_english(talk.last()).text, AllOf(HasSubstr("had no effect"), HasSubstr("dropped by the server")));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("사라졌거나 서버가 버림"));
}

TEST(FaultH16, SoWithASyn) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.wait(1000ms).client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text,
              HasSubstr("Packet 1 had no effect: lost on the way, or dropped by the receiver."));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("사라졌거나 받는 쪽이 버렸습니다"));
}

TEST(FaultH16, TheFilesSayBoth) {
  for (const char* file : {"c_defer.pcap", "live_backlog_full.pcap"}) {
    if (!has_case(file)) GTEST_SKIP() << no_case(file);
    for (const Replayed& it : replay(case_file(file)).packets) {
      EXPECT_THAT(it.told, Not(HasSubstr("never arrived"))) << file;
      if (!it.notes.has(Note::never_delivered)) continue;
      EXPECT_THAT(it.told, HasSubstr("dropped by the")) << file;
    }
  }
}

// 17: accurate ECN

Talk with_accurate_ecn() {
  Talk talk;
  talk.client("SEWe 0:0(0)");
  talk.server("S.W 0:0(0) ack 1");
  talk.client(".W 1:1(0) ack 1");
  return talk;
}

MATCHER(speaks_of_congestion, "") {
  return in_english(arg.last()).text.find("queue") != std::string::npos ||
         in_english(arg.last()).text.find("slowed down") != std::string::npos;
}

TEST(FaultH17, ACountOfFiveIsNoCongestion) {  // RFC 9768, 3.2.1
  auto talk = with_accurate_ecn();
  EXPECT_THAT(talk, Not(speaks_of_congestion())) << "the third packet tells how the SYN,ACK came";
  talk.client("P.Ee 1:6(5) ack 1");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
  talk.server(".Ee 1:1(0) ack 6");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
}

TEST(FaultH17, WhatGrowsTheCountIsCongestion) {
  auto talk = with_accurate_ecn();
  talk.client("P.Ee 1:6(5) ack 1");
  talk.server(".We 1:1(0) ack 6");  // 6
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("Packets to the server that were marked on their way"));
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr(": 1 more"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("1개 늘었습니다"));
  talk.client("P.Ee 6:11(5) ack 1");
  talk.server(".We 1:1(0) ack 11");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
  talk.client("P.Ee 11:16(5) ack 1");
  talk.server(".E 1:1(0) ack 16");  // 9, in three bits
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr(": 3 more"));
}

TEST(FaultH17, AnAckThatWasOvertakenHasAnOldCount) {
  auto talk = with_accurate_ecn();
  talk.client("P.Ee 1:6(5) ack 1");
  talk.client("P.Ee 6:11(5) ack 1");
  talk.server(".We 1:1(0) ack 11");
  talk.server(".Ee 1:1(0) ack 6");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
}

TEST(FaultH17, ASynAckThatCameMarkedIsToldOnce) {  // RFC 9768, tables 3 and 4
  Talk talk;
  talk.client("SEWe 0:0(0)");
  talk.server("S.W 0:0(0) ack 1");
  talk.client(".We 1:1(0) ack 1");
  EXPECT_THAT(talk, speaks_of_congestion());
  talk.client("P.We 1:6(5) ack 1");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
}

TEST(FaultH17, AServerThatAnswersWithEceAloneHasTheOldEcn) {
  Talk talk;
  talk.client("SEWe 0:0(0)");
  talk.server("S.E 0:0(0) ack 1");
  talk.client(". 1:1(0) ack 1");
  talk.server(".E 1:1(0) ack 1");
  EXPECT_THAT(talk, speaks_of_congestion());
}

TEST(FaultH17, WithoutTheHandshakeAeTellsThatItIsNotTheOldEcn) {
  Talk talk;
  talk.client("P.Ee 1:6(5) ack 1");
  EXPECT_THAT(talk, Not(speaks_of_congestion()));
}

TEST(FaultH17, TheFileHasNone) {
  if (!has_case("n_accecn2.pcap")) GTEST_SKIP() << no_case("n_accecn2.pcap");
  for (const Replayed& it : replay(case_file("n_accecn2.pcap")).packets)
    EXPECT_THAT(it.told, Not(testing::AnyOf(HasSubstr("queue"), HasSubstr("slowed down"))));
}

// 19: the same packet captured at two places

TEST(FaultH19, APacketOnItsNextLinkIsNotSentAgain) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 ttl 64 link 1");
  talk.wait(7ms).client("P. 1:6(5) ack 1 id 7 ttl 64 link 2");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
  EXPECT_THAT(talk, Not(noted(Note::retransmission)));
  EXPECT_EQ(talk.frame<finding::Repeats>(), 4u);
}

TEST(FaultH19, APacketBehindARouterHasALowerTtl) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 ttl 64");
  talk.wait(7ms).client("P. 1:6(5) ack 1 id 7 ttl 63");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
}

TEST(FaultH19, SoIsAPureAckAlsoWhereOthersLieBetween) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 link 1");
  talk.server(". 1:1(0) ack 6 id 90 link 3");
  talk.server(". 1:1(0) ack 6 win 900 id 91 link 3");
  talk.server(". 1:1(0) ack 6 id 90 link 4");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
  EXPECT_EQ(talk.frame<finding::Repeats>(), 5u);
  talk.server(". 1:1(0) ack 6 win 900 id 91 link 4");
  EXPECT_EQ(talk.frame<finding::Repeats>(), 6u);
}

TEST(FaultH19, SoIsAKeepAliveAndAReset) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 link 1");
  talk.server(". 1:1(0) ack 6 id 90 link 3");
  talk.wait(60'000ms).client(". 5:6(1) ack 1 id 8 link 1");
  talk.wait(3ms).client(". 5:6(1) ack 1 id 8 link 2");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
  talk.client("R 6:6(0) id 9 link 1");
  talk.wait(3ms).client("R 6:6(0) id 9 link 2");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
  EXPECT_EQ(talk.finish().at(0).captured_twice, 2u);
}

TEST(FaultH19, AResetHasNeitherIdentificationNorTimestamp) {  // as Linux sends it
  auto talk = established();
  talk.client("R 1:1(0) ttl 64");
  talk.wait(5ms).client("R 1:1(0) ttl 63");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
}

TEST(FaultH19, InIPv6NumbersAndTimestampTell) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 <TS val 10 ecr 20> ttl 64");
  talk.server(". 1:1(0) ack 6 <TS val 20 ecr 10> ttl 64");
  talk.wait(2ms).server(". 1:1(0) ack 6 <TS val 20 ecr 10> ttl 63");
  EXPECT_THAT(talk, noted(Note::duplicate_frame));
}

TEST(FaultH19, AtTheSamePlaceAnAckOfIPv6IsADuplicateAck) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 <TS val 10 ecr 20> ttl 64");
  talk.client("P. 6:11(5) ack 1 <TS val 10 ecr 20> ttl 64");
  talk.server(". 1:1(0) ack 6 <TS val 20 ecr 10> ttl 64");
  talk.server(". 1:1(0) ack 6 <TS val 20 ecr 10> ttl 64");
  EXPECT_THAT(talk, noted(Note::duplicate_ack));
}

TEST(FaultH19, AnIdentificationThatIsAlwaysOneTellsNothing) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 1");
  talk.client("P. 1:6(5) ack 1 id 1");
  EXPECT_THAT(talk, Not(noted(Note::duplicate_frame)));
}

TEST(FaultH19, OnALaterRouteItIsSentAgain) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 link 1");
  talk.wait(300ms).client("P. 1:6(5) ack 1 id 7 link 2");
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(FaultH19, FilesOfTwoPlacesHaveNoRetransmissions) {
  for (const char* file : {"z_any6.pcap", "relay_twice_other_mac.pcap", "dup_rst.pcap"}) {
    if (!has_case(file)) GTEST_SKIP() << no_case(file);
    const Replay seen = replay(case_file(file));
    EXPECT_EQ(seen.count(Note::retransmission), 0u) << file;
    EXPECT_GT(seen.count(Note::duplicate_frame), 0u) << file;
  }
}

// 20: data in a SYN that the server does not take

TEST(FaultH20, DataThatTheServerDidNotTakeWithTheSynComesAgainAndThatIsAll) {
  Talk talk;
  talk.client("S 0:5(5)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("does not acknowledge the data in the SYN"));
  talk.client("P. 1:6(5) ack 1");
  EXPECT_THAT(talk.frame<finding::RefusedWithSyn>(), 1u);
  EXPECT_THAT(in_english(talk.last()).text,
              AllOf(HasSubstr("The data of packet 1, the SYN, comes again"), Not(HasSubstr("segmentation offload"))));
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(talk, certain(capture::Certainty::seen, capture::Certainty::seen));
  EXPECT_EQ(talk.found<finding::Acknowledges>()->frame, 3u);
  EXPECT_EQ(talk.found<finding::Acknowledges>()->or_frame, 0u);
}

TEST(FaultH20, DataThatTheServerTookDoesNotShowItEstablished) {
  Talk talk;
  talk.client("S 0:5(5)");
  talk.server("S. 0:0(0) ack 6");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("It acknowledges the 5 bytes in the SYN as well."));
  talk.client(". 6:6(0) ack 1");
  talk.server("P. 1:6(5) ack 6");
  EXPECT_THAT(talk, certain(capture::Certainty::seen, capture::Certainty::assumed));
}

// 21: a window scale that was offered, not offered, not captured

TEST(FaultH21, AScaleThatMayHaveBeenCutOffIsNotKnown) {
  if (!has_case("h_snap54.pcap")) GTEST_SKIP() << no_case("h_snap54.pcap");
  const Replay seen = replay(case_file("h_snap54.pcap"));
  EXPECT_EQ(seen.count(Note::window_full), 0u);
  EXPECT_THAT(seen[4].told, AllOf(HasSubstr("the capture lacks the scale"), Not(HasSubstr("100 bytes"))));
}

TEST(FaultH21, WhereTheHandshakeIsNotCapturedItIsNotKnownEither) {
  Talk talk;
  talk.server(". 1:1(0) ack 1 win 100");
  talk.server(". 1:1(0) ack 1 win 200");
  EXPECT_THAT(talk, noted(Note::window_update));
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("200 bytes")));
  talk.client("P. 1:201(200) ack 1");
  EXPECT_THAT(talk, Not(noted(Note::window_full)));
}

TEST(FaultH21, WhatIsNotOfferedIsKnown) {
  auto talk = established();
  talk.server(". 1:1(0) ack 1 win 100");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("100 bytes"));
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::window_full));
}

TEST(FaultH21, AnOfferIsKnown) {
  Talk talk;
  talk.client("S 0:0(0) <wscale 7>");
  talk.server("S. 0:0(0) ack 1 <wscale 1>");
  talk.client(". 1:1(0) ack 1");
  talk.server(". 1:1(0) ack 1 win 50");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("100 bytes"));
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(talk, noted(Note::window_full));
}

// 22: overtaken, by the identifications

Talk with_a_hole() {
  auto talk = established();
  talk.server(". 1:101(100) ack 1 id 500");
  talk.server("F. 401:401(0) ack 1 id 504");
  return talk;
}

TEST(FaultH22, WhatTheIdentificationsPutIntoItsPlaceWasOvertaken) {
  auto talk = with_a_hole();
  for (const char* packet :
       {". 101:201(100) ack 1 id 501", ". 201:301(100) ack 1 id 502", "P. 301:401(100) ack 1 id 503"}) {
    talk.wait(20ms).server(packet);
    EXPECT_THAT(talk, noted(Note::out_of_order)) << packet;
    EXPECT_THAT(talk, Not(noted(Note::retransmission))) << packet;
  }
  EXPECT_EQ(talk.finish().at(0).retransmissions(), 0u);
}

TEST(FaultH22, ALaterIdentificationIsSentAgain) {
  auto talk = with_a_hole();
  talk.wait(20ms).server(". 101:201(100) ack 1 id 505");
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(FaultH22, ALaterIdentificationIsSentAgainHoweverSoonItComes) {
  auto talk = with_a_hole();
  talk.server(". 101:201(100) ack 1 id 505");
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(FaultH22, ATimerExplainsItAnyway) {
  auto talk = with_a_hole();
  talk.wait(300ms).server(". 101:201(100) ack 1 id 501");
  EXPECT_THAT(talk, noted(Note::retransmission));
}

TEST(FaultH22, IdentificationsMayPassTheirLargest) {
  auto talk = established();
  talk.server(". 1:101(100) ack 1 id 65535");
  talk.server(". 201:301(100) ack 1 id 3");
  talk.wait(20ms).server(". 101:201(100) ack 1 id 2");
  EXPECT_THAT(talk, noted(Note::out_of_order));
}

TEST(FaultH22, TheFilesHaveNothingThatWasSentAgain) {
  for (const char* file : {"y_fin_early.pcap", "y_fin_early_slow.pcap"}) {
    if (!has_case(file)) GTEST_SKIP() << no_case(file);
    const Replay seen = replay(case_file(file));
    EXPECT_EQ(seen.count(Note::retransmission), 0u) << file;
    EXPECT_EQ(seen.count(Note::out_of_order), 4u) << file;
  }
}

// 23: a zero-window probe's byte that is taken

TEST(FaultH23, AProbesByteThatIsTakenCountsAndItsAnswerIsToTheProbe) {
  auto talk = established();
  talk.client("P. 1:11(10) ack 1");
  talk.server(". 1:1(0) ack 11 win 0");
  talk.wait(300ms).client(". 11:12(1) ack 1");
  talk.server(". 1:1(0) ack 11 win 0");
  talk.wait(600ms).client(". 11:12(1) ack 1");
  talk.server(". 1:1(0) ack 12 win 0");
  EXPECT_EQ(talk.found<finding::Acknowledges>()->frame, 8u);
  EXPECT_EQ(talk.found<finding::Acknowledges>()->after, 1ms) << "the first has had its answer";
  talk.wait(600ms).client(". 12:13(1) ack 1");
  talk.server(". 1:1(0) ack 13 win 500");
  EXPECT_EQ(talk.found<finding::Acknowledges>()->frame, 10u);
  EXPECT_EQ(talk.found<finding::Acknowledges>()->after, 1ms);
  EXPECT_EQ(talk.finish().at(0).bytes_client, 12u);
}

TEST(FaultH23, OfTwoProbesWithoutAnAnswerNobodyKnowsWhichWasTaken) {  // RFC 6298, 3
  auto talk = established();
  talk.client("P. 1:11(10) ack 1");
  talk.server(". 1:1(0) ack 11 win 0");
  talk.wait(300ms).client(". 11:12(1) ack 1");
  talk.wait(600ms).client(". 11:12(1) ack 1");
  talk.server(". 1:1(0) ack 12 win 500");
  EXPECT_EQ(talk.found<finding::Acknowledges>()->after, std::nullopt);
  EXPECT_EQ(talk.finish().at(0).bytes_client, 11u);
}

TEST(FaultH23, AByteThatIsNotTakenCountsOnceItIsSent) {
  auto talk = established();
  talk.client("P. 1:11(10) ack 1");
  talk.server(". 1:1(0) ack 11 win 0");
  talk.wait(300ms).client(". 11:12(1) ack 1");
  talk.server(". 1:1(0) ack 11 win 500");
  talk.client("P. 11:21(10) ack 1");
  EXPECT_EQ(talk.finish().at(0).bytes_client, 20u);
}

TEST(FaultH23, TheFileHas1502Bytes) {
  if (!has_case("r_zwp.pcap")) GTEST_SKIP() << no_case("r_zwp.pcap");
  EXPECT_EQ(replay(case_file("r_zwp.pcap")).streams.at(0).bytes_client, 1502u);
}

// 24: two ACKs answer two FINs

TEST(FaultH24, AsManyAnswersAsFinsShowThatTheFirstHadArrived) {
  auto talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.wait(300ms).server("F. 1:1(0) ack 1");
  EXPECT_THAT(talk.frames<finding::NeverDelivered>(), ElementsAre(4));
  talk.client(". 1:1(0) ack 2");
  talk.client(". 1:1(0) ack 2");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), ElementsAre(4));
  EXPECT_EQ(talk.finish().at(0).never_delivered, 0u);
}

TEST(FaultH24, OneAnswerToTwoFinsLeavesTheFirstLost) {
  auto talk = established();
  talk.server("F. 1:1(0) ack 1");
  talk.wait(300ms).server("F. 1:1(0) ack 1");
  talk.client(". 1:1(0) ack 2");
  EXPECT_THAT(talk.frames<finding::ArrivedAfterAll>(), IsEmpty());
  EXPECT_EQ(talk.finish().at(0).never_delivered, 1u);
}

TEST(FaultH24, TheFileLosesNoFirstFin) {
  const char* file = "fin_again_never_delivered.pcap";
  if (!has_case(file)) GTEST_SKIP() << no_case(file);
  const Replay seen = replay(case_file(file));
  EXPECT_FALSE(seen[22].notes.has(Note::never_delivered));
}

// 25: sentences that exclude each other

/// The first two of the packet's sentences of which only one can be true, in English; empty: there are none.
std::string contradiction(const capture::Observation& seen) {
  static const auto exclusive = capture::exclusive_sentences();
  capture::Plan plan;
  capture::explain(seen, plan);
  const auto says = [&](const capture::Sentence* sentence) {
    return std::ranges::any_of(plan.items(), [=](const auto& item) { return item.sentence == sentence && !item.part; });
  };
  for (const auto& [one, other] : exclusive.pairs())
    if (says(one) && says(other)) return std::string(one->text.en) + " / " + std::string(other->text.en);
  return {};
}

TEST(FaultH25, FlagsThatTheReceiverDropsMoveNobody) {
  auto talk = established();
  talk.server("SFPR.UEW 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED)) << "the RST is checked first: RFC 9293, 3.10.7.4";
  const auto told = in_english(talk.last());
  EXPECT_THAT(told.text, AllOf(HasSubstr("The RST counts"), Not(HasSubstr("drops them"))));
  EXPECT_EQ(told.headline, "RST: this connection is over");
  EXPECT_EQ(contradiction(talk.last()), "");
}

TEST(FaultH25, WithoutAnRstTheyAreDropped) {
  auto talk = established();
  talk.server("SF. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("drops them"));
  EXPECT_EQ(contradiction(talk.last()), "");
}

TEST(FaultH25, ASecondFinWithoutAnAckCountsNoMoreThanTheFirst) {
  auto talk = established();
  talk.client("F 1:1(0)");
  talk.client("F 1:1(0)");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("counts as the first")));
  EXPECT_EQ(contradiction(talk.last()), "");
}

TEST(FaultH25, OnlyASynWithDataHasDataThatIsAcknowledged) {
  auto talk = established();
  talk.server("S. 0:0(0) ack 221");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("in the SYN")));
}

TEST(FaultH25, WhoRefusedStaysClosedUntilItAnswersOtherwise) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("R. 0:0(0) ack 1");
  talk.wait(500ms).client("S 0:0(0)");
  EXPECT_THAT(talk, in(SYN_SENT, CLOSED));
  talk.server("R. 0:0(0) ack 1");
  EXPECT_THAT(talk, noted(Note::refused));
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("all along")));
  talk.wait(500ms).client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
}

TEST(FaultH25, OneRefusalAfterAnotherIsARefusal) {
  Talk talk;
  for (int i = 0; i < 2; ++i) {
    talk.wait(500ms).client("S 0:0(0)");
    talk.server("R. 0:0(0) ack 1");
  }
  const auto& stream = talk.finish().at(0);
  EXPECT_EQ(stream.handshake, capture::StreamSummary::Handshake::refused);
  EXPECT_EQ(stream.closed, capture::StreamSummary::Closed::by_rst);
}

TEST(FaultH25, OneAckFarOutOfRangeMakesNoGigabytesMissed) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1767847797");
  EXPECT_EQ(talk.finish().at(0).missed_server, 0u);
}

TEST(FaultH25, NoTwoSentencesOfAnyCaptureExcludeEachOther) {
  std::vector<std::filesystem::path> files;
  if (has_corpus()) files = corpus_files();
  if (has_case("sfpr_flags.pcap"))
    for (const auto& entry : std::filesystem::directory_iterator(case_file("sfpr_flags.pcap").parent_path()))
      files.push_back(entry.path());
  if (files.empty()) GTEST_SKIP() << no_corpus();
  for (const auto& file : files) {
    auto opened = capture::PacketSource::open_file(file, "");
    auto* source = std::get_if<capture::PacketSource>(&opened);
    if (source == nullptr) continue;
    capture::Observer observer;
    while (const auto packet = source->next())
      EXPECT_EQ(contradiction(observer.observe(*packet, capture::decode(*packet))), "") << file << ' ' << packet->frame;
  }
}

// 36: a SYN,ACK that comes again behind data

TEST(FaultH36, ASynAckAgainBehindDataSpeaksOfNoDataInTheSyn) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.wait(1000ms).server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("data in the SYN")));
  EXPECT_THAT(in_korean(talk.last()).text, Not(HasSubstr("SYN에 실려")));
}

// 45: the post's step 4 is of two that are ESTABLISHED

TEST(FaultH45, DataOfAHalfClosedConnectionIsNoStepOfThePost) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 2");
  EXPECT_EQ(talk.last().tcp->step_bits, 0u);
  EXPECT_EQ(in_english(talk.last()).post, "");
  talk.client("P. 2:7(5) ack 6");
  EXPECT_EQ(talk.last().tcp->step_bits, 0u);
}

TEST(FaultH45, DataWithTheFirstFinIsOne) {
  auto talk = established();
  talk.client("FP. 1:6(5) ack 1");
  EXPECT_TRUE(talk.last().tcp->is_step(capture::Step::data));
}

}  // namespace
}  // namespace echolab::test
