#include "net/call_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace echolab::net {
namespace {

using testing::ElementsAre;

constexpr Text starts{"begins", "시작"}, returns{"is over", "끝"};

class Lines : public CallLog {
 public:
  Lines() : CallLog("client") {}
  std::vector<CallRecord> records;
  std::vector<std::string> text() const {
    std::vector<std::string> lines;
    for (const CallRecord& record : records) lines.push_back(line(record, {}));
    return lines;
  }

 private:
  void take(CallRecord record) override { records.push_back(std::move(record)); }
};

TEST(CallLog, ACallIsToldWhereItStartsAndWhereItReturns) {
  Lines log;
  const Address server = resolve("127.0.0.1", 9000);
  const Call connect{.name = "connect", .fd = 3, .address = &server, .starts = starts, .returns = returns};
  EXPECT_EQ(logged(&log, connect,
                   [&] {
                     EXPECT_EQ(log.records.size(), 1U) << "the start is told before the call is made";
                     return 0;
                   }),
            0);
  EXPECT_THAT(log.text(), ElementsAre("connect(3, 127.0.0.1:9000)", "connect = 0"));
  EXPECT_EQ(log.records[0].explanation.en, "begins");
  EXPECT_EQ(log.records[1].explanation.in(Language::ko), "끝");
  EXPECT_EQ(log.records[1].role, "client");
}

TEST(CallLog, AFailureIsToldByTheNameOfItsErrorAndErrnoIsKept) {
  Lines log;
  const int result = logged(&log, {.name = "connect", .fd = 3, .returns = returns}, [] {
    errno = ECONNREFUSED;
    return -1;
  });
  EXPECT_EQ(result, -1);
  EXPECT_EQ(errno, ECONNREFUSED);
  EXPECT_THAT(log.text(), ElementsAre("connect(3)", "connect = ECONNREFUSED"));
  EXPECT_TRUE(log.records[1].explanation.empty()) << "what a return means is not said of a failure";
}

TEST(CallLog, AReturnSaysWhoItCameFrom) {
  Lines log;
  const Address peer = resolve("::1", 40000);
  logged(
      &log, {.name = "accept", .fd = 3}, [] { return 5; }, [&](int) { return Outcome{.address = &peer}; });
  EXPECT_THAT(log.text(), ElementsAre("accept(3)", "accept = 5 from [::1]:40000"));
}

TEST(CallLog, TheBytesStandBesideTheCall) {
  EXPECT_EQ(line({.call = "send", .arguments = "3"}, "\"hello\""), "send(3, \"hello\")");
  EXPECT_EQ(line({.phase = CallRecord::Phase::returned, .call = "recv", .result = "5"}, "\"hello\""),
            "recv = 5 \"hello\"");
}

TEST(CallLog, WithoutALogOnlyTheCallIsMade) {
  EXPECT_EQ(logged(nullptr, {.name = "close"}, [] { return 4; }), 4);
}

}  // namespace
}  // namespace echolab::net
