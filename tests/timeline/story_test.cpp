// The story's lines: what a reader sees of calls and sentences, at any width, and of bytes that would steer a terminal.
#include "tools/timeline/story.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "capture/render/width.hpp"

namespace echolab::timeline {
namespace {

using testing::HasSubstr;

Style style(int columns, net::Language language = net::Language::en) {
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
  EXPECT_THAT(story_of(connecting(), style(80, net::Language::ko)), HasSubstr("핸드셰이크가 끝날 때까지"));
}

TEST(Story, KeepsToTheWidthOfTheTerminal) {
  for (const int columns : {60, 80, 140})
    for (const auto language : {net::Language::en, net::Language::ko})
      EXPECT_LE(widest(story_of(connecting(), style(columns, language))), columns);
}

TEST(Story, HasNoColourUnlessAsked) { EXPECT_THAT(story_of(connecting(), style(80)), testing::Not(HasSubstr("\x1b"))); }

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
