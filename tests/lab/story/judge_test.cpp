// Promises held against a story: events as the lab tells them, and what is judged of them.
#include "tools/lab/story/judge.hpp"

#include <gmock/gmock.h>

#include "capture/track/observer.hpp"
#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using capture::State;
using test::frame;

/// One check, and a story told to it.
class Trial {
 public:
  explicit Trial(const std::vector<std::string>& order, const std::vector<std::string>& never = {}) {
    Check check;
    for (const auto& text : order) check.order.push_back(std::get<EventPattern>(parse_event_pattern(text)));
    for (const auto& text : never) check.never.push_back(std::get<EventPattern>(parse_event_pattern(text)));
    scenario_.checks.push_back(check);
    judge_ = std::make_unique<Judge>(scenario_);
  }

  /// A frame arrives, and its fate is this at once.
  Trial& client(std::string_view packet, Fate fate = Fate::delivered) { return say(Host::client, packet, fate); }
  Trial& server(std::string_view packet, Fate fate = Fate::delivered) { return say(Host::server, packet, fate); }
  /// The frame that arrived as the n-th meets another fate.
  Trial& again(std::size_t n, Fate fate) {
    events_.at(n - 1).fate = fate;
    judge_->see(events_[n - 1]);
    return *this;
  }
  Trial& kernel(State client, State server, Difference difference = Difference::none) {
    kernel_ = States{client, server};
    difference_ = difference;
    return *this;
  }
  Trial& tell(const Event& event) {
    judge_->see(event);
    return *this;
  }

  bool held() const { return judge_->verdicts().at(0).held; }
  std::string missing() const { return judge_->verdicts().at(0).missing; }

 private:
  Trial& say(Host from, std::string_view packet, Fate fate) {
    now_ += std::chrono::seconds(1);  // two alike at one moment would be one packet, captured twice
    frames_.push_back(frame(frames_.size() + 1, from, packet, now_));
    WireEvent event{
        .fate = fate, .from = from, .observation = {}, .kernel = kernel_, .difference = difference_, .rule = {}};
    event.observation = observer_.observe(frames_.back().packet(), frames_.back().decoded);
    judge_->see(event);
    events_.push_back(event);
    return *this;
  }

  capture::Time now_{};
  Scenario scenario_;
  std::unique_ptr<Judge> judge_;
  std::vector<Frame> frames_;
  std::vector<WireEvent> events_;
  capture::Observer observer_;
  std::optional<States> kernel_;
  Difference difference_ = Difference::none;
};

TEST(Judge, FindsTheEventsInTheirOrderWithOthersBetween) {
  Trial trial({"client SYN 1 delivered", "server SYN,ACK 1 dropped", "server SYN,ACK 2 delivered"});
  EXPECT_FALSE(trial.held());
  EXPECT_EQ(trial.missing(), "client SYN 1 delivered");
  trial.client("S 0:0(0)").server("S. 0:0(0) ack 1", Fate::dropped);
  EXPECT_EQ(trial.missing(), "server SYN,ACK 2 delivered");
  trial.client("S 0:0(0)").server("S. 0:0(0) ack 1");
  EXPECT_TRUE(trial.held());
  EXPECT_EQ(trial.missing(), "");
}

TEST(Judge, DoesNotTakeThemInAnotherOrder) {
  Trial trial({"server SYN,ACK 1 delivered", "client SYN 1 delivered"});
  trial.client("S 0:0(0)").server("S. 0:0(0) ack 1").client("S 0:0(0)");
  EXPECT_EQ(trial.missing(), "client SYN 1 delivered");
}

TEST(Judge, CountsAFrameByItsArrivalHoweverLateItGoes) {
  Trial trial({"client UDP 2 delivered", "client UDP 1 delivered"});
  trial.client("UDP 1", Fate::delayed).client("UDP 2").again(1, Fate::delivered);
  EXPECT_TRUE(trial.held());
}

TEST(Judge, CountsADoubledFrameOnce) {
  Trial trial({"client UDP 1 delivered", "client UDP 1 doubled", "client UDP 2 delivered"});
  trial.client("UDP 1").again(1, Fate::doubled).client("UDP 2");
  EXPECT_TRUE(trial.held());
}

TEST(Judge, TakesAFrameAsSentWhenItArrivesAtTheWire) {
  Trial trial({"client SYN sent", "client SYN delivered"}, {"server ANY sent"});
  trial.client("S 0:0(0)", Fate::held).again(1, Fate::delivered);
  EXPECT_TRUE(trial.held());
}

TEST(Judge, MeansAnyFrameWhereThereIsNoNumberAndTwoWhereItStandsTwice) {
  Trial trial({"client DATA delivered", "client DATA delivered"});
  trial.client("P. 1:6(5) ack 1");
  EXPECT_FALSE(trial.held());
  trial.client("P. 6:11(5) ack 1");
  EXPECT_TRUE(trial.held());
}

TEST(Judge, TakesDataAndFinOfOneFrameAsBoth) {
  Trial trial({"client DATA 1 delivered", "client FIN 1 delivered"});
  EXPECT_TRUE(trial.client("FP. 1:6(5) ack 1").held());
}

TEST(Judge, SeesWhatIsInferredAfterTheFrame) {
  Trial trial({"client SYN 1 delivered", "client SYN_SENT", "server SYN,ACK 1 delivered", "server SYN_RECEIVED"});
  EXPECT_TRUE(trial.client("S 0:0(0)").server("S. 0:0(0) ack 1").held());
}

TEST(Judge, TakesAStateBeforeAFrameAsItWasBefore) {
  Trial trial({"client ESTABLISHED", "server SYN,ACK 1 delivered"});
  EXPECT_FALSE(trial.client("S 0:0(0)").server("S. 0:0(0) ack 1").held());
}

TEST(Judge, SeesWhatTheKernelsSay) {
  Trial trial({"kernel client SYN_SENT", "kernel server SYN_RECEIVED"}, {"disagree"});
  trial.kernel(State::syn_sent, State::listen).client("S 0:0(0)");
  EXPECT_EQ(trial.missing(), "kernel server SYN_RECEIVED");
  trial.kernel(State::syn_sent, State::syn_received).client("S 0:0(0)");
  EXPECT_TRUE(trial.held());
}

TEST(Judge, NamesTheHostAlsoWhereItIsTheOtherEndOfTheConversation) {
  Trial trial({"server SYN_SENT", "kernel server ESTABLISHED"});
  trial.kernel(State::established, State::listen).server("S 0:0(0)");  // the conversation's client sits on the server
  EXPECT_TRUE(trial.held());
}

TEST(Judge, SaysWhatCameThoughItMustNot) {
  Trial trial({}, {"client RST delivered", "disagree"});
  EXPECT_TRUE(trial.client("S 0:0(0)").held());
  trial.kernel(State::closed, State::closed, Difference::no_listener).client("S 0:0(0)");
  EXPECT_TRUE(trial.held());
  trial.kernel(State::closed, State::closed, Difference::unnamed).client("S 0:0(0)");
  EXPECT_EQ(trial.missing(), "disagree");
}

TEST(Judge, HearsCallsOutputAndEnds) {
  Trial trial({"client connect", "client connect = 0", "client recv = 5", "client says hello", "client ends 0"});
  CallEvent call{.host = Host::client, .call = "connect", .arguments = "3, 10.0.0.2:9000", .result = {}, .text = {}};
  trial.tell(call);
  call.returned = true;
  call.result = "0";
  trial.tell(call);
  call.call = "recv";
  call.result = "5, from 10.0.0.2:9000";
  trial.tell(call);
  trial.tell(OutputEvent{.host = Host::server, .program = "tcp_server", .line = "hello"});
  EXPECT_EQ(trial.missing(), "client says hello");
  trial.tell(OutputEvent{.host = Host::client, .program = "tcp_client", .line = "it said hello to me"});
  trial.tell(ExitEvent{.host = Host::client, .program = "tcp_client", .status = 1});
  EXPECT_EQ(trial.missing(), "client ends 0");
  trial.tell(ExitEvent{.host = Host::client, .program = "tcp_client", .status = 0});
  EXPECT_TRUE(trial.held());
}

TEST(Judge, SeesTheSniffersNotes) {
  Trial trial({"note retransmission"});
  EXPECT_TRUE(trial.client("S 0:0(0)").client("S 0:0(0)").held());
}

}  // namespace
}  // namespace echolab::lab
