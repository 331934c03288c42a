// The same tests over every place where the state may live; then what each place does alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"
#include "tools/session/memory_place.hpp"
#include "tools/session/sqlite_place.hpp"
#include "tools/session/token_place.hpp"

namespace echolab::session {
namespace {

using namespace std::chrono_literals;
using testing::MatchesRegex;
using testing::StartsWith;

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 12h};
const Terms terms{.server = "A", .idle_timeout = 60s};

Keys test_keys() {
  Keys keys;
  keys.add("k1", std::string(32, 'k'));
  return keys;
}

std::unique_ptr<Place> make(const MemoryPlace*) { return std::make_unique<MemoryPlace>(terms, 100); }
std::unique_ptr<Place> make(const TokenPlace*) {
  return std::make_unique<TokenPlace>(terms, test_keys(), TokenOptions{.deny_list = true});
}

std::unique_ptr<Place> make(const SqlitePlace*) {
  static const test::TemporaryFolder folder;
  static int count = 0;
  return std::make_unique<SqlitePlace>(terms, SqliteOptions{.file = folder.file(std::to_string(++count))});
}

/// A client that carries what it is given.
class Client {
 public:
  explicit Client(Place& place) : place_(place) {}

  std::string ask(std::string_view line, Time now = noon) {
    const std::string whole = carried_.empty() ? std::string(line) : carried_ + " " + std::string(line);
    last_ = place_.serve(parse_request(whole).value(), now);
    if (!last_.credential.empty()) carried_ = last_.credential;
    return to_text(last_.answer);
  }
  const std::string& carried() const { return carried_; }
  void carry(std::string credential) { carried_ = std::move(credential); }
  const Reply& last() const { return last_; }

 private:
  Place& place_;
  std::string carried_;
  Reply last_;
};

template <typename Kind>
class SessionPlace : public testing::Test {
 protected:
  std::unique_ptr<Place> place_ = make(static_cast<const Kind*>(nullptr));
  Client client_{*place_};
};
using Places = testing::Types<MemoryPlace, TokenPlace, SqlitePlace>;
TYPED_TEST_SUITE(SessionPlace, Places);

TYPED_TEST(SessionPlace, KnowsWhoHasLoggedIn) {
  EXPECT_EQ(this->client_.ask("WHO"), "NO login-first");
  EXPECT_EQ(this->client_.ask("LOGIN kim"), "OK");
  EXPECT_THAT(this->client_.carried(), MatchesRegex("(id=[A-Za-z0-9_-]{22})|(token=[A-Za-z0-9_.-]+)"));
  EXPECT_EQ(this->client_.ask("WHO"), "OK user=kim");
  EXPECT_EQ(this->client_.last().state->user, "kim");
}

TYPED_TEST(SessionPlace, KeepsWhatIsInTheCart) {
  for (const char* line : {"LOGIN kim", "CART ADD apple", "CART ADD apple"}) this->client_.ask(line);
  EXPECT_EQ(this->client_.ask("CART"), "OK apple:2");
  EXPECT_EQ(this->client_.ask("BUY"), "OK bought apple:2");
  EXPECT_TRUE(this->client_.last().bought);
  EXPECT_EQ(this->client_.ask("CART"), "OK");
}

TYPED_TEST(SessionPlace, TellsTwoClientsApart) {
  Client other(*this->place_);
  this->client_.ask("LOGIN kim");
  other.ask("LOGIN lee");
  this->client_.ask("CART ADD apple");
  EXPECT_EQ(other.ask("CART"), "OK");
  EXPECT_EQ(other.ask("WHO"), "OK user=lee");
}

TYPED_TEST(SessionPlace, ExpiresWhatIsNotUsedAndKeepsWhatIs) {
  this->client_.ask("LOGIN kim");
  EXPECT_EQ(this->client_.ask("CART ADD apple", noon + 59s), "OK apple:1");
  EXPECT_EQ(this->client_.ask("CART", noon + 118s), "OK apple:1");
  EXPECT_THAT(this->client_.ask("CART", noon + 300s), MatchesRegex("NO (session|token)-expired"));
}

TYPED_TEST(SessionPlace, AfterLogoutTheOldCredentialIsNothing) {
  this->client_.ask("LOGIN kim");
  EXPECT_EQ(this->client_.ask("LOGOUT"), "OK bye");
  EXPECT_THAT(this->client_.ask("WHO"), MatchesRegex("NO (unknown-session|token-revoked)"));
}

TYPED_TEST(SessionPlace, TheSameAddSentTwiceAddsOnce) {
  this->client_.ask("LOGIN kim");
  const std::string before = this->client_.carried();
  this->client_.ask("n=1 CART ADD apple");
  this->client_.carry(before);
  EXPECT_EQ(this->client_.ask("n=1 CART ADD apple"), "OK apple:1");
}

TYPED_TEST(SessionPlace, PingAsksNobody) {
  this->client_.carry("id=nonsense");
  EXPECT_EQ(this->client_.ask("PING"), "OK pong A");
}

TYPED_TEST(SessionPlace, SaysWhatEachEndHolds) {
  this->client_.ask("LOGIN kim");
  const Reply& reply = this->client_.last();
  EXPECT_GT(reply.held_by_client, 20);
  this->client_.ask("CART ADD apple");
  const auto here = this->client_.last().held_here, there = this->client_.last().held_by_client;
  this->client_.ask("CART ADD a-much-longer-name-of-an-item");
  EXPECT_GT(this->client_.last().held_here + this->client_.last().held_by_client, here + there);
}

TYPED_TEST(SessionPlace, AnAnswerThatIsTooLongIsNotGivenAndNothingHasHappened) {
  this->client_.ask("LOGIN kim");
  const std::string line = this->client_.carried() + " CART ADD apple";
  const Reply reply = this->place_->serve(parse_request(line).value(), noon, 5);
  EXPECT_THAT(to_text(reply.answer), MatchesRegex("NO pad length=[0-9]+"));
  EXPECT_EQ(this->client_.ask("CART"), "OK");
}

TYPED_TEST(SessionPlace, ALoginThatIsTooLongOpensNothing) {
  const Reply reply = this->place_->serve(parse_request("LOGIN kim").value(), noon, 20);
  EXPECT_THAT(to_text(reply.answer), MatchesRegex("NO pad length=[0-9]+"));
  EXPECT_EQ(this->place_->sessions(), 0);
}

// --- memory ---

TEST(SessionInMemory, AnIdIsTheServersChoice) {
  MemoryPlace place(terms, 10);
  Client client(place);
  client.carry("id=chosen");
  client.ask("LOGIN kim");
  EXPECT_NE(client.carried(), "id=chosen");
  client.carry("id=chosen");
  EXPECT_EQ(client.ask("WHO"), "NO unknown-session");
}

TEST(SessionInMemory, TheSameBuySentTwiceBuysOnce) {
  MemoryPlace place(terms, 10);
  Client client(place);
  for (const char* line : {"LOGIN kim", "CART ADD apple", "BUY"}) client.ask(line);
  EXPECT_TRUE(client.last().bought);
  client.ask("BUY");
  EXPECT_FALSE(client.last().bought);
}

TEST(SessionInMemory, AFloodOfLoginsIsBoundedAndDrivesOutNobodyWhoWorks) {
  MemoryPlace place(terms, 10);
  Client kim(place);
  kim.ask("LOGIN kim");
  kim.ask("WHO");
  for (int i = 0; i < 1000; ++i) {
    Client flood(place);
    flood.ask("LOGIN flood", noon + i * 20ms);
    EXPECT_LE(place.sessions(), 10);
  }
  EXPECT_EQ(kim.ask("WHO", noon + 21s), "OK user=kim");
}

TEST(SessionInMemory, FullOfSessionsThatAreUsedItSaysSoUntilOneExpires) {
  MemoryPlace place(terms, 2);
  Client kim(place), lee(place), late(place);
  for (Client* client : {&kim, &lee}) {
    client->ask("LOGIN kim");
    client->ask("WHO");
  }
  EXPECT_EQ(late.ask("LOGIN late", noon + 30s), "NO full");
  kim.ask("WHO", noon + 31s);
  EXPECT_EQ(late.ask("LOGIN late", noon + 61s), "OK");
  EXPECT_EQ(kim.ask("WHO", noon + 62s), "OK user=kim");
}

TEST(SessionInMemory, AnExpiredSessionIsForgottenAfterAWhile) {
  MemoryPlace place(terms, 10);
  Client client(place);
  client.ask("LOGIN kim");
  place.tidy(noon + 61s);
  EXPECT_EQ(client.ask("WHO", noon + 61s), "NO session-expired") << "not unknown: it was there";
  place.tidy(noon + 121s);
  EXPECT_EQ(place.sessions(), 0);
}

// --- the client's hand ---

TEST(SessionInTheClientsHand, AnOldTokenBringsTheOldStateBackAndBuysAgain) {
  TokenPlace place(terms, test_keys(), {});
  Client client(place);
  for (const char* line : {"LOGIN kim", "CART ADD apple"}) client.ask(line);
  const std::string old = client.carried();
  client.ask("n=1 BUY");
  EXPECT_TRUE(client.last().bought);
  client.carry(old);
  client.ask("n=1 BUY");
  EXPECT_TRUE(client.last().bought) << "nobody remembers the first";
}

TEST(SessionInTheClientsHand, WithoutADenyListLogoutTakesNothingBack) {
  TokenPlace place(terms, test_keys(), {});
  Client client(place);
  client.ask("LOGIN kim");
  EXPECT_EQ(client.ask("LOGOUT"), "OK bye");
  EXPECT_EQ(client.ask("WHO"), "OK user=kim");
}

TEST(SessionInTheClientsHand, TheDenyListHoldsForLaterTokensOfTheSessionToo) {
  TokenPlace place(terms, test_keys(), {.deny_list = true});
  Client client(place);
  client.ask("LOGIN kim");
  const std::string first = client.carried();
  client.ask("CART ADD apple", noon + 30s);
  const std::string later = client.carried();
  client.carry(first);
  client.ask("LOGOUT", noon + 31s);
  client.carry(later);
  place.tidy(noon + 89s);
  EXPECT_EQ(client.ask("CART", noon + 89s), "NO token-revoked");
}

TEST(SessionInTheClientsHand, TheDenyListIsBoundedAndForgetsWhatHasExpired) {
  TokenPlace place(terms, test_keys(), {.deny_list = true, .most_denied = 2});
  for (const char* answer : {"OK bye", "OK bye", "NO full"}) {
    Client client(place);
    client.ask("LOGIN kim");
    EXPECT_EQ(client.ask("LOGOUT"), answer);
  }
  place.tidy(noon + 300s);
  EXPECT_EQ(place.sessions(), 0);
}

TEST(SessionInTheClientsHand, AnotherServerWithTheKeyKnowsTheClient) {
  TokenPlace one(terms, test_keys(), {}), other(terms, test_keys(), {});
  Client client(one), moved(other);
  for (const char* line : {"LOGIN kim", "CART ADD apple"}) client.ask(line);
  moved.carry(client.carried());
  EXPECT_EQ(moved.ask("CART"), "OK apple:1");
}

TEST(SessionInTheClientsHand, ATokenThatWouldBeTooLongIsNotGivenAndTheOldOneStays) {
  TokenPlace place(terms, test_keys(), {.terms = {.longest = 300}});
  Client client(place);
  client.ask("LOGIN kim");
  std::string answer;
  for (int i = 0; i < 20 && answer != "NO full"; ++i) answer = client.ask("CART ADD item" + std::to_string(i));
  EXPECT_EQ(answer, "NO full");
  EXPECT_THAT(client.ask("CART"), StartsWith("OK item0:1"));
}

TEST(SessionInTheClientsHand, OnlyAnAnswerThatChangesTheStateRenewsTheToken) {
  TokenPlace place(terms, test_keys(), {});
  Client client(place);
  client.ask("LOGIN kim");
  client.ask("WHO", noon + 30s);
  EXPECT_EQ(client.last().credential, "");
  client.ask("CART ADD apple", noon + 30s);
  EXPECT_THAT(client.last().credential, StartsWith("token="));
}

}  // namespace
}  // namespace echolab::session
