// The service alone: a request and a state in, an answer and a state out.
#include "tools/session/service.hpp"

#include <gtest/gtest.h>

namespace echolab::session {
namespace {

using namespace std::chrono_literals;

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 12h};
const Terms terms{.server = "B", .idle_timeout = 60s};

Served ask(std::string_view line, std::optional<State> state = {}, Time now = noon, std::string_view body = {}) {
  auto request = parse_request(line);
  EXPECT_TRUE(request) << line;
  request->body = body;
  return serve(*request, std::move(state), now, terms);
}
std::string said(const Served& served) { return to_text(served.answer); }
State kim() { return *ask("LOGIN kim").state; }

TEST(SessionService, PingNeedsNobody) { EXPECT_EQ(said(ask("PING")), "OK pong B"); }

TEST(SessionService, WithoutAStateEverythingButLoginIsRefused) {
  for (const char* line : {"WHO", "CART", "CART ADD apple", "BUY", "PUT 0 5", "HAVE", "LOGOUT"})
    EXPECT_EQ(said(ask(line)), "NO login-first") << line;
}

TEST(SessionService, LoginMakesAStateThatKnowsTheUser) { EXPECT_EQ(said(ask("WHO", kim())), "OK user=kim"); }

TEST(SessionService, TheCartGrowsAndBuyEmptiesIt) {
  Served served = ask("CART ADD pear", kim());
  served = ask("CART ADD apple", served.state);
  served = ask("CART ADD apple", served.state);
  EXPECT_EQ(said(served), "OK apple:2 pear:1");
  EXPECT_EQ(said(ask("CART", served.state)), "OK apple:2 pear:1");
  served = ask("BUY", served.state);
  EXPECT_EQ(said(served), "OK bought apple:2 pear:1");
  EXPECT_TRUE(served.bought);
  served = ask("BUY", served.state);
  EXPECT_EQ(said(served), "OK nothing");
  EXPECT_FALSE(served.bought);
}

TEST(SessionService, ACartHasAnEnd) {
  State state = kim();
  for (std::size_t i = 0; i < most_items; ++i) state = *ask("CART ADD item" + std::to_string(i), state).state;
  EXPECT_EQ(said(ask("CART ADD one-more", state)), "NO full");
  state.cart["item0"] = most_of_an_item;
  EXPECT_EQ(said(ask("CART ADD item0", state)), "NO full");
}

TEST(SessionService, TheSameNumberIsAnsweredAsItWasAndDoesNothingAgain) {
  const Served first = ask("n=1 CART ADD apple", kim());
  const Served again = ask("n=1 CART ADD apple", first.state);
  EXPECT_EQ(again.answer, first.answer);
  EXPECT_EQ(again.state, first.state);
  const Served bought = ask("n=2 BUY", first.state);
  EXPECT_TRUE(bought.bought);
  EXPECT_FALSE(ask("n=2 BUY", bought.state).bought);
}

TEST(SessionService, ALowerNumberIsOld) {
  const Served served = ask("n=5 WHO", kim());
  const Served old = ask("n=4 BUY", served.state);
  EXPECT_EQ(said(old), "NO old-request");
  EXPECT_EQ(old.state, served.state);
  EXPECT_EQ(said(ask("n=7 WHO", served.state)), "OK user=kim");
}

TEST(SessionService, EachAnswerRenewsTheTimeAndNeverShortensIt) {
  const Served served = ask("LOGIN kim", {}, noon + 1ms);
  EXPECT_EQ(served.state->expires, noon + 61s);
  EXPECT_EQ(ask("WHO", served.state, noon + 30s).state->expires, noon + 90s);
}

TEST(SessionService, LogoutLeavesNoState) {
  const Served served = ask("LOGOUT", kim());
  EXPECT_EQ(said(served), "OK bye");
  EXPECT_FALSE(served.state);
}

TEST(SessionService, AnUploadGoesOnWhereItIs) {
  Served served = ask("PUT 0 5", kim(), noon, "hello");
  EXPECT_EQ(said(served), "OK have=5");
  EXPECT_EQ(served.upload, "hello");
  served = ask("PUT 3 5", served.state, noon, "lo, w");
  EXPECT_EQ(said(served), "OK have=8");
  EXPECT_EQ(served.upload, ", w") << "what is here is not written again";
  const Served repeat = ask("PUT 3 5", served.state, noon, "lo, w");
  EXPECT_EQ(said(repeat), "OK have=8");
  EXPECT_EQ(repeat.upload, "");
  EXPECT_EQ(said(ask("PUT 9 5", served.state, noon, "orld!")), "NO offset have=8");
  EXPECT_EQ(said(ask("HAVE", served.state)), "OK have=8");
}

TEST(SessionService, AnUploadHasAnEnd) {
  State state = kim();
  state.have = largest_upload - 1;
  EXPECT_EQ(said(ask("PUT 67108863 2", state, noon, "ab")), "NO full have=67108863");
  EXPECT_EQ(said(ask("PUT 67108863 1", state, noon, "a")), "OK have=67108864");
}

TEST(SessionState, ItsJsonReadsTheSame) {
  State state = *ask("n=9 CART ADD 사과", kim()).state;
  state.session = "abc_DEF-123";
  state.have = 4096;
  EXPECT_EQ(read_claims(to_json(state))->state, state);
  EXPECT_EQ(to_json(kim()), R"({"sub":"kim","iat":1796126400,"exp":1796126460})");
}

TEST(SessionState, WronglyTypedJsonIsRefused) {
  const std::string texts[] = {R"({"sub":5,"exp":9})",
                               R"({"sub":"","exp":9})",
                               R"({"exp":9})",
                               R"({"sub":"kim"})",
                               R"({"sub":["kim"],"exp":9})",
                               R"({"sub":"a b","exp":9})",
                               R"({"sub":"kim","exp":"9"})",
                               R"({"sub":"kim","exp":1e99})",
                               R"({"sub":"kim","exp":9.5})",
                               R"({"sub":"kim","exp":null})",
                               R"({"sub":"kim","exp":true})",
                               R"({"sub":"kim","exp":9,"iat":"9"})",
                               R"({"sub":"kim","exp":9,"nbf":[9]})",
                               R"({"sub":"kim","exp":9,"cart":[1]})",
                               R"({"sub":"kim","exp":9,"cart":{"a":"1"}})",
                               R"({"sub":"kim","exp":9,"cart":{"a":0}})",
                               R"({"sub":"kim","exp":9,"cart":{"a":-1}})",
                               R"({"sub":"kim","exp":9,"cart":{"a":5000000000}})",
                               R"({"sub":"kim","exp":9,"cart":{"a b":1}})",
                               R"({"sub":"kim","exp":9,"cart":{"a":1,"a":2}})",
                               R"({"sub":"kim","exp":9,"have":-1})",
                               R"({"sub":"kim","exp":9,"have":1e3})",
                               R"({"sub":"kim","exp":9,"jti":"../x"})",
                               R"({"sub":"kim","exp":9,"jti":7})",
                               R"({"sub":"kim","exp":9,"n":1,"last":"hm"})",
                               R"({"sub":"kim","exp":9,"n":1,"last":5})",
                               R"({"sub":"kim","exp":9,"last":"OK"})",
                               R"({"sub":"kim","exp":9,"n":1,"last":"OK a\nOK b"})",
                               R"({"sub":"kim","exp":9,"aud":"others"})",
                               R"({"sub":"kim","sub":"root","exp":9})",
                               R"([{"sub":"kim","exp":9}])",
                               "null",
                               "",
                               "{",
                               R"({"sub":"kim","exp":9} x)",
                               "{\"sub\":\"\xff\",\"exp\":9}",
                               std::string(10000, '[')};
  for (const std::string& text : texts) EXPECT_FALSE(read_claims(text)) << text;
}

}  // namespace
}  // namespace echolab::session
