// RFC 9293, section 3.5: establishing a connection.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;
namespace finding = capture::finding;
using capture::Step;

namespace {

TEST(Handshake, TakesThreePacketsAndTheClientIsEstablishedFirst) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
}

TEST(Handshake, IsCertainOnlyOfWhatAnEndpointsOwnPacketShows) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::seen));
  talk.client(".  1:1(0) ack 1");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
  talk.client("P. 1:6(5) ack 1");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
  talk.server(".  1:1(0) ack 6");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
}

TEST(Handshake, NamesItsThreeStepsAndTheFirstData) {
  Talk talk;
  EXPECT_TRUE(talk.client("S  0:0(0)").tcp->is_step(Step::syn));
  EXPECT_TRUE(talk.server("S. 0:0(0) ack 1").tcp->is_step(Step::syn_ack));
  EXPECT_TRUE(talk.client(".  1:1(0) ack 1").tcp->is_step(Step::ack));
  EXPECT_TRUE(talk.client("P. 1:6(5) ack 1").tcp->is_step(Step::data));
  EXPECT_EQ(talk.server("P. 1:6(5) ack 6").tcp->step_bits, 0);  // there is one first data
}

TEST(Handshake, HasTwoStepsInOnePacketWhereDataRidesOnTheThird) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client("P. 1:6(5) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_TRUE(talk.last().tcp->is_step(Step::ack));
  EXPECT_TRUE(talk.last().tcp->is_step(Step::data));
}

TEST(Handshake, FiresTheRulesOfTheRfcInOrder) {
  Talk talk;
  talk.client("S  0:0(0)");
  const auto& answer = talk.server("S. 0:0(0) ack 1");
  ASSERT_EQ(answer.tcp->firings().size(), 2u);
  EXPECT_EQ(answer.tcp->firings()[0].side, capture::Side::server);
  EXPECT_EQ(answer.tcp->firings()[0].rule->reason, capture::Reason::passive_open_answers);
  EXPECT_EQ(answer.tcp->firings()[1].side, capture::Side::client);
  EXPECT_EQ(answer.tcp->firings()[1].rule->section, "3.10.7.3");
}

TEST(Handshake, IsRefusedByAResetAndTheListenerWasNone) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("R. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::seen));
  EXPECT_THAT(talk, noted(Note::refused));
  EXPECT_EQ(talk.found<finding::HandshakeEnded>()->before_step, 2);
  EXPECT_EQ(talk.finish().at(0).handshake, capture::StreamSummary::Handshake::refused);
}

TEST(Handshake, IsNotEndedByAResetThatAcknowledgesNothing) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("R  7:7(0)");
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Handshake, GivesTheListenerBackWhenAResetComesInSynReceived) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client("R  1:1(0)");
  EXPECT_THAT(talk, in(CLOSED, LISTEN));
  EXPECT_EQ(talk.found<finding::HandshakeEnded>()->before_step, 3);
  EXPECT_EQ(talk.finish().at(0).handshake, capture::StreamSummary::Handshake::half);
}

TEST(Handshake, GoesOnAfterAnAnswerToAWrongNumber) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 77");  // RFC 9293, 3.10.7.3: an unacceptable ACK is answered by RST, and SYN_SENT stays
  EXPECT_EQ(talk.client_state(), SYN_SENT);
  talk.client("R  77:77(0)");
  EXPECT_EQ(talk.client_state(), SYN_SENT);
}

TEST(FastOpen, CountsTheDataOfTheSynAndNeedsTheThirdPacketAllTheSame) {
  Talk talk;
  talk.client("S  0:8(8)");
  EXPECT_THAT(talk, noted(Note::data_in_syn));
  talk.server("S. 0:0(0) ack 9");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.server("P. 1:3(2) ack 9");  // RFC 7413, 4.2: the server may send before the handshake ends
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  talk.client(".  9:9(0) ack 3");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_EQ(talk.finish().at(0).bytes_client, 8u);
}

TEST(Handshake, IsOverForAServerThatAcknowledgesDataAfterARepeatedSynAck) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:101(100) ack 1");
  talk.server("S. 0:0(0) ack 1");  // crossed both
  EXPECT_EQ(talk.server_state(), SYN_RECEIVED);
  talk.server(".  1:1(0) ack 101");  // and now it has both
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
}

TEST(Handshake, AndAFinAfterARepeatedSynAckEndInCloseWait) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("F. 1:1(0) ack 1");
  talk.server("S. 0:0(0) ack 1");  // crossed both
  talk.server(".  1:1(0) ack 2");
  EXPECT_THAT(talk, in(FIN_WAIT_2, CLOSE_WAIT));
}

TEST(FastOpen, DataFromTheServerDoesNotProveTheThirdPacket) {
  Talk talk;
  talk.client("S  0:8(8)");
  talk.server("S. 0:0(0) ack 9");
  talk.client(".  9:9(0) ack 1");
  talk.server("P. 1:3(2) ack 9");  // may have crossed it
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
  EXPECT_EQ(talk.last().tcp->server.certainty, Certainty::assumed);
}

TEST(SequenceNumbers, AreRelativeAndWrap) {
  Talk talk(0xffffffff, 0xfffffffe);
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:101(100) ack 1");
  EXPECT_EQ(talk.last().tcp->seq, 1u);
  talk.server("P. 1:51(50) ack 101");
  EXPECT_EQ(talk.last().tcp->ack, 101u);
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
}

}  // namespace
}  // namespace echolab::test
