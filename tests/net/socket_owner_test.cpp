#include "net/socket_owner.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace echolab::net {
namespace {

constexpr uid_t me = 1000, other = 1001;

/// The kernel's tables as they are on a little-endian machine.
class SocketOwner : public testing::Test {
 protected:
  void add(const std::string& table, const std::string& local, const std::string& state, uid_t owner) {
    std::ofstream file(folder_.file(table), std::ios::app);
    file << "   0: " << local << " 00000000:0000 " << state << " 00000000:00000000 00:00000000 00000000  " << owner
         << "        0 178 1 0 100 0 0 10 0\n";
  }
  std::optional<uid_t> owner_of(const std::string& host, const std::string& protocol = "tcp") {
    return other_owner(protocol, resolve(host, 9000), me, folder_.file(""));
  }
  test::TemporaryFolder folder_;
};

TEST_F(SocketOwner, IsToldWhereItIsSomebodyElse) {
  add("tcp", "0100007F:2328", "0A", other);
  EXPECT_EQ(owner_of("127.0.0.1"), other);
  EXPECT_EQ(owner_of("127.0.0.2"), std::nullopt) << "another address";
  EXPECT_EQ(owner_of("127.0.0.1", "udp"), std::nullopt) << "another protocol";
}

TEST_F(SocketOwner, OnesOwnIsNotWorthAWord) {
  add("tcp", "0100007F:2328", "0A", me);
  add("tcp", "00000000:2328", "0A", other);
  EXPECT_EQ(owner_of("127.0.0.1"), std::nullopt) << "the exact address comes before every address";
}

TEST_F(SocketOwner, WhoHasEveryAddressHasThisOneToo) {
  add("tcp", "00000000:2328", "0A", other);
  EXPECT_EQ(owner_of("127.0.0.1"), other);
  EXPECT_EQ(owner_of("::1"), std::nullopt) << "every one of IPv4";
}

TEST_F(SocketOwner, AnIPv6SocketMayTakeIPv4) {
  add("tcp6", "00000000000000000000000000000000:2328", "0A", other);
  EXPECT_EQ(owner_of("127.0.0.1"), other);
  EXPECT_EQ(owner_of("::1"), other);
}

TEST_F(SocketOwner, IPv6AddressesAreFourWords) {
  add("udp6", "00000000000000000000000001000000:2328", "07", other);
  EXPECT_EQ(owner_of("::1", "udp"), other);
}

TEST_F(SocketOwner, AConnectionAtThePortIsNoListener) {
  add("tcp", "0100007F:2328", "01", other);
  EXPECT_EQ(owner_of("127.0.0.1"), std::nullopt);
}

TEST_F(SocketOwner, WithoutTablesNobodyKnows) { EXPECT_EQ(owner_of("127.0.0.1"), std::nullopt); }

TEST_F(SocketOwner, ARowThatIsNoneIsPassedOver) {
  std::ofstream(folder_.file("tcp")) << "  sl  local_address rem_address   st\n   0: zz:2328 x 0A\n\n   1: 0100007F";
  EXPECT_EQ(owner_of("127.0.0.1"), std::nullopt);
}

}  // namespace
}  // namespace echolab::net
