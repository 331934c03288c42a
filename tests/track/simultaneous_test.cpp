// Both ends call at once, or one end calls itself: RFC 9293, section 3.5, figure 8.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Note;

namespace {

TEST(SimultaneousOpen, PassesThroughSynReceivedOnBothSides) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  talk.server("S  0:0(0)");  // it calls too: the first SYN had not reached it
  EXPECT_THAT(talk, in(SYN_RECEIVED, SYN_SENT));
  EXPECT_EQ(talk.last().tcp->firings()[0].rule->from, CLOSED);  // that it listened was only assumed
  EXPECT_THAT(talk, noted(Note::simultaneous_open));
  talk.client("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(SYN_RECEIVED, ESTABLISHED));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  EXPECT_EQ(talk.finish().at(0).handshake, capture::StreamSummary::Handshake::complete);
}

TEST(SimultaneousOpen, WaitsInSynSentForASynThatGotLost) {
  Talk talk;
  talk.client("S  0:0(0)");  // lost
  talk.server("S  0:0(0)");  // lost
  EXPECT_EQ(talk.client_state(), SYN_RECEIVED);
  talk.wait(std::chrono::seconds(1)).server("S  0:0(0)");
  EXPECT_EQ(talk.client_state(), SYN_RECEIVED);
  ASSERT_EQ(talk.last().tcp->take_backs().size(), 1u);
  EXPECT_EQ(talk.last().tcp->take_backs()[0].truth, SYN_SENT);
  EXPECT_TRUE(talk.last().tcp->take_backs()[0].lost);
}

TEST(SimultaneousOpen, HasNoWindowUpdateInTheAnswerToASynThatItHadAlready) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S  0:0(0)");
  talk.client("S. 0:0(0) ack 1");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1 win 512 <sack 0:1>");
  EXPECT_FALSE(talk.last().notes.has(Note::window_update));
  talk.client(".  1:1(0) ack 1 win 600");
  EXPECT_THAT(talk, noted(Note::window_update));
}

TEST(SimultaneousOpen, IsUndoneByARefusalBecauseBothEndsCalled) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S  0:0(0)");
  talk.client("S. 0:0(0) ack 1");
  EXPECT_EQ(talk.client_state(), SYN_RECEIVED);
  talk.server("R  1:1(0)");
  EXPECT_EQ(talk.client_state(), CLOSED);  // not LISTEN: it never listened
}

}  // namespace
}  // namespace echolab::test
