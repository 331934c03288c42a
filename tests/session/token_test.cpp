// The verifier against every token that somebody may try, each with the reason for which it is refused.
#include "tools/session/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/session/base64url.hpp"

namespace echolab::session {
namespace {

using std::string;

const string key1 = "0123456789abcdef0123456789abcdef", key2 = "second-key-second-key-second-key";
const Time now{std::chrono::seconds(1'764'500'000)};
const string header = R"({"alg":"HS256","kid":"1","typ":"JWT"})";
const string payload = R"({"sub":"kim","iat":1764500000,"nbf":1764500000,"exp":1764501800})";

const Keys& keys() {
  static const Keys both = [] {
    Keys made;
    made.add("1", key1);
    made.add("2", key2);
    return made;
  }();
  return both;
}

string hmac(const string& key, const string& message) {
  const auto digest = Hmac(key).of(message);
  return {digest.begin(), digest.end()};
}
string token(const string& head, const string& body, const string& key = key1) {
  const string in = to_base64url(head) + "." + to_base64url(body);
  return in + "." + to_base64url(hmac(key, in));
}
string good() { return token(header, payload); }
string unsigned_good() { return good().substr(0, good().rfind('.')); }
string with_header(const string& head) { return to_base64url(head) + good().substr(good().find('.')); }
string with_payload(const string& body) {
  return good().substr(0, good().find('.') + 1) + to_base64url(body) + good().substr(good().rfind('.'));
}

/// "ok", or the reason.
string judged(const string& token, TokenTerms terms = {}) {
  const auto verified = verify(token, keys(), now, terms);
  const auto* reason = std::get_if<Reason>(&verified);
  return reason != nullptr ? string(name(*reason)) : "ok";
}

struct Case {
  string name, token, verdict;
};
void PrintTo(const Case& it, std::ostream* out) { *out << it.name; }

class SessionToken : public testing::TestWithParam<Case> {};

TEST_P(SessionToken, IsJudged) { EXPECT_EQ(judged(GetParam().token), GetParam().verdict) << GetParam().token; }

string other_last_character() {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  string altered = good();
  altered.back() = alphabet[alphabet.find(altered.back()) ^ 1];
  return altered;
}
string one_bit_off() {
  string altered = good();
  char& letter = altered[altered.rfind('.') + 5];
  letter = letter == 'A' ? 'B' : 'A';
  return altered;
}
string in_ordinary_base64() {  // of a payload whose text has both letters in which the alphabets differ
  string altered = token(header, R"({"sub":"kim","exp":1764501800,"x":"~~~???>>>"})");
  std::ranges::replace(altered, '-', '+');
  std::ranges::replace(altered, '_', '/');
  return altered;
}

INSTANTIATE_TEST_SUITE_P(
    Signature, SessionToken,
    testing::Values(Case{"good", good(), "ok"}, Case{"wrong key", token(header, payload, key2), "token-forged"},
                    Case{"payload tampered", with_payload(R"({"sub":"lee","exp":1764501800})"), "token-forged"},
                    Case{"one bit of the signature", one_bit_off(), "token-forged"},
                    Case{"unused bits of the last character differ", other_last_character(), "token-malformed"},
                    Case{"signature cut to 16 bytes",
                         unsigned_good() + "." + to_base64url(hmac(key1, unsigned_good()).substr(0, 16)),
                         "token-forged"},
                    Case{"signature empty", unsigned_good() + ".", "token-forged"},
                    Case{"padding at the end", good() + "=", "token-malformed"},
                    Case{"+ and / for - and _", in_ordinary_base64(), "token-malformed"},
                    Case{"white space in it", good().insert(good().rfind('.') + 9, "\n"), "token-malformed"},
                    Case{"a fourth part", good() + ".abc", "token-malformed"},
                    Case{"NUL and text behind it", good() + string("\0x", 2), "token-malformed"},
                    Case{"two parts", unsigned_good(), "token-malformed"}, Case{"empty", "", "token-malformed"},
                    Case{"dots alone", "..", "token-malformed"},
                    Case{"1200 bytes and one more", string(1201, 'A'), "token-too-long"}));

INSTANTIATE_TEST_SUITE_P(
    Header, SessionToken,
    testing::Values(
        Case{"alg none, no signature", to_base64url(R"({"alg":"none","kid":"1"})") + "." + to_base64url(payload) + ".",
             "token-alg"},
        Case{"alg none, no last dot", to_base64url(R"({"alg":"none","kid":"1"})") + "." + to_base64url(payload),
             "token-malformed"},
        Case{"alg None", to_base64url(R"({"alg":"None","kid":"1"})") + "." + to_base64url(payload) + ".", "token-alg"},
        Case{"alg none with the good signature", with_header(R"({"alg":"none","kid":"1"})"), "token-alg"},
        Case{"alg hs256, signed so", token(R"({"alg":"hs256","kid":"1"})", payload), "token-alg"},
        Case{"alg HS512 named, HS256 made", token(R"({"alg":"HS512","kid":"1"})", payload), "token-alg"},
        Case{"no alg", token(R"({"kid":"1"})", payload), "token-alg"},
        Case{"alg is a number", token(R"({"alg":256,"kid":"1"})", payload), "token-alg"},
        Case{"alg twice", token(R"({"alg":"none","alg":"HS256","kid":"1"})", payload), "token-malformed"},
        Case{"unknown kid", token(R"({"alg":"HS256","kid":"9"})", payload), "token-key-unknown"},
        Case{"no kid", token(R"({"alg":"HS256"})", payload), "token-key-unknown"},
        Case{"kid is a number", token(R"({"alg":"HS256","kid":1})", payload), "token-key-unknown"},
        Case{"kid 2, signed with 2", token(R"({"alg":"HS256","kid":"2"})", payload, key2), "ok"},
        Case{"kid 2, signed with 1", token(R"({"alg":"HS256","kid":"2"})", payload), "token-forged"},
        Case{"kid is a path", token(R"({"alg":"HS256","kid":"../../dev/null"})", payload), "token-key-unknown"},
        Case{"crit", token(R"({"alg":"HS256","kid":"1","crit":["b64"],"b64":false})", payload), "token-malformed"},
        Case{"another typ", token(R"({"alg":"HS256","kid":"1","typ":"X"})", payload), "ok"},
        Case{"an array", token(R"(["HS256"])", payload), "token-malformed"}));

INSTANTIATE_TEST_SUITE_P(
    Claims, SessionToken,
    testing::Values(
        Case{"expired an hour ago", token(header, R"({"sub":"kim","exp":1764496400})"), "token-expired"},
        Case{"expired 10 s ago", token(header, R"({"sub":"kim","exp":1764499990})"), "token-expired"},
        Case{"expired before 1970", token(header, R"({"sub":"kim","exp":-1})"), "token-expired"},
        Case{"expired within the skew", token(header, R"({"sub":"kim","exp":1764499996})"), "ok"},
        Case{"expires in no time of ours", token(header, R"({"sub":"kim","exp":18446744073709551615})"), "ok"},
        Case{"not yet valid", token(header, R"({"sub":"kim","nbf":1764503600,"exp":1764507200})"),
             "token-not-yet-valid"},
        Case{"issued in an hour", token(header, R"({"sub":"kim","iat":1764503600,"exp":1764507200})"),
             "token-not-yet-valid"},
        Case{"valid within the skew", token(header, R"({"sub":"kim","nbf":1764500005,"exp":1764507200})"), "ok"},
        Case{"no exp", token(header, R"({"sub":"kim"})"), "token-malformed"},
        Case{"no sub", token(header, R"({"exp":1764501800})"), "token-malformed"},
        Case{"exp is text", token(header, R"({"sub":"kim","exp":"1764501800"})"), "token-malformed"},
        Case{"exp 1e99", token(header, R"({"sub":"kim","exp":1e99})"), "token-malformed"},
        Case{"exp 1e9999", token(header, R"({"sub":"kim","exp":1e9999})"), "token-malformed"},
        Case{"sub is a number", token(header, R"({"sub":5,"exp":1764501800})"), "token-malformed"},
        Case{"cart is a list", token(header, R"({"sub":"kim","exp":1764501800,"cart":[1]})"), "token-malformed"},
        Case{"sub twice", token(header, R"({"sub":"kim","sub":"root","exp":1764501800})"), "token-malformed"},
        Case{"jti is a path", token(header, R"({"sub":"kim","exp":1764501800,"jti":"../../x"})"), "token-malformed"},
        Case{"10000 [", token(header, string(10000, '[')), "token-too-long"},
        Case{"800 [", token(header, string(800, '[')), "token-malformed"},
        // json.dumps, base64.urlsafe_b64encode and hmac.new of Python have made this one.
        Case{"Python's",
             "eyJ0eXAiOiAiSldUIiwgImFsZyI6ICJIUzI1NiIsICJraWQiOiAiMSJ9."
             "eyJzdWIiOiAia2ltIiwgImV4cCI6IDE3NjQ1MDE4MDAsICJjYXJ0IjogeyJcdWMwYWNcdWFjZmMiOiAyfX0."
             "zggl7x3CldKkGLd6bkqWaKTLtmQITvRRqR2uUdNgnh4",
             "ok"}));

TEST(SessionTokens, TheSkewIsAnOption) {
  const string late = token(header, R"({"sub":"kim","exp":1764499990})");
  EXPECT_EQ(judged(late, {.skew = std::chrono::seconds(30)}), "ok");
  EXPECT_EQ(judged(late, {.skew = std::chrono::seconds(10)}), "token-expired");
}

TEST(SessionTokens, DeepJsonWithinALongTokenIsRefusedToo) {
  EXPECT_EQ(judged(token(header, string(10000, '[')), {.longest = 100'000}), "token-malformed");
}

TEST(SessionTokens, WhatWeSignWeVerify) {
  State state{.user = "kim", .issued = std::chrono::floor<std::chrono::seconds>(now), .session = "abc"};
  state.expires = state.issued + std::chrono::seconds(60);
  state.cart = {{"사과", 2}};
  const auto verified = verify(sign(state, keys().signing()), keys(), now, {});
  ASSERT_TRUE(std::holds_alternative<State>(verified));
  EXPECT_EQ(std::get<State>(verified), state);
}

TEST(SessionTokens, AnyoneCanReadThem) {
  const auto parts = split_token(good());
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->header, header);
  EXPECT_EQ(parts->payload, payload);
  EXPECT_EQ(parts->signature.size(), Hmac::size);
}

TEST(SessionHmac, IsThatOfRfc4231) {
  const auto digest = Hmac(string(20, '\x0b')).of("Hi There");  // 4.2
  EXPECT_EQ(to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()}),
            "sDRMYdjbOFNcqK_OrwvxK4gdwgDJgz2nJuk3bC4yz_c");
}

}  // namespace
}  // namespace echolab::session
