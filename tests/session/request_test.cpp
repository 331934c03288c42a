// The request line, and what strangers put in its place.
#include "tools/session/request.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tools/session/answer.hpp"

namespace echolab::session {
namespace {

TEST(SessionRequest, ALineHasANumberWhoAsksAndAVerb) {
  const auto request = parse_request("n=7 id=abc CART ADD apple");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->number, 7);
  EXPECT_EQ(request->id, "abc");
  EXPECT_EQ(request->verb, Verb::add);
  EXPECT_EQ(request->word, "apple");
  EXPECT_EQ(parse_request("id=abc n=7 WHO")->number, 7) << "in either order";
}

TEST(SessionRequest, SpacesAndTabsAroundWordsArePadding) {
  const std::string line = "  token=a.b.c\t WHO" + std::string(500, ' ');
  const auto request = parse_request(line);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->token, "a.b.c");
  EXPECT_EQ(request->verb, Verb::who);
}

TEST(SessionRequest, PutSaysWhereAndHowMuch) {
  const auto request = parse_request("id=x PUT 4096 65536");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->offset, 4096);
  EXPECT_EQ(request->length, 65536);
}

TEST(SessionRequest, NamesMayBeOfAnyScript) {
  EXPECT_TRUE(parse_request("LOGIN 철수"));
  EXPECT_TRUE(parse_request("LOGIN o'neill"));
  EXPECT_TRUE(parse_request("LOGIN " + std::string(32, 'a')));
}

TEST(SessionRequest, WhatIsNoRequestIsRefused) {
  const std::string lines[] = {"",
                               " ",
                               "\t",
                               "who",
                               "HELLO",
                               "n=1",
                               "id=x",
                               "n=0 WHO",
                               "n=-1 WHO",
                               "n= WHO",
                               "n=+1 WHO",
                               "n=1x WHO",
                               "n=99999999999999999999 WHO",
                               "n=1000000000000000000 WHO",
                               "n=1 n=2 WHO",
                               "id=a id=b WHO",
                               "id=a token=b WHO",
                               "id= id=a WHO",
                               "WHO x",
                               "PING x",
                               "LOGIN",
                               "LOGIN a b",
                               "CART DEL x",
                               "CART ADD",
                               "CART ADD a b",
                               "PUT",
                               "PUT 0",
                               "PUT -1 5",
                               "PUT 0 -5",
                               "PUT 0 65537",
                               "PUT 0 1 2",
                               "PUT 0x10 5",
                               "PUT 99999999999999999999 5",
                               "LOGIN " + std::string(33, 'a'),
                               "LOGIN a:b",
                               "LOGIN a=b",
                               "LOGIN \"a\"",
                               "LOGIN \xff\xfe",
                               "LOGIN \xec\xb2",
                               "LOGIN \x1b[31m",
                               "LOGIN \xe2\x80\xae"
                               "abc",
                               "\xec\xb2\xa0 WHO",
                               "LOGIN \x7f",
                               std::string("LOGIN a\0b", 9),
                               std::string(5120, 'A'),
                               "WHO" + std::string(4094, ' ')};
  for (const std::string& line : lines) EXPECT_FALSE(parse_request(line)) << line;
}

TEST(SessionAnswer, ALineHasTheNumberAndTheCredentialBeforeTheWords) {
  EXPECT_EQ(to_line(ok("apple:1"), 3, "id=abc"), "OK n=3 id=abc apple:1\n");
  EXPECT_EQ(to_line(refusal(Reason::offset, "have=5"), 3), "NO offset n=3 have=5\n");
  EXPECT_EQ(to_line(ok()), "OK\n");
}

TEST(SessionAnswer, WhatAStateRemembersReadsTheSame) {
  for (const Answer& answer : {ok(), ok("apple:1 pear:2"), refusal(Reason::full), refusal(Reason::offset, "have=5")})
    EXPECT_EQ(parse_answer(to_text(answer)), answer);
  for (const char* text : {"", "ok", "NO", "NO such-reason", "OKAY"}) EXPECT_FALSE(parse_answer(text)) << text;
}

TEST(SessionReason, EveryOneHasANameOfItsOwnAndAMeaningInBothLanguages) {
  for (int i = 0; i < reason_count; ++i) {
    const auto reason = static_cast<Reason>(i);
    EXPECT_EQ(reason_named(name(reason)), reason);
    EXPECT_FALSE(meaning(reason).en.empty());
    EXPECT_FALSE(meaning(reason).ko.empty());
  }
}

}  // namespace
}  // namespace echolab::session
