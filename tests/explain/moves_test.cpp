// Who moved by which rule, who did not, and what is not known of a connection joined late.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Data, MovesNobody) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.server("P. 1:2(1) ack 6"));
  EXPECT_EQ(told.text, "The server sends 1 byte; no state changes.");
  EXPECT_THAT(told.rules, IsEmpty());
  EXPECT_EQ(told.post, "");
}

TEST(LateJoin, SaysThatWhatCameBeforeIsNotKnown) {
  Talk talk;
  const Annotation told = in_english(talk.client("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("The capture joined late"));
  EXPECT_THAT(told.text, HasSubstr("the side with the higher port counts as the client"));
}

TEST(LateJoin, SaysWhatAPacketProvesThoughNoRuleFired) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.server("R 1:1(0)"));
  EXPECT_THAT(told.rules, IsEmpty());
  EXPECT_THAT(told.text, HasSubstr("the server counts as CLOSED (before: UNKNOWN)."));
  EXPECT_THAT(told.text, HasSubstr("the client counts as CLOSED (before: UNKNOWN) (assumed: if it arrived)."));
  EXPECT_THAT(told.text, Not(HasSubstr("no state changes")));
}

// Every rule of the table has a sentence that names both its states.
TEST(Rules, EachIsToldWithItsStates) {
  Talk talk = established();
  for (const Rule& rule : transition_table()) {
    for (const Side side : {Side::client, Side::server}) {
      Observation seen = talk.last();
      seen.tcp->firing_slots[0] = {side, &rule};
      seen.tcp->firing_count = 1;
      for (const Language language : {Language::en, Language::ko}) {
        const Annotation told = annotate(seen, language);
        EXPECT_THAT(told.text, HasSubstr(std::string(to_string(rule.to))));
        if (rule.from != rule.to && rule.reason != Reason::nobody_listens) {
          EXPECT_THAT(told.text, HasSubstr(std::string(to_string(rule.from)) + " -> "));
        }
        EXPECT_THAT(told.rules, ElementsAre(HasSubstr(std::string(rule.section))));
      }
    }
  }
}

TEST(LateJoin, TheSendersStateHangsOnThatItDoesNotRepeatItself) {
  Talk talk;
  talk.client("P. 1:101(100) ack 1");
  talk.server(". 1:1(0) ack 101");
  EXPECT_THAT(in_english(talk.server("P. 1:101(100) ack 101")).text,
              HasSubstr("the server counts as ESTABLISHED (before: UNKNOWN) (assumed: it may only repeat what"));
}

TEST(LateJoin, NothingIsKnownOfAResetThatStandsAlone) {
  Talk talk;
  EXPECT_THAT(in_english(talk.client("R 1:1(0)")).text,
              HasSubstr("whether there was a connection at all, is not known"));
}

}  // namespace
}  // namespace echolab::capture
