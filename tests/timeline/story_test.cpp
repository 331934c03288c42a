// The story's lines: what a reader sees of calls and sentences, at any width, and of bytes that would steer a terminal.
#include "tools/timeline/story.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "capture/render/width.hpp"

namespace echolab::timeline {
namespace {

using testing::HasSubstr;

Style style(int columns, echolab::Language language = echolab::Language::en) {
  Style result;
  result.options.columns = columns;
  result.options.language = language;
  return result;
}

net::CallRecord connecting() {
  net::CallRecord record;
  record.time = net::WallTime(std::chrono::microseconds(51));
  record.role = "client";
  record.call = "connect";
  record.arguments = "3, 127.0.0.1:9000";
  record.explanation = {"blocks until the handshake ends", "핸드셰이크가 끝날 때까지 멈춰 기다린다"};
  return record;
}

int widest(const std::string& text) {
  std::istringstream lines(text);
  int columns = 0;
  for (std::string line; std::getline(lines, line);)
    columns = std::max(columns, static_cast<int>(capture::columns(line)));
  return columns;
}

TEST(Story, TellsACallWithItsTimeArgumentsAndMeaning) {
  const std::string line = story_of(connecting(), style(80));
  EXPECT_THAT(line, HasSubstr("0.000051  connect(3, 127.0.0.1:9000)"));
  EXPECT_THAT(line, HasSubstr("blocks until the handshake ends"));
  EXPECT_EQ(line.back(), '\n');
}

TEST(Story, SpeaksKorean) {
  EXPECT_THAT(story_of(connecting(), style(80, echolab::Language::ko)), HasSubstr("핸드셰이크가 끝날 때까지"));
}

TEST(Story, KeepsToTheWidthOfTheTerminal) {
  for (const int columns : {60, 80, 140})
    for (const auto language : {echolab::Language::en, echolab::Language::ko})
      EXPECT_LE(widest(story_of(connecting(), style(columns, language))), columns);
}

TEST(Story, HasNoColourUnlessAsked) { EXPECT_THAT(story_of(connecting(), style(80)), testing::Not(HasSubstr("\x1b"))); }

/// The client's FIN, as the server's log and the client's have it.
std::string told(echolab::Language language, Role role, capture::Side from, const capture::TcpView& tcp) {
  Style how = style(80, language);
  how.options.role = role;
  const capture::Endpoint client{capture::IpAddress{.bytes = {127, 0, 0, 1}}, 47780},
      server{capture::IpAddress{.bytes = {127, 0, 0, 1}}, 9000};
  capture::Segment segment;
  segment.flags.bits = capture::TcpFlags::fin_bit | capture::TcpFlags::ack_bit;
  capture::Observation seen;
  seen.decoded = segment;
  seen.stream = capture::StreamView{.from = from, .client = client, .server = server};
  seen.tcp = tcp;
  return story_of(seen, capture::Annotation{}, how);
}

TEST(Story, ServersPutTheClientAtItsOwnEndOfTheArrow) {
  capture::TcpView still;
  still.seq = still.ack = 6;
  EXPECT_THAT(told(echolab::Language::en, Role::server, capture::Side::client, still),
              HasSubstr("127.0.0.1:47780 → F. 6:6(0) ack 6"));
  EXPECT_THAT(told(echolab::Language::en, Role::server, capture::Side::server, still),
              HasSubstr("127.0.0.1:47780 ← F. 6:6(0) ack 6"));
  EXPECT_THAT(told(echolab::Language::en, Role::client, capture::Side::server, still),
              HasSubstr("  ← F. 6:6(0) ack 6"));
}

TEST(Story, SkipsNoStateWhereOnePacketMovesTwoSteps) {
  using capture::State;
  capture::TcpView tcp;
  tcp.client = {State::fin_wait_1, State::time_wait, capture::Certainty::assumed};
  tcp.firing_slots = {
      {{capture::Side::server, capture::transition(State::close_wait, capture::Event::send_fin)},
       {capture::Side::client, capture::transition(State::fin_wait_1, capture::Event::receive_ack_of_fin)},
       {capture::Side::client, capture::transition(State::fin_wait_2, capture::Event::receive_fin)}}};
  tcp.firing_count = 3;
  EXPECT_THAT(told(echolab::Language::en, Role::client, capture::Side::server, tcp),
              HasSubstr("client FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT (if it arrived)"));
  tcp.firing_count = 1;  // the rules do not lead there: nothing between is known
  EXPECT_THAT(told(echolab::Language::en, Role::client, capture::Side::server, tcp),
              HasSubstr("client FIN_WAIT_1 → TIME_WAIT"));
}

TEST(Story, SaysWhatAFailedBindMeans) {
  net::CallRecord bind = connecting();
  bind.call = "bind";
  for (const int error : {EADDRINUSE, EACCES})
    for (const auto language : {echolab::Language::en, echolab::Language::ko}) {
      bind.error = error;
      EXPECT_NE(error_meaning(bind, style(80, language).options), "");
    }
}

TEST(Quoted, LetsNothingSteerTheTerminal) {
  const std::string_view evil = "\x1b[2Jhi\r\x07";
  const std::string shown = quoted(std::as_bytes(std::span(evil)), false);
  EXPECT_THAT(shown, testing::Not(testing::AnyOf(HasSubstr("\x1b"), HasSubstr("\r"), HasSubstr("\x07"))));
  EXPECT_THAT(shown, HasSubstr("hi"));
}

TEST(Quoted, CutsLongBytesAndSaysHowManyThereWere) {
  const std::string much(65536, 'a');
  const std::string shown = quoted(std::as_bytes(std::span(much)), false);
  EXPECT_LT(shown.size(), 200u);
  EXPECT_THAT(shown, HasSubstr("65536"));
}

}  // namespace
}  // namespace echolab::timeline
