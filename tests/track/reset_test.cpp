// RFC 9293, section 3.5.3 and RFC 5961, section 3: resets.
#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Note;

namespace {

TEST(Reset, EndsBothSidesAtOnce) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
  EXPECT_THAT(talk, certain(Certainty::seen, Certainty::assumed));
}

TEST(Reset, OutsideTheWindowIsIgnored) {
  auto talk = established();
  talk.client("R  90000:90000(0)");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Reset, BelowWhatWasAcknowledgedIsIgnored) {
  auto talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.server(".  1:1(0) ack 101");
  talk.client("R  51:51(0)");
  EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
  EXPECT_THAT(talk, noted(Note::reset_ignored));
}

TEST(Reset, AnswersDataToAClosedSocket) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.server("P. 1:6(5) ack 2");
  talk.client("R  2:2(0)");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, IsFinalForLatePackets) {
  auto talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(Reset, WithTheNumberOfAFinThatWasReceivedIsTaken) {
  auto talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("R  1:1(0)");  // Linux takes it in CLOSE_WAIT
  EXPECT_THAT(talk, in(CLOSED, CLOSED));
}

TEST(IllegalFlags, MoveNobody) {
  auto talk = established();
  for (const char* scan : {"none 1:1(0)", "FPU 1:1(0)", "SF 0:0(0)"}) {
    talk.client(scan);
    EXPECT_THAT(talk, in(ESTABLISHED, ESTABLISHED));
    EXPECT_THAT(talk, noted(Note::illegal_flags));
  }
}

}  // namespace
}  // namespace echolab::test
