// The store: it outlives servers, is shared by several, and says so when it cannot keep something.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "tests/support/temporary_folder.hpp"
#include "tools/session/sqlite_place.hpp"

namespace echolab::session {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1} + 12h};
const Terms terms{.server = "A", .idle_timeout = 60s};

std::string ask(Place& place, const std::string& line, Time now = noon) {
  return place.serve(parse_request(line).value(), now).line;
}
std::string id_of(const std::string& answer) { return answer.substr(answer.find("id="), 25); }

class SessionStore : public testing::Test {
 protected:
  SqliteOptions options(std::size_t most = 100) const { return {.file = file_, .most_sessions = most}; }

  test::TemporaryFolder folder_;
  std::string file_ = folder_.file("sessions.db");
};

TEST_F(SessionStore, OutlivesTheServerAndServesAnother) {
  std::string kim;
  {
    SqlitePlace first(terms, options());
    kim = id_of(ask(first, "LOGIN kim"));
    ask(first, kim + " n=1 CART ADD 사과");
  }
  SqlitePlace second(terms, options()), third(terms, options());
  EXPECT_EQ(ask(second, kim + " CART"), "OK 사과:1\n");
  EXPECT_EQ(ask(third, kim + " n=1 CART ADD 사과"), "OK n=1 사과:1\n") << "the repeat is known, too";
}

TEST_F(SessionStore, ItsFilesAreNobodyElses) {
  ::umask(0);
  SqlitePlace place(terms, options());
  ask(place, "LOGIN kim");
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(file_).parent_path())) {
    EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 3) << "the file, its -wal and its -shm";
}

TEST_F(SessionStore, FourProcessesLoseNoUpdate) {
  constexpr int processes = 4, increments = 100;
  std::string kim;
  {
    SqlitePlace place(terms, options());
    kim = id_of(ask(place, "LOGIN kim"));
  }
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    SqlitePlace place(terms, options());
    for (int done = 0; done < increments;)
      if (ask(place, kim + " CART ADD apple").starts_with("OK")) ++done;
    ::_exit(0);
  }
  for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  SqlitePlace place(terms, options());
  EXPECT_EQ(ask(place, kim + " CART"), "OK apple:" + std::to_string(processes * increments) + "\n");
}

TEST_F(SessionStore, LockedByAnotherItIsBusySoonAndNothingIsWrittenLater) {
  SqlitePlace place(terms, options());
  const std::string kim = id_of(ask(place, "LOGIN kim"));
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  auto quickest =
      std::chrono::steady_clock::duration::max();  // of several: a machine that is busy is not slow each time
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(ask(place, kim + " CART ADD apple"), "NO store-busy\n");
    quickest = std::min(quickest, std::chrono::steady_clock::now() - start);
  }
  EXPECT_LT(quickest, 300ms);
  EXPECT_EQ(ask(place, "LOGIN lee"), "NO store-busy\n");
  EXPECT_EQ(ask(place, "PING"), "OK pong A\n");
  sqlite3_close(other);
  EXPECT_EQ(ask(place, kim + " CART"), "OK\n");
}

TEST_F(SessionStore, WithoutRoomOnTheDiskItIsFullAndNothingIsHalfWritten) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    SqlitePlace place(terms, options(100'000));
    const std::string kim = id_of(ask(place, "LOGIN kim"));
    const rlimit limit{.rlim_cur = 200'000, .rlim_max = 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::string answer;
    for (int i = 0; i < 20'000 && !answer.starts_with("NO"); ++i) answer = ask(place, "LOGIN somebody");
    ::_exit(answer == "NO full\n" ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << "the answer was not NO full";
  SqlitePlace place(terms, options(100'000));
  EXPECT_THAT(ask(place, "LOGIN late"), StartsWith("OK id="));
}

TEST_F(SessionStore, AFloodOfLoginsIsBoundedAndDrivesOutNobodyWhoWorks) {
  SqlitePlace place(terms, options(10));
  const std::string kim = id_of(ask(place, "LOGIN kim"));
  ask(place, kim + " WHO");
  for (int i = 0; i < 200; ++i) ask(place, "LOGIN flood", noon + i * 20ms);
  EXPECT_EQ(place.sessions(), 10);
  std::string last;
  for (int i = 0; i < 20; ++i) last = ask(place, "LOGIN flood", noon + 10s);
  EXPECT_EQ(last, "NO full\n") << "who has come in this second keeps the place";
  EXPECT_EQ(ask(place, kim + " WHO", noon + 10s), "OK user=kim\n");
}

TEST_F(SessionStore, WhatExpiredIsForgottenAfterAWhile) {
  SqlitePlace place(terms, options());
  const std::string kim = id_of(ask(place, "LOGIN kim"));
  place.tidy(noon + 61s);
  EXPECT_EQ(ask(place, kim + " WHO", noon + 61s), "NO session-expired\n");
  place.tidy(noon + 121s);
  EXPECT_EQ(place.sessions(), 0);
}

TEST_F(SessionStore, ARowThatNobodyOfUsHasWrittenIsNoCrash) {
  SqlitePlace place(terms, options());
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &other), SQLITE_OK);
  const char* row = "INSERT INTO session VALUES('x', 9, 0, '{\"sub\":5}')";
  ASSERT_EQ(sqlite3_exec(other, row, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_EQ(ask(place, "id=x WHO"), "NO store-unavailable\n");
  EXPECT_THAT(ask(place, "LOGIN kim"), StartsWith("OK id="));
}

TEST_F(SessionStore, AFileThatIsNoStoreIsRefused) {
  const std::string text(5000, 'x');
  folder_.file("sessions.db", std::as_bytes(std::span(text)));
  EXPECT_THROW(SqlitePlace(terms, options()), StoreError);
  EXPECT_THROW(SqlitePlace(terms, {.file = folder_.file("none/sessions.db")}), StoreError);
}

}  // namespace
}  // namespace echolab::session
