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
  EXPECT_THAT(talk, in(SYN_SENT, LISTEN));
  EXPECT_FALSE(talk.last().notes.has(Note::retransmission));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(talk, in(ESTABLISHED, SYN_RECEIVED));
  EXPECT_EQ(talk.last().stream->packet, 4u);
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
