#include "udp/refusal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

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

TEST(FaultF6, PortsBelow1024AreServices) {
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{1, 7, 13, 17, 19, 53, 123, 1023})
    EXPECT_EQ(refusal(from("127.0.0.1", port), 9000), Refusal::low_port) << port;
}

TEST(FaultF6, OurOwnPortNumberIsOurselfOrAServerLikeUs) {
  EXPECT_EQ(refusal(from("192.0.2.1", 9000), 9000), Refusal::own_port);
}

TEST(FaultF7, GroupsAreNotAnswered) {
  EXPECT_EQ(refusal(from("224.0.0.1", 5000), 9000), Refusal::group);
  EXPECT_EQ(refusal(from("ff02::1", 5000), 9000), Refusal::group);
  EXPECT_EQ(refusal(from("255.255.255.255", 5000), 9000), Refusal::group);
  Datagram to_group = from("127.0.0.1", 5000);
  to_group.to_group = true;
  EXPECT_EQ(refusal(to_group, 9000), Refusal::group);
}

TEST(FaultF3, APartIsNotEchoed) {
  Datagram cut = from("127.0.0.1", 5000);
  cut.cut = true;
  EXPECT_EQ(refusal(cut, 9000), Refusal::cut);
}

// No datagram is larger than the server's room (64 KiB), so the socket itself is given a smaller one.
TEST(FaultF3, WhatIsLargerThanTheRoomIsKnownToBeCut) {
  Socket server(AF_INET, nullptr), client(AF_INET, nullptr);
  server.bind(net::resolve("127.0.0.1", 0));
  const auto send = [&](std::size_t size) {
    client.send_to(server.local_address(), std::vector<std::byte>(size));
    std::array<std::byte, 10> room{};
    return *server.receive_from(room, net::Deadline(net::Timeout{20'000}));
  };
  const Datagram whole = send(10), cut = send(11);
  EXPECT_FALSE(whole.cut);
  EXPECT_TRUE(cut.cut);
  EXPECT_EQ(cut.size, 10U);
  EXPECT_EQ(refusal(cut, 9000), Refusal::cut);
}

}  // namespace
}  // namespace echolab::udp
