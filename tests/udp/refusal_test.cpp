#include "udp/refusal.hpp"

#include <gtest/gtest.h>

namespace echolab::udp {
namespace {

Datagram from(const std::string& host, std::uint16_t port) {
  Datagram datagram;
  datagram.from = net::resolve(host, port);
  return datagram;
}

TEST(Refusal, AClientIsAnswered) {
  EXPECT_EQ(refusal(from("127.0.0.1", 1024), 9000), Refusal::none);
  EXPECT_EQ(refusal(from("::1", 65535), 9000), Refusal::none);
}

TEST(Refusal, PortsBelow1024AreServices) {
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{1, 7, 13, 17, 19, 53, 123, 1023})
    EXPECT_EQ(refusal(from("127.0.0.1", port), 9000), Refusal::low_port) << port;
}

TEST(Refusal, OurOwnPortNumberIsOurselfOrAServerLikeUs) {
  EXPECT_EQ(refusal(from("192.0.2.1", 9000), 9000), Refusal::own_port);
}

TEST(Refusal, GroupsAreNotAnswered) {
  EXPECT_EQ(refusal(from("224.0.0.1", 5000), 9000), Refusal::group);
  EXPECT_EQ(refusal(from("ff02::1", 5000), 9000), Refusal::group);
  EXPECT_EQ(refusal(from("255.255.255.255", 5000), 9000), Refusal::group);
  Datagram to_group = from("127.0.0.1", 5000);
  to_group.to_group = true;
  EXPECT_EQ(refusal(to_group, 9000), Refusal::group);
}

TEST(Refusal, APartIsNotEchoed) {
  Datagram cut = from("127.0.0.1", 5000);
  cut.cut = true;
  EXPECT_EQ(refusal(cut, 9000), Refusal::cut);
}

}  // namespace
}  // namespace echolab::udp
