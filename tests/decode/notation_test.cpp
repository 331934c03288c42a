#include "capture/decode/notation.hpp"

#include <gmock/gmock.h>

namespace echolab::capture {
namespace {

constexpr std::uint16_t S = TcpFlags::syn_bit, F = TcpFlags::fin_bit, P = TcpFlags::psh_bit, R = TcpFlags::rst_bit,
                        A = TcpFlags::ack_bit, U = TcpFlags::urg_bit;

std::string segment(int bits, std::uint32_t seq, std::uint32_t ack, std::uint32_t length = 0) {
  return notation(Segment{.flags = {static_cast<std::uint16_t>(bits)}, .window = 65535, .payload_length = length}, seq,
                  ack);
}

TEST(Notation, IsPacketdrills) {
  EXPECT_EQ(segment(S, 0, 0), "S 0:0(0) win 65535");
  EXPECT_EQ(segment(S | A, 0, 1), "S. 0:0(0) ack 1");
  EXPECT_EQ(segment(A, 1, 1), ". 1:1(0) ack 1");
  EXPECT_EQ(segment(P | A, 1, 1, 5), "P. 1:6(5) ack 1");
  EXPECT_EQ(segment(F | A, 6, 6), "F. 6:6(0) ack 6");
  EXPECT_EQ(segment(R, 1, 1), "R 1:1(0)");
  EXPECT_EQ(segment(R | A, 0, 1), "R. 0:0(0) ack 1");
}

TEST(Notation, ShowsTheUrgentPointerWithItsFlag) {
  EXPECT_EQ(notation(Segment{.flags = {U | A}, .urgent_pointer = 1, .payload_length = 1}, 1, 1),
            ".U 1:2(1) ack 1 urg 1");
}

TEST(Notation, SequenceNumbersWrap) { EXPECT_EQ(segment(A, 0xffffffff, 1, 2), ". 4294967295:1(2) ack 1"); }

TEST(Notation, FlagsStandInOneOrder) {
  EXPECT_EQ(flags({0x1ff}), "SFPR.UEWe");
  EXPECT_EQ(flags({0}), "none");
  EXPECT_EQ(flags({0xe00}), "none");  // reserved bits have no letter
}

TEST(Notation, ADatagramIsItsLength) { EXPECT_EQ(notation(Datagram{.payload_length = 5}), "UDP 5"); }

}  // namespace
}  // namespace echolab::capture
