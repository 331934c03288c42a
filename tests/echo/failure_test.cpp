// What the echo programs say of a call that failed.
#include "tools/echo/failure.hpp"

#include <gmock/gmock.h>

namespace echolab::echo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string told(const std::string& call, int error, Language language = Language::en) {
  const Program client{.name = "tcp_client",
                       .role = timeline::Role::client,
                       .protocol = timeline::Protocol::tcp,
                       .description = {},
                       .footer = {}};
  Options options;
  options.common.lang = language;
  options.timeout = net::Timeout{0};
  return failure_text(net::CallError(call, {}, error), client, options);
}

TEST(TimedOut, IsOfTheKernelWhereRecvSaysIt) {
  EXPECT_THAT(told("recv", ETIMEDOUT), HasSubstr("gave up"));
  EXPECT_THAT(told("recv", ETIMEDOUT), Not(HasSubstr("0 s"))) << "nobody set a time";
  EXPECT_THAT(told("recv", ETIMEDOUT, Language::ko), HasSubstr("재전송을 포기했습니다"));
}

TEST(TimedOut, IsOursWhereTheServerTakesNothingMore) {
  EXPECT_THAT(told("send", ETIMEDOUT), HasSubstr("takes nothing more"));
}

}  // namespace
}  // namespace echolab::echo
