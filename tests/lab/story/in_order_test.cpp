// What a receiver takes of the segments that reach it, in the order in which they do.
#include "tools/lab/story/in_order.hpp"

#include <gtest/gtest.h>

#include "tests/notation/notation.hpp"

namespace echolab::lab {
namespace {

/// One direction, segment by segment.
class Receiver {
 public:
  /// Whether a FIN comes into force with this segment.
  bool ends_with(std::string_view segment) { return arrived_.take(test::parse_segment(segment)).flags.fin(); }
  Receiver& after(std::string_view segment) {
    arrived_.take(test::parse_segment(segment));
    return *this;
  }

 private:
  InOrder arrived_;
};

TEST(InOrder, AFinCountsWhenAllBeforeItIsThere) {
  EXPECT_TRUE(Receiver().after("S 0:0(0)").after("P. 1:6(5) ack 1").ends_with("F. 6:6(0) ack 1"));
}

TEST(InOrder, AFinThatOvertakesLostDataWaits) {
  EXPECT_FALSE(Receiver().after("S 0:0(0)").ends_with("F. 6:6(0) ack 1"));
}

TEST(InOrder, AWaitingFinComesIntoForceWithTheDataThatWasMissing) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("F. 6:6(0) ack 1");
  EXPECT_TRUE(receiver.ends_with("P. 1:6(5) ack 1"));
  EXPECT_FALSE(receiver.ends_with("P. 1:6(5) ack 1")) << "it has come into force already";
}

TEST(InOrder, AFinBehindTwoHolesWaitsForBoth) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("P. 6:11(5) ack 1").after("FP. 16:21(5) ack 1");
  EXPECT_FALSE(receiver.ends_with("P. 1:6(5) ack 1"));
  EXPECT_TRUE(receiver.ends_with("P. 11:16(5) ack 1"));
}

TEST(InOrder, ACopyOfAFinAsksForAnotherAck) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("F. 1:1(0) ack 1");
  EXPECT_TRUE(receiver.ends_with("F. 1:1(0) ack 1"));
}

TEST(InOrder, ACopyOfAWaitingFinStillWaits) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("F. 6:6(0) ack 1");
  EXPECT_FALSE(receiver.ends_with("F. 6:6(0) ack 1"));
}

TEST(InOrder, DoubledDataMovesNothingTwice) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("P. 1:6(5) ack 1").after("P. 1:6(5) ack 1");
  EXPECT_FALSE(receiver.ends_with("F. 11:11(0) ack 1")) << "6:11 is still missing";
}

TEST(InOrder, ARepeatedSynForgetsNothing) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("P. 1:6(5) ack 1").after("S 0:0(0)");
  EXPECT_TRUE(receiver.ends_with("F. 6:6(0) ack 1"));
}

TEST(InOrder, ASynWithAnotherNumberBeginsAnew) {
  Receiver receiver;
  receiver.after("S 0:0(0)").after("S 7000:7000(0)");
  EXPECT_FALSE(receiver.ends_with("F. 7006:7006(0) ack 1"));
  EXPECT_TRUE(receiver.ends_with("P. 7001:7006(5) ack 1"));
}

TEST(InOrder, TheNumbersMayWrap) {
  Receiver receiver;
  receiver.after("S 4294967293:4294967293(0)").after("F. 3:3(0) ack 1");
  EXPECT_TRUE(receiver.ends_with("P. 4294967294:3(5) ack 1"));
}

}  // namespace
}  // namespace echolab::lab
