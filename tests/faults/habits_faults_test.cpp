// Section H, rows 37, 43 and 48: what new users looked for on the screen and did not find.
#include <gmock/gmock.h>

#include "capture/render/annotation.hpp"
#include "capture/render/rung.hpp"
#include "tests/explain/told.hpp"
#include "tests/notation/notation.hpp"
#include "tests/programs/sniffed.hpp"
#include "tests/render/scene.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/raw_socket.hpp"
#include "tests/track/talk.hpp"

namespace echolab::test {
namespace {

using capture::in_english;
using capture::in_korean;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

// 37: the window is shown where it changes, or is 0

std::string last_rung(const Scene& scene) {
  std::string label;
  for (const auto& shot : scene.shots()) label = capture::notation(shot->seen, false);
  return label;
}

TEST(FaultH37, AWindowIsShownWhereItChangesOrIsZero) {
  Scene scene;
  EXPECT_EQ(last_rung(scene.client("S 0:0(0) win 65535")), "S 0:0(0) win 65535");
  EXPECT_EQ(last_rung(scene.server("S. 0:0(0) ack 1 win 1000")), "S. 0:0(0) ack 1 win 1000");
  EXPECT_EQ(last_rung(scene.client(". 1:1(0) ack 1 win 65535")), ". 1:1(0) ack 1");
  EXPECT_EQ(last_rung(scene.client("P. 1:6(5) ack 1 win 65535", "hello")), "P. 1:6(5) ack 1");
  EXPECT_EQ(last_rung(scene.server(". 1:1(0) ack 6 win 995")), ". 1:1(0) ack 6 win 995");
  EXPECT_EQ(last_rung(scene.server(". 1:1(0) ack 6 win 0")), ". 1:1(0) ack 6 win 0");
  EXPECT_EQ(last_rung(scene.server(". 1:1(0) ack 6 win 0")), ". 1:1(0) ack 6 win 0");
  EXPECT_EQ(last_rung(scene.server("R. 1:1(0) ack 6 win 0")), "R. 1:1(0) ack 6") << "that of an RST means nothing";
}

TEST(FaultH37, TheScaleThatBothSynsAgreedOnStandsBesideIt) {
  Scene scene;
  scene.client("S 0:0(0) win 65535 <wscale 7>").server("S. 0:0(0) ack 1 win 65535 <wscale 10>");
  EXPECT_EQ(last_rung(scene.client(". 1:1(0) ack 1 win 512")), ". 1:1(0) ack 1 win 512*128");
  EXPECT_EQ(last_rung(scene.server(". 1:1(0) ack 1 win 64")), ". 1:1(0) ack 1 win 64*1024");
}

TEST(FaultH37, AScaleThatIsNotInTheCaptureIsAQuestion) {
  Scene scene;
  EXPECT_EQ(last_rung(scene.client(". 1:1(0) ack 1 win 512")), ". 1:1(0) ack 1 win 512*?");
}

TEST(FaultH37, ASynThatComesAgainHasItsWindow) {
  Scene scene;
  scene.client("S 0:0(0) win 65535").wait(1s);
  EXPECT_EQ(last_rung(scene.client("S 0:0(0) win 65535")), "S 0:0(0) win 65535");
}

// 43: live, the table's head stands there at once, and a row when its connection ends

class FaultH43 : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
};

/// A connection on loopback whose client waits in TIME_WAIT afterwards.
void talk_and_close() {
  const auto listener = bound_socket(SOCK_STREAM);
  ::listen(listener.get(), 1);
  auto client = connected_to(port_of(listener));
  const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
  client = {};
}

TEST_F(FaultH43, TheHeadStandsThereBeforeAnyPacket) {
  Process capture(command("capture", {"--format", "summary", "tcp"}));
  EXPECT_THAT(capture.wait_for("client > server"), HasSubstr("handshake"));
  EXPECT_EQ(capture.end(SIGINT).status, 0);
}

TEST_F(FaultH43, ARowStandsThereWhenItsConnectionEndsAndOnlyOnce) {
  Process capture(command("capture", {"--format", "summary", "tcp"}));
  capture.wait_for("Ctrl-C");
  talk_and_close();
  EXPECT_THAT(capture.wait_for("TCP 0 "), HasSubstr("TCP 0 ")) << "before anybody ends the capture";
  talk_and_close();
  EXPECT_THAT(capture.wait_for("TCP 1 "), HasSubstr("TCP 1 "));
  const Ended ended = capture.end(SIGINT);
  const auto first = ended.out.find("TCP 0 ");
  EXPECT_THAT(ended.out.substr(first), HasSubstr("TIME_WAIT"));
  EXPECT_EQ(ended.out.find("TCP 0 ", first + 1), ended.out.npos);
}

/// A connection as an observer tells of it that does so at its end.
struct ToldAtEnd {
  std::vector<capture::StreamSummary> told;
  capture::Observer observer{[this](const auto& it) { told.push_back(it); }, {.tells_at_end = true}};
  std::uint64_t frames = 0;

  void say(capture::Side from, std::string_view text) {
    capture::Segment segment = parse_segment(text);
    const auto client = Scene::v4(40000), server = Scene::v4(9000);
    const bool calls = from == capture::Side::client;
    segment.source = calls ? client : server, segment.destination = calls ? server : client;
    segment.seq += calls ? 1000 : 5000;
    if (segment.flags.ack()) segment.ack += calls ? 5000 : 1000;
    const capture::Time time{1'700'000'000s + ++frames * 1ms};
    observer.observe({.frame = frames, .time = time}, segment);
  }
  void client(std::string_view text) { say(capture::Side::client, text); }
  void server(std::string_view text) { say(capture::Side::server, text); }
  void open() { client("S 0:0(0)"), server("S. 0:0(0) ack 1"), client(". 1:1(0) ack 1"); }
};

TEST_F(FaultH43, WhatComesAfterTheEndDoesNotTellItAgain) {
  ToldAtEnd it;
  it.open();
  it.client("F. 1:1(0) ack 1"), it.server("F. 1:1(0) ack 2");
  EXPECT_EQ(it.told.size(), 0u) << "the last ACK is to come";
  it.client(". 2:2(0) ack 2");
  EXPECT_EQ(it.told.size(), 1u);
  it.server("F. 1:1(0) ack 2"), it.client(". 2:2(0) ack 2");
  it.observer.finish();
  EXPECT_EQ(it.told.size(), 1u);
  EXPECT_EQ(it.observer.after_end(), 2u);
}

TEST_F(FaultH43, WhatGoesOnAfterSomebodyElsesResetIsToldOnceMore) {
  ToldAtEnd it;
  it.open();
  it.server("R. 1:1(0) ack 1");
  EXPECT_EQ(it.told.size(), 1u);
  it.server("P. 1:6(5) ack 1"), it.client(". 1:1(0) ack 6");
  it.observer.finish();
  ASSERT_EQ(it.told.size(), 2u);
  EXPECT_EQ(it.told[1].packets, 6u);
}

// 48: an idle time-out is among the reasons of an RST; nobody answers

TEST(FaultH48, AfterALongSilenceAnIdleTimeoutIsAmongTheReasons) {
  auto talk = established();
  talk.wait(65s).server("R. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text,
              AllOf(HasSubstr("65 s"), HasSubstr("idle time-out"), HasSubstr("SO_LINGER")));
  EXPECT_THAT(in_korean(talk.last()).text, AllOf(HasSubstr("idle timeout"), HasSubstr("SO_LINGER")));
}

TEST(FaultH48, SoItIsWhereTheResetAnswersTheFirstDataAfterIt) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(". 1:1(0) ack 6");
  talk.wait(300s).client("P. 6:11(5) ack 1");
  talk.server("R 1:1(0)");
  EXPECT_THAT(in_english(talk.last()).text, AllOf(HasSubstr("300 s"), HasSubstr("idle time-out")));
}

TEST(FaultH48, WithoutASilenceNobodySpeaksOfOne) {
  auto talk = established();
  talk.wait(2s).server("R. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, AllOf(HasSubstr("SO_LINGER"), Not(HasSubstr("idle"))));
}

TEST(FaultH48, WhoTriesAgainAndAgainIsNotSilent) {
  auto talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.wait(13s).client("P. 1:6(5) ack 1");
  talk.server("R. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("idle")));
}

TEST(FaultH48, NobodyAnswersFourSyns) {
  Talk talk;
  talk.client("S 0:0(0)");
  for (const auto pause : {1s, 2s, 4s}) talk.wait(pause).client("S 0:0(0)");
  const auto stream = talk.finish().at(0);
  EXPECT_THAT(sentence(stream, Language::en),
              HasSubstr("Nobody answers 4 SYNs: they are filtered on the way (a firewall), "
                        "or the host is away."));
  EXPECT_THAT(sentence(stream, Language::ko), HasSubstr("방화벽"));
}

TEST(FaultH48, WhoHasAnsweredIsNotSaidToBeAway) {
  Talk once;
  once.client("S 0:0(0)");
  EXPECT_THAT(sentence(once.finish().at(0), Language::en), Not(HasSubstr("Nobody answers")))
      << "after one the capture may just end too soon";
  Talk refused;
  refused.client("S 0:0(0)");
  refused.wait(1s).client("S 0:0(0)");
  refused.server("R. 0:0(0) ack 1");
  EXPECT_THAT(sentence(refused.finish().at(0), Language::en), Not(HasSubstr("Nobody answers")));
}

}  // namespace
}  // namespace echolab::test
