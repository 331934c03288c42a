// The wire as a conversation: who sends what when, and what becomes of it.
#include "tools/lab/wire/wire.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr capture::Time start{std::chrono::seconds(1'700'000'000)};

Policy policy(const std::vector<std::string>& texts) {
  std::vector<Rule> rules;
  Model model;
  for (const auto& text : texts)
    if (const auto error = add_rule(text, rules, model)) throw std::invalid_argument(text);
  return {rules, model};
}

/// A wire, and all that it has done: "20 client 1 delivered" is the first frame, from the client, after 20 ms.
class Line {
 public:
  explicit Line(const std::vector<std::string>& rules, bool by_hand = false) : wire(policy(rules), by_hand) {}

  Line& client(std::string_view text) { return send(Host::client, text); }
  Line& server(std::string_view text) { return send(Host::server, text); }
  Line& wait(std::chrono::nanoseconds time) {
    const auto end = now_ + time;
    for (auto due = wire.due(); due && *due <= end; due = wire.due()) {
      now_ = std::max(now_, *due);
      look();
    }
    now_ = end;
    look();
    return *this;
  }
  /// What has happened since it was last asked.
  std::vector<std::string> story() {
    look();
    return std::exchange(story_, {});
  }

  Wire wire;
  std::vector<std::vector<std::byte>> handed_over;  // the bytes of each passage that had its own

 private:
  Line& send(Host from, std::string_view text) {
    wire.take(test::frame(++frames_, from, text, now_));
    look();
    return *this;
  }
  void look() {
    while (auto passage = wire.next(now_)) {
      story_.push_back(fmt::format("{} {} {} {}", (now_ - start) / 1ms, capture::to_string(passage->frame->from),
                                   passage->frame->number, to_string(passage->fate)));
      if (passage->copy == 2) story_.back() += " again";
      if (passage->rule != nullptr) story_.back() += " by " + to_string(*passage->rule);
      if (passage->by_chance) story_.back() += " by chance";
      if (!passage->bytes.empty()) handed_over.push_back(std::move(passage->bytes));
    }
  }

  capture::Time now_ = start;
  std::uint64_t frames_ = 0;
  std::vector<std::string> story_;
};

TEST(Wire, DeliversAtOnceAndInOrder) {
  Line line({});
  line.client("S 0:0(0)").server("S. 0:0(0) ack 1").wait(5ms).client(". 1:1(0) ack 1");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered", "0 server 2 delivered", "5 client 3 delivered"));
  EXPECT_EQ(line.wire.due(), std::nullopt);
}

TEST(Wire, DropsTheFrameThatTheRuleNamesAndNotTheNext) {
  Line line({"drop server SYN,ACK 1"});
  line.client("S 0:0(0)").server("S. 0:0(0) ack 1").wait(1s).server("S. 0:0(0) ack 1");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered", "0 server 2 dropped by drop server SYN,ACK 1",
                                        "1000 server 3 delivered"));
}

TEST(Wire, ADelayedFrameIsOvertaken) {
  Line line({"delay client ACK 1 300ms"});
  line.client(". 1:1(0) ack 1").client("P. 1:6(5) ack 1");
  EXPECT_EQ(line.wire.due(), start + 300ms);
  line.wait(1s);
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed by delay client ACK 1 300ms", "0 client 2 delivered",
                                        "300 client 1 delivered by delay client ACK 1 300ms"));
}

TEST(Wire, FramesThatAreAllDelayedKeepTheirOrder) {
  Line line({"delay 50ms"});
  line.client("S 0:0(0)").wait(1ms).client("S 0:0(0)").client("S 0:0(0)").wait(1s);
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed", "1 client 2 delayed", "1 client 3 delayed",
                                        "50 client 1 delivered", "51 client 2 delivered", "51 client 3 delivered"));
}

TEST(Wire, ADoubledFrameGoesTwiceInARow) {
  Line line({"double server DATA 1"});
  line.server("P. 1:6(5) ack 6").server("F. 6:6(0) ack 6");
  EXPECT_THAT(line.story(), ElementsAre("0 server 1 delivered by double server DATA 1",
                                        "0 server 1 doubled again by double server DATA 1", "0 server 2 delivered"));
}

TEST(Wire, ACorruptedFrameIsHandedOverWithAWrongChecksum) {
  Line line({"corrupt client DATA 1"});
  line.client("P. 1:6(5) ack 1").client("P. 1:6(5) ack 1");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 corrupted by corrupt client DATA 1", "0 client 2 delivered"));
  ASSERT_EQ(line.handed_over.size(), 1u);
  EXPECT_FALSE(test::checksum_holds(line.handed_over[0]));
}

TEST(Wire, TheSecondCopyOfACorruptedFrameIsWhole) {
  Line line({"corrupt client DATA 1", "double client DATA 1"});
  line.client("P. 1:6(5) ack 1");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 corrupted by corrupt client DATA 1",
                                        "0 client 1 doubled again by corrupt client DATA 1"));
  EXPECT_EQ(line.handed_over.size(), 1u);
}

TEST(Swap, TwoFramesOfADirectionChangePlaces) {
  Line line({"swap client DATA 1"});
  line.client("P. 1:6(5) ack 1").server(". 1:1(0) ack 1").wait(20ms).client("P. 6:11(5) ack 1").wait(2s);
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed by swap client DATA 1", "0 server 2 delivered",
                                        "20 client 3 delivered", "20 client 1 delivered by swap client DATA 1"));
}

TEST(Swap, LetsTheFrameGoAfterASecondWhereNothingFollows) {
  Line line({"swap client DATA 1"});
  line.client("P. 1:6(5) ack 1").wait(5s).client("P. 6:11(5) ack 1");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed by swap client DATA 1",
                                        "1000 client 1 delivered by swap client DATA 1", "5000 client 2 delivered"));
}

TEST(Swap, WaitsForAFrameThatGoesAndNotForOneThatIsLost) {
  Line line({"swap client DATA 1", "drop client DATA 2"});
  line.client("P. 1:6(5) ack 1").client("P. 6:11(5) ack 1").client("P. 11:16(5) ack 1");
  EXPECT_THAT(line.story(),
              ElementsAre("0 client 1 delayed by swap client DATA 1", "0 client 2 dropped by drop client DATA 2",
                          "0 client 3 delivered", "0 client 1 delivered by swap client DATA 1"));
}

TEST(Swap, OfFramesInARowTurnsThemRound) {
  Line line({"swap client UDP 1..2"});
  line.client("UDP 1").client("UDP 2").client("UDP 3");
  EXPECT_THAT(line.story(),
              ElementsAre("0 client 1 delayed by swap client UDP 1..2", "0 client 2 delayed by swap client UDP 1..2",
                          "0 client 3 delivered", "0 client 2 delivered by swap client UDP 1..2",
                          "0 client 1 delivered by swap client UDP 1..2"));
}

TEST(Swap, IsNotWaitedForWhereADelayHasDoneIt) {
  Line line({"delay client UDP 1 300ms", "swap client UDP 1"});
  line.client("UDP 1").wait(10ms).client("UDP 2").wait(5s);
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed by delay client UDP 1 300ms", "10 client 2 delivered",
                                        "300 client 1 delivered by delay client UDP 1 300ms"));
}

TEST(Swap, GoesBeforeTheFrameAfterTheNextAndAfterTheNextOnesCopy) {
  Line line({"swap client UDP 1", "double client UDP 2"});
  line.client("UDP 1");
  line.story();
  line.wire.take(test::frame(11, Host::client, "UDP 2", start));
  line.wire.take(test::frame(12, Host::client, "UDP 3", start));
  EXPECT_THAT(line.story(), ElementsAre("0 client 11 delivered by double client UDP 2",
                                        "0 client 11 doubled again by double client UDP 2",
                                        "0 client 1 delivered by swap client UDP 1", "0 client 12 delivered"));
}

TEST(Cut, NothingPassesInEitherDirectionForItsTime) {
  Line line({"cut after client DATA 1 for 2s"});
  const std::string cut = " by cut after client DATA 1 for 2s";
  line.client("P. 1:6(5) ack 1").server(". 1:1(0) ack 6").wait(1999ms).client("P. 6:11(5) ack 1").wait(1ms);
  line.server(". 1:1(0) ack 6");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered" + cut, "0 server 2 dropped" + cut,
                                        "1999 client 3 dropped" + cut, "2000 server 4 delivered"));
}

TEST(Cut, LosesWhatIsUnderWay) {
  Line line({"delay server ACK 1 300ms", "cut after client DATA 1 for 2s"});
  line.server(". 1:1(0) ack 1").wait(200ms).client("P. 1:6(5) ack 1").wait(3s);
  EXPECT_THAT(line.story(), ElementsAre("0 server 1 delayed by delay server ACK 1 300ms",
                                        "200 client 2 delivered by cut after client DATA 1 for 2s",
                                        "300 server 1 dropped by cut after client DATA 1 for 2s"));
}

TEST(Cut, HoldsForFramesThatWereTakenTogether) {
  Line line({"cut after client UDP 1 for 1s"});
  line.wire.take(test::frame(1, Host::client, "UDP 1", start));
  line.wire.take(test::frame(2, Host::client, "UDP 1", start + 1ms));
  line.wire.take(test::frame(3, Host::client, "UDP 1", start + 1s));
  EXPECT_THAT(line.wait(1s).story(), ElementsAre(testing::HasSubstr("1 delivered"), testing::HasSubstr("2 dropped"),
                                                 testing::HasSubstr("3 delivered")));
}

TEST(Wire, LetsNeighboursPassWhateverTheRules) {
  Line line({"drop client ANY 1..", "cut after server ANY 1 for 1s"});
  line.server("UDP 5").client("ARP").client("SOLICIT").client("UDP 5");
  EXPECT_THAT(line.story(), ElementsAre(testing::HasSubstr("server 1 delivered"), "0 client 2 delivered",
                                        "0 client 3 delivered", testing::HasSubstr("client 4 dropped")));
}

TEST(Wire, SaysWhatHappenedByChance) {
  Line line({"loss 100%"});
  line.client("UDP 5");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 dropped by chance"));
}

TEST(Wire, KeepsTheOrderOfADirectionWhenTheClockIsSetBack) {
  Line line({});
  line.wire.take(test::frame(1, Host::client, "UDP 1", start));
  line.wire.take(test::frame(2, Host::client, "UDP 2", start - 1h));
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered", "0 client 2 delivered"));
}

TEST(Wire, TakesAFrameThatArrivedAfterTheCallersTimeAsArrived) {
  Line line({});
  line.wire.take(test::frame(1, Host::client, "UDP 1", start + 1us));
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered"));
}

TEST(ByHand, AFrameIsHeldUntilItIsToldToGo) {
  Line line({"drop client SYN 1"}, true);
  line.client("S 0:0(0)").wait(1s).client("S 0:0(0)").client("ARP");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 held", "1000 client 2 held", "1000 client 3 delivered"));
  ASSERT_EQ(line.wire.held().size(), 2u);
  EXPECT_EQ(line.wire.held()[0]->number, 1u);
  EXPECT_TRUE(line.wire.decide(2, Fate::delivered));
  EXPECT_TRUE(line.wire.due().has_value());
  EXPECT_THAT(line.story(), ElementsAre("1000 client 2 delivered"));
  EXPECT_TRUE(line.wire.decide(1, Fate::dropped));
  EXPECT_THAT(line.story(), ElementsAre("1000 client 1 dropped"));
  EXPECT_THAT(line.wire.held(), IsEmpty());
  EXPECT_FALSE(line.wire.due().has_value());
}

TEST(ByHand, AFrameIsDoubledAndNobodyCallsItChance) {
  Line line({}, true);
  line.client("S 0:0(0)").story();
  EXPECT_TRUE(line.wire.decide(1, Fate::doubled));
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered", "0 client 1 doubled again"));
}

TEST(ByHand, AFrameThatIsNotHeldCannotBeLetGo) {
  Line line({}, true);
  line.client("S 0:0(0)").story();
  EXPECT_FALSE(line.wire.decide(2, Fate::delivered));
  EXPECT_TRUE(line.wire.decide(1, Fate::dropped));
  EXPECT_FALSE(line.wire.decide(1, Fate::dropped));
  EXPECT_FALSE(line.wire.decide(1, Fate::doubled));
}

TEST(ByHand, WhatARuleSaysIsKnownAndMayBeFollowed) {
  Line line({"drop server SYN,ACK 1", "corrupt client DATA 1", "delay client FIN 1 20ms"}, true);
  line.server("S. 0:0(0) ack 1").client("P. 1:6(5) ack 1").client("F. 6:6(0) ack 1").story();
  EXPECT_EQ(to_string(*line.wire.decided(1)->rule), "drop server SYN,ACK 1");
  for (const std::uint64_t frame : {1, 2, 3}) EXPECT_TRUE(line.wire.follow(frame));
  EXPECT_THAT(line.story(), ElementsAre("0 server 1 dropped by drop server SYN,ACK 1",
                                        "0 client 2 corrupted by corrupt client DATA 1",
                                        "0 client 3 delayed by delay client FIN 1 20ms"));
  EXPECT_THAT(line.wait(20ms).story(), ElementsAre("20 client 3 delivered by delay client FIN 1 20ms"));
}

TEST(ByHand, OrNotFollowed) {
  Line line({"drop client SYN 1"}, true);
  line.client("S 0:0(0)").story();
  EXPECT_TRUE(line.wire.decide(1, Fate::delivered));
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered"));
}

TEST(ByHand, ASwappedFrameWaitsWhileItsFollowerIsHeld) {
  Line line({"swap client UDP 1"}, true);
  line.client("UDP 1").story();
  line.wire.follow(1);
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delayed by swap client UDP 1"));
  line.client("UDP 2").wait(10s).story();
  line.wire.follow(2);
  EXPECT_THAT(line.story(), ElementsAre("10000 client 2 delivered", "10000 client 1 delivered by swap client UDP 1"));
}

TEST(ByHand, ACutThatIsFollowedDropsWhatArrivesInIt) {
  Line line({"cut after client UDP 1 for 20ms"}, true);
  line.client("UDP 1").story();
  line.wire.follow(1);
  line.server("UDP 1").wait(1s).server("UDP 2").story();
  line.wire.follow(2);
  line.wire.follow(3);
  EXPECT_THAT(line.story(),
              ElementsAre("1000 server 2 dropped by cut after client UDP 1 for 20ms", "1000 server 3 delivered"));
}

TEST(ByHand, AHeldFrameStaysWhereItIs) {
  Line line({}, true);
  line.client("S 0:0(0)");
  const Frame* first = line.wire.held()[0];
  for (int i = 0; i < 1000; ++i) line.client("S 0:0(0)");
  EXPECT_EQ(line.wire.held()[0], first);
  EXPECT_EQ(first->number, 1u);
}

TEST(ByHand, LettingAllGoEndsIt) {
  Line line({"drop client SYN 3"}, true);
  line.client("S 0:0(0)").client("S 0:0(0)").story();
  line.wire.let_all_go();
  line.client("S 0:0(0)").client("S 0:0(0)");
  EXPECT_THAT(line.story(), ElementsAre("0 client 1 delivered", "0 client 2 delivered",
                                        "0 client 3 dropped by drop client SYN 3", "0 client 4 delivered"));
}

// Whatever the rules: each frame that is shown ends delivered or dropped once, the order within a direction holds for
// frames that nothing delays, and nothing stays on the wire.
TEST(Wire, LosesTrackOfNoFrame) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 50; ++round) {
    Line line({"loss 20%", "duplicate 20%", "reorder 30%", "delay 7ms", "swap client ANY 3..5", "drop server ANY 4",
               "delay client ANY 7 1500ms", "cut after server ANY 9 for 20ms", "double client ANY 11..12"});
    const int frames = 60;
    for (int i = 0; i < frames; ++i) {
      random() % 2 == 0 ? line.client("UDP 5") : line.server("UDP 5");
      if (random() % 3 == 0) line.wait(std::chrono::milliseconds(random() % 12));
    }
    line.wait(5s);
    int ended = 0;
    for (const auto& event : line.story())
      ended += event.find(" delivered") != std::string::npos || event.find(" dropped") != std::string::npos;
    EXPECT_EQ(ended, frames);
    EXPECT_EQ(line.wire.due(), std::nullopt);
  }
}

}  // namespace
}  // namespace echolab::lab
