// Frames: what is shown of them, and how one is spoilt.
#include "tools/lab/wire/frame.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using test::checksum_holds;
using test::Family;
using test::frame;

TEST(Frame, KeepsItsBytesWhereTheDecodedPayloadPointsWhenItMoves) {
  Frame first = frame(1, Host::client, "P. 1:6(5) ack 1");
  const Frame moved = std::move(first);
  const auto& payload = std::get<capture::Segment>(moved.decoded).payload;
  EXPECT_EQ(payload.data(), moved.bytes.data() + moved.bytes.size() - 5);
}

TEST(Frame, IsShownWhereItIsTcpUdpOrIcmp) {
  for (const Family family : {Family::v4, Family::v6})
    for (const auto* text : {"S 0:0(0)", "UDP 5", "UNREACHABLE", "PING"})
      EXPECT_TRUE(shown(frame(1, Host::client, text, {}, family))) << text;
  EXPECT_FALSE(shown(frame(1, Host::client, "ARP")));
  EXPECT_FALSE(shown(frame(1, Host::client, "SOLICIT")));
}

TEST(Frame, IsShownWhereItIsABrokenPacketOfIp) {
  auto bytes = test::frame_bytes(Host::client, "S 0:0(0)");
  bytes[14 + 20 + 12] = std::byte{0x10};  // a TCP header of 4 bytes
  EXPECT_TRUE(shown(make_frame(1, Host::client, {}, bytes)));
  EXPECT_FALSE(shown(make_frame(1, Host::client, {}, {})));
}

TEST(CorruptedFrame, DiffersInOneByteBehindTheIpHeaderAndItsChecksumFails) {
  for (const Family family : {Family::v4, Family::v6})
    for (const Host from : {Host::client, Host::server})
      for (const auto* text : {"S 0:0(0)", ". 1:1(0) ack 1", "P. 1:6(5) ack 1", "P. 1:2(1) ack 1", "UDP 0", "UDP 5",
                               "UNREACHABLE", "PING"}) {
        const Frame whole = frame(1, from, text, {}, family);
        ASSERT_TRUE(checksum_holds(whole.bytes)) << text;
        const auto spoilt = corrupted(whole);
        EXPECT_FALSE(checksum_holds(spoilt)) << text;
        ASSERT_EQ(spoilt.size(), whole.bytes.size());
        const auto [at, _] = std::mismatch(spoilt.begin(), spoilt.end(), whole.bytes.begin());
        EXPECT_GE(at - spoilt.begin(), 14 + (family == Family::v4 ? 20 : 40)) << text;
        EXPECT_TRUE(std::equal(at + 1, spoilt.end(), whole.bytes.begin() + (at - spoilt.begin()) + 1)) << text;
      }
}

TEST(CorruptedFrame, NeverSaysThatAnEmptyDatagramHasNoChecksum) {
  auto bytes = test::frame_bytes(Host::client, "UDP 0");
  bytes[14 + 20 + 6] = std::byte{0x55};
  bytes[14 + 20 + 7] = std::byte{0x00};
  const auto spoilt = corrupted(make_frame(1, Host::client, {}, bytes));
  EXPECT_NE(spoilt[14 + 20 + 6], std::byte{0});
}

TEST(CorruptedFrame, MayBeAnything) {
  EXPECT_TRUE(corrupted(make_frame(1, Host::client, {}, {})).empty());
  EXPECT_EQ(corrupted(make_frame(1, Host::client, {}, std::vector<std::byte>(3))).size(), 3u);
  auto cut = test::frame_bytes(Host::client, "S 0:0(0)");
  cut.resize(14 + 20 + 4);
  EXPECT_NE(corrupted(make_frame(1, Host::client, {}, cut)), cut);
}

}  // namespace
}  // namespace echolab::lab
