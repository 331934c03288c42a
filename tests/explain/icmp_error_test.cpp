// An ICMP error as it is told: its name, and the packet that it quotes.
#include <gmock/gmock.h>

#include "capture/explain/icmp.hpp"
#include "tests/explain/told.hpp"

namespace echolab::capture {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// About a datagram from 127.0.0.1:40000 to 127.0.0.1:9000.
IcmpError icmp_error(bool v6, std::uint8_t type, std::uint8_t code) {
  IcmpError error{.v6 = v6, .type = type, .code = code, .quoted_protocol = 17};
  error.source.bytes = {127, 0, 0, 1};
  error.quoted_sender = error.quoted_receiver = error.source;
  error.quoted_source = Endpoint{error.source, 40000};
  error.quoted_destination = Endpoint{error.source, 9000};
  return error;
}

TEST(Icmp, QuotesTheConversationThatItIsAbout) {
  const Annotation told = in_english(alone(icmp_error(false, 3, 3)));
  EXPECT_EQ(told.headline, "ICMP: port unreachable");
  EXPECT_EQ(told.text,
            "127.0.0.1 says that no program listens on UDP 127.0.0.1:9000. It quotes the packet UDP 127.0.0.1:40000 > "
            "127.0.0.1:9000.");
}

TEST(Icmp, IsNamedByItsVersion) {
  EXPECT_EQ(in_english(alone(icmp_error(true, 1, 4))).headline, "ICMPv6: port unreachable");
  EXPECT_EQ(in_korean(alone(icmp_error(true, 1, 4))).headline, "ICMPv6: port unreachable");
}

TEST(Icmp, AQuoteWithoutPortsNamesTheHosts) {
  IcmpError error = icmp_error(false, 3, 3);
  error.quoted_source = error.quoted_destination = std::nullopt;
  EXPECT_EQ(in_english(alone(error)).text,
            "127.0.0.1 says that no program listens on that port. It quotes the packet UDP 127.0.0.1 > 127.0.0.1. The "
            "quote does not hold the ports.");
  error.quoted_protocol = 1;
  EXPECT_THAT(in_english(alone(error)).text, HasSubstr("It quotes the packet ICMP 127.0.0.1 > 127.0.0.1."));
  EXPECT_THAT(in_english(alone(error)).text, Not(HasSubstr("ports.")));
  error.quoted_identification = 0x1234;
  EXPECT_THAT(in_english(alone(error)).text,
              HasSubstr("It quotes a fragment of the packet 0x1234, ICMP 127.0.0.1 > 127.0.0.1."));
  error.v6 = true;
  EXPECT_THAT(in_korean(alone(error)).text, HasSubstr("(패킷 0x00001234의 fragment)"));
}

TEST(Icmp, SaysHowLargeAPacketMayBe) {
  IcmpError error = icmp_error(true, 2, 0);
  EXPECT_THAT(in_english(alone(error)).text, HasSubstr("must be smaller."));
  error.next_mtu = 1280;
  EXPECT_THAT(in_english(alone(error)).text, HasSubstr("it may have 1280 bytes at most."));
  EXPECT_THAT(in_korean(alone(error)).text, HasSubstr("1280바이트까지만 지나갈 수 있습니다"));
}

TEST(Icmp, NamesBothVersionsErrors) {
  const auto name = [](bool v6, std::uint8_t type, std::uint8_t code) {
    return icmp_error_name({.v6 = v6, .type = type, .code = code}).text.en;
  };
  EXPECT_EQ(name(true, 1, 4), "port unreachable");
  EXPECT_EQ(name(false, 3, 3), "port unreachable");
  EXPECT_EQ(name(false, 3, 4), "packet too big");
  EXPECT_EQ(name(true, 2, 0), "packet too big");
  EXPECT_EQ(name(true, 4, 0), "parameter problem");
  EXPECT_EQ(name(true, 4, 1), "parameter problem");
  EXPECT_EQ(name(false, 12, 1), "parameter problem");
  EXPECT_EQ(name(false, 11, 0), "too many hops");
  EXPECT_EQ(name(false, 99, 0), "unnamed error");
}

TEST(Icmp, ErrorsAreNamedWithTheirProtocol) {
  EXPECT_EQ(icmp_error_name({9, true, 1, 0}).text.en, "network unreachable");
  EXPECT_EQ(icmp_error_name({9, false, 3, 3}).text.ko, "port unreachable");
}

}  // namespace
}  // namespace echolab::capture
