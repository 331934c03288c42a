// A four-tuple that is used again.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Note;

namespace {

TEST(Reuse, ANewNumberInASynIsANewStream) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("F. 1:1(0) ack 2");
  talk.client(".  2:2(0) ack 2");
  talk.renumber(77'000, 99'000);
  talk.client("S  0:0(0)");
  EXPECT_EQ(talk.last().stream->number, 1u);
  EXPECT_THAT(talk, noted(Note::port_reused));
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  EXPECT_EQ(talk.finish().at(0).client_state, TIME_WAIT);
}

TEST(Reuse, TheSameNumberAfterARefusalIsAnotherTryOfTheSameStream) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("R. 0:0(0) ack 1");
  talk.client("S  0:0(0)");
  EXPECT_EQ(talk.last().stream->number, 0u);
  EXPECT_THAT(talk, in(SYN_SENT, CLOSED)) << "its RST has shown that it is, and nothing has shown otherwise since";
  EXPECT_THAT(talk, noted(Note::retransmission));  // the same SYN, as Windows sends it again in spite of an RST
  EXPECT_FALSE(talk.last().notes.has(Note::never_delivered));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  EXPECT_EQ(talk.last().stream->packet, 4u);
}

TEST(Reuse, FindsTheServerStillInTheOldConnectionAndTriesAgain) {
  auto talk = established();
  talk.renumber(77'000, 99'000);
  talk.client("S  0:0(0)");
  talk.server(".  1:1(0) ack 5000");  // RFC 9293, 3.10.7.4: a challenge ACK, with the old numbers
  EXPECT_THAT(talk, noted(Note::challenge_ack));
  talk.client("R  5000:5000(0)");  // 3.10.7.3: the number that the challenge asked for
  EXPECT_THAT(talk, in(SYN_SENT, CLOSED));
  EXPECT_EQ(talk.last().tcp->client.certainty, capture::Certainty::seen);
  talk.client("S  0:0(0)");
  EXPECT_EQ(talk.client_state(), SYN_SENT);
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
}

TEST(Reuse, ASynOfAnEndThatWasBelievedClosedIsAnotherTry) {
  auto talk = Talk();
  talk.client("S  0:0(0)");
  talk.server(".  1:1(0) ack 5000");
  talk.client("R  1:1(0)");  // gives up
  EXPECT_EQ(talk.client_state(), CLOSED);
  talk.client("S  0:0(0)");
  EXPECT_EQ(talk.client_state(), SYN_SENT);
}

TEST(Reuse, ADifferentNumberWhileCallingIsAnotherAttempt) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.renumber(5555, 6666);
  talk.client("S  0:0(0)");
  EXPECT_EQ(talk.last().stream->number, 1u);
  EXPECT_EQ(talk.finish().size(), 2u);
}

}  // namespace
}  // namespace echolab::test
