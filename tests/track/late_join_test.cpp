// A capture that begins in the middle: UNKNOWN until the packets prove more.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;
namespace finding = capture::finding;

namespace {

TEST(LateJoin, KnowsNothingFromAcknowledgements) {
  Talk talk;
  talk.client(". 1:1(0) ack 1");
  EXPECT_THAT(talk, in(UNKNOWN, UNKNOWN));
  EXPECT_THAT(talk, certain(Certainty::unknown, Certainty::unknown));
  talk.server(". 1:1(0) ack 1");
  EXPECT_THAT(talk, in(UNKNOWN, UNKNOWN));
  EXPECT_EQ(talk.finish().at(0).handshake, capture::StreamSummary::Handshake::unseen);
}

TEST(LateJoin, DataBothWaysProvesThatBothDirectionsAreOpen) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1");
  EXPECT_THAT(talk, in(UNKNOWN, UNKNOWN));
  talk.server("P. 1:6(5) ack 6");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::assumed));  // either may repeat what was sent before its FIN
  talk.client("P. 6:11(5) ack 6");
  talk.server("P. 6:11(5) ack 11");  // these follow on what was seen
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::seen));
}

TEST(LateJoin, FollowsTheCloseFromWhatItProves) {
  Talk talk;
  talk.client("F. 1:1(0) ack 1");
  EXPECT_EQ(talk.client_state(), UNKNOWN);  // FIN_WAIT_1 or LAST_ACK
  talk.server("F. 1:1(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
  talk.client(".  2:2(0) ack 2");
  EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
}

TEST(LateJoin, AFinThatHadNotArrivedIsThereOnceItIsAcknowledged) {
  for (const bool at_once : {false, true}) {
    Talk talk;
    talk.client("P. 1:6(5) ack 1");
    talk.client("F. 6:6(0) ack 1");
    talk.server(".  1:1(0) ack 6");  // it was under way
    if (!at_once) talk.server(". 1:1(0) ack 7");
    talk.server("F. 1:1(0) ack 7");  // who closes after that closes second
    EXPECT_THAT(talk, in(TIME_WAIT, LAST_ACK));
    talk.client(".  7:7(0) ack 2");
    EXPECT_THAT(talk, in(TIME_WAIT, CLOSED));
  }
}

TEST(LateJoin, InventsNoHandshake) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:6(5) ack 6");
  EXPECT_EQ(talk.client("P. 6:11(5) ack 6").tcp->step_bits, 0);
}

TEST(LateJoin, AtTheSynAckProvesTheServerAndWaitsForTheClient) {
  Talk talk;
  talk.server("S. 0:0(0) ack 1");
  EXPECT_EQ(talk.server_state(), SYN_RECEIVED);
  EXPECT_TRUE(talk.found<finding::StepUnseen>());
  EXPECT_EQ(talk.last().stream->from, capture::Side::server);  // who answers a SYN is no client
  talk.client(".  1:1(0) ack 1");
  EXPECT_EQ(talk.server_state(), ESTABLISHED);
  EXPECT_EQ(talk.client_state(), ESTABLISHED);
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::seen);
}

TEST(LateJoin, IsNotCertainThatAFinIsTheFirst) {
  Talk talk;
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("F. 1:1(0) ack 1");  // again; it shows nothing new of the server
  EXPECT_EQ(talk.server_state(), UNKNOWN);
  talk.server("P. 1:6(5) ack 2");
  EXPECT_EQ(talk.server_state(), CLOSE_WAIT);
  EXPECT_EQ(talk.last().tcp->server.certainty, Certainty::assumed);
}

TEST(LateJoin, AResetClosesBoth) {
  Talk talk;
  talk.server("R  1:1(0)");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(LateJoin, TakesTheHigherPortForTheClientAndSaysSo) {
  Talk talk;
  talk.server(". 1:1(0) ack 1");
  EXPECT_EQ(talk.last().stream->client.port, 40000);
  EXPECT_TRUE(talk.last().stream->client_assumed);
}

TEST(MissedPackets, TheClientsAckProvesASynAckThatTheCaptureMissed) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client(".  1:1(0) ack 1");
  EXPECT_EQ(talk.client_state(), ESTABLISHED);
  EXPECT_TRUE(talk.last().notes.empty());  // of a silent side nobody can say that something is missing
}

TEST(MissedPackets, TheServersDataShowsThatTheClientHasASynAckThatTheCaptureMissed) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("P. 1:6(5) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_EQ(talk.last().tcp->client.certainty, Certainty::assumed);
}

TEST(MissedPackets, MayHoldAFinUntilMoreDataComes) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(".  1:1(0) ack 7");  // one number more than the capture has: a FIN, or a byte
  EXPECT_THAT(talk, noted(Note::acked_unseen));
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, certain(Certainty::assumed, Certainty::assumed));
  talk.client("P. 7:9(2) ack 1");
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::seen));
}

TEST(MissedPackets, AResetBehindThemIsBelieved) {
  auto talk = established();
  talk.server("P. 1:6(5) ack 1");
  talk.client(".  1:1(0) ack 16");  // ten bytes that the capture has not
  talk.server("R. 16:16(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(MissedPackets, TheAckOfAFinProvesCloseWaitWhereTheSynAckWasMissed) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  EXPECT_EQ(talk.server_state(), CLOSE_WAIT);
}

TEST(MissedPackets, AnOldConnectionAnswersASynWithAChallenge) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server(". 7000:7000(0) ack 5000");  // RFC 9293, 3.10.7.4: it was no listener
  EXPECT_EQ(talk.server_state(), UNKNOWN);
  EXPECT_EQ(talk.client_state(), SYN_SENT);
  EXPECT_THAT(talk, noted(Note::challenge_ack));
}

}  // namespace
}  // namespace echolab::test
