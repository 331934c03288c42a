// The handshake as it is told: its steps, its refusal, and who is the client.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Handshake, SynIsStepOneAndItsRuleNamesTheSection) {
  Talk talk;
  const Annotation told = in_english(talk.client("S 0:0(0)"));
  EXPECT_EQ(told.headline, "SYN: may I open a connection?");
  EXPECT_THAT(told.text, HasSubstr("CLOSED -> SYN_SENT."));
  EXPECT_THAT(told.text, HasSubstr("whether the server listens"));
  EXPECT_THAT(told.post, StartsWith("1 The client sends SYN and is in SYN_SENT: so it is."));
  EXPECT_THAT(told.rules, ElementsAre("client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)"));
  EXPECT_EQ(told.section, "RFC 9293 3.10.1");
  EXPECT_EQ(told.severity, Severity::plain);
}

TEST(Handshake, SynAckMovesBothAndOnlyTheReceiverIsAssumed) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.server("S. 0:0(0) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("LISTEN -> SYN_RECEIVED."));
  EXPECT_THAT(told.text, HasSubstr("SYN_SENT -> ESTABLISHED (assumed: if it arrived)."));
  EXPECT_THAT(told.post, StartsWith("2 The server sends SYN,ACK"));
  EXPECT_THAT(told.rules, ElementsAre("server: LISTEN, send SYN,ACK -> SYN_RECEIVED (RFC 9293 3.10.7.2)",
                                      "client: SYN_SENT, receive SYN,ACK -> ESTABLISHED (RFC 9293 3.10.7.3)"));
}

TEST(Handshake, StepThreeSaysThatTheClientWasEstablishedOnePacketEarlier) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.last()).post, HasSubstr("the client was first"));
  EXPECT_THAT(in_korean(talk.last()).post, HasSubstr("클라이언트가 먼저입니다"));
}

TEST(Handshake, DataOnTheThirdPacketIsTwoSteps) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  const Annotation told = in_english(talk.client("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.post, HasSubstr("step 4 with it"));
  EXPECT_THAT(told.text, HasSubstr("It carries 5 bytes of data."));
}

TEST(Handshake, ARefusalNamesTheStepThatIsMissing) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.server("R. 0:0(0) ack 1"));
  EXPECT_EQ(told.headline, "RST: nobody listens here");
  EXPECT_THAT(told.post, AllOf(StartsWith("2 "), HasSubstr("An RST came in its place")));
  EXPECT_THAT(told.text, HasSubstr("The server was CLOSED all along."));
  EXPECT_EQ(told.severity, Severity::warning);
  EXPECT_THAT(in_korean(talk.last()).post, HasSubstr("그 대신 RST가 왔습니다"));
}

TEST(Handshake, ASynSentAgainNamesTheFirstAndStaysStepOne) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).client("S 0:0(0)"));
  EXPECT_THAT(told.headline, StartsWith("again, SYN"));
  EXPECT_THAT(told.text, HasSubstr("the same as packet 1"));
  EXPECT_THAT(told.post, HasSubstr("a retransmission of that step"));
}

TEST(Handshake, DataInASynNeedNoFastOpen) {
  Talk talk;
  const Annotation told = in_english(talk.client("S 0:5(5)"));
  EXPECT_THAT(told.text, HasSubstr("TCP allows that, and the program gets it when the handshake is complete"));
  EXPECT_THAT(told.post, Not(HasSubstr("Fast Open")));
}

TEST(SynData, IsTakenByTheAnswerOrNot) {
  Talk talk;
  talk.client("S  0:5(5)");
  EXPECT_THAT(in_english(talk.server("S. 0:0(0) ack 6")).text, HasSubstr("It acknowledges the 5 bytes in the SYN"));
  Talk other;
  other.client("S  0:5(5)");
  EXPECT_THAT(in_english(other.server("S. 0:0(0) ack 1")).text, HasSubstr("has to be sent again"));
}

TEST(Client, IsWhoIsSeenFirstWhereBothPortsAreTheSame) {
  Segment segment;
  segment.source.port = segment.destination.port = 7;
  segment.source.address.bytes = {10, 0, 0, 1};
  segment.destination.address.bytes = {10, 0, 0, 2};
  segment.flags.bits = TcpFlags::ack_bit;
  Observer observer([](const StreamSummary&) {});
  EXPECT_THAT(in_english(observer.observe({}, segment)).text, HasSubstr("both ports are the same"));
}

}  // namespace
}  // namespace echolab::capture
