// What an IP header says that cannot be right.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"

namespace echolab::capture {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(APacket, WithoutAHopLeftIsSaidToBeWrong) {
  const auto of_ip = [](const IpInfo& ip) {
    const std::string read = in_english(alone(Other{.kind = Other::Kind::icmp, .number = 8, .ip = ip})).text;
    const std::string malformed = in_english(alone(Malformed{.layer = "tcp", .needed = 20, .ip = ip})).text;
    return read + malformed;
  };
  const auto twice = [](const std::string& words) { return ContainsRegex(words + ".*" + words); };
  EXPECT_THAT(of_ip({.zero_ttl = true}), twice("Its TTL is 0: no host and no router may send such a packet"));
  EXPECT_THAT(of_ip({.zero_hop_limit = true}), twice("Its hop limit is 0: no router passes such a packet on"));
  EXPECT_THAT(of_ip({}), Not(HasSubstr("is 0")));
}

TEST(IpLength, OfZeroInASmallPacketLeavesNothingToBelieve) {
  Other ping{.kind = Other::Kind::icmp, .number = 8, .ip = {.offload_length = true, .zero_length = true}};
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).text,
              AllOf(HasSubstr("The IP length is 0, which is wrong"), HasSubstr("a receiver drops it"),
                    HasSubstr("may mean nothing")));
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).advice, IsEmpty());
  ping.ip.zero_length = false;
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).advice, SizeIs(1));
}

TEST(IpLength, BeyondTheFrameIsNoHarmToADatagramThatIsWhole) {
  Datagram sent{.payload_length = 56, .ip = {.missing = 1}};
  EXPECT_THAT(in_english(alone(sent)).text,
              HasSubstr("The IP length promises 1 byte more than the frame holds of this packet. The UDP datagram "
                        "itself is whole, but a receiver drops"));
  sent.absent = 1;
  EXPECT_THAT(in_english(alone(sent)).text, Not(HasSubstr("whole")));
}

}  // namespace
}  // namespace echolab::capture
