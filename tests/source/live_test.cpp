// Captures in a network of the test's own: no root, no fixed ports, nobody else's packets.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <filesystem>
#include <functional>

#include "capture/source/packet_source.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::capture {
namespace {

using namespace test;
using Kind = SourceError::Kind;
using std::chrono::steady_clock;
using std::chrono::system_clock;

/// A UDP socket on loopback that sends to itself.
class Sender {
 public:
  Sender() {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    ::bind(fd_, reinterpret_cast<sockaddr*>(&address_), size);
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address_), &size);
  }
  ~Sender() { ::close(fd_); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  std::string filter() const { return "udp port " + std::to_string(ntohs(address_.sin_port)); }

  void send(int datagrams) const {
    const std::array<char, 100> payload{};
    for (int i = 0; i < datagrams; ++i) {
      ::sendto(fd_, payload.data(), payload.size(), 0, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    }
  }

 private:
  int fd_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address_{};
};

PacketSource open(const LiveOptions& options) {
  auto opened = PacketSource::open_live(options);
  if (const auto* error = std::get_if<SourceError>(&opened)) throw std::runtime_error(error->detail);
  return std::get<PacketSource>(std::move(opened));
}

SourceError error_of(const LiveOptions& options) { return std::get<SourceError>(PacketSource::open_live(options)); }

int take_all(PacketSource& source) {
  int packets = 0;
  while (source.next()) ++packets;
  return packets;
}

/// What `body` returns in a child process: it may give up rights that the tests after it need.
int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class Live : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  }
};

// The same network, named by the faults of docs/faults.en.md.
using FaultD1 = Live;
using FaultD2 = Live;
using FaultD3 = Live;
using FaultD4 = Live;
using FaultD5 = Live;
using FaultD6 = Live;
using FaultD8 = Live;
using FaultD10 = Live;
using FaultD11 = Live;

TEST_F(FaultD4, WhatWasSentBeforeStopIsDrained) {
  for (int round = 0; round < 20; ++round) {
    const Sender sender;
    auto source = open({.filter = sender.filter()});
    sender.send(10);
    source.stop();
    EXPECT_EQ(take_all(source), 10) << "round " << round;
  }
}

TEST_F(FaultD4, NothingIsTakenAfterStop) {
  const Sender sender;
  auto source = open({.filter = sender.filter()});
  sender.send(3);
  source.stop();
  sender.send(5);
  EXPECT_EQ(take_all(source), 3);
}

TEST_F(FaultD11, StoppingAQuietCaptureEndsAtOnce) {
  const Sender sender;
  auto source = open({.filter = sender.filter()});
  source.stop();
  const auto start = steady_clock::now();
  EXPECT_FALSE(source.next());
  EXPECT_LT(steady_clock::now() - start, std::chrono::milliseconds(100));
}

TEST_F(FaultD6, EachPacketOnLoopbackIsSeenAndCountedOnce) {
  const Sender sender;
  auto source = open({.filter = sender.filter()});
  sender.send(12);
  source.stop();
  EXPECT_EQ(take_all(source), 12);
  EXPECT_EQ(source.counts().received, 12u);
  EXPECT_EQ(source.counts().dropped, 0u);
}

TEST_F(FaultD5, ABurstFitsIntoTheRing) {
  const Sender sender;
  auto source = open({.filter = sender.filter()});
  sender.send(3000);
  source.stop();
  EXPECT_EQ(take_all(source), 3000);
}

TEST_F(Live, ImmediateModeHasThePacketWhenSendReturns) {
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 256, .immediate = true});
  for (int i = 0; i < 200; ++i) {
    sender.send(1);
    EXPECT_TRUE(source.next()) << "datagram " << i;
    EXPECT_FALSE(source.next());
  }
}

TEST_F(FaultD5, ImmediateModeTakesABurstWithoutLoss) {
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 256, .immediate = true});
  sender.send(3000);
  source.stop();
  EXPECT_EQ(take_all(source), 3000);
  EXPECT_EQ(source.counts().dropped, 0u);
}

TEST_F(Live, BufferedNextWaitsForThePacket) {
  const Sender sender;
  auto source = open({.filter = sender.filter()});
  sender.send(1);
  std::optional<Packet> packet;
  for (const auto start = steady_clock::now(); !packet && steady_clock::now() - start < std::chrono::seconds(5);) {
    packet = source.next();
  }
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->frame, 1u);
  EXPECT_EQ(packet->bytes.size(), 14u + 20 + 8 + 100);
  EXPECT_EQ(source.link_type(), LinkType::ethernet);
  EXPECT_TRUE(source.live());
}

TEST_F(Live, StampsAreTheWallClocksNanoseconds) {
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 256, .immediate = true});
  bool finer_than_microseconds = false;
  for (int i = 0; i < 20; ++i) {
    const auto before = system_clock::now();
    sender.send(1);
    const auto packet = source.next();
    ASSERT_TRUE(packet);
    EXPECT_GE(packet->time, before);
    EXPECT_LE(packet->time, system_clock::now());
    finer_than_microseconds |= packet->time.time_since_epoch().count() % 1000 != 0;
  }
  EXPECT_TRUE(finer_than_microseconds);
}

TEST_F(Live, TheSnaplenCutsAndTheLengthStays) {
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 64, .immediate = true});
  sender.send(1);
  const auto packet = source.next();
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->bytes.size(), 64u);
  EXPECT_EQ(packet->original_length, 142u);
}

TEST_F(Live, TheDescriptorCanBePolled) {
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 256, .immediate = true});
  pollfd ring{.fd = source.selectable_fd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&ring, 1, 0), 0);
  sender.send(1);
  EXPECT_EQ(::poll(&ring, 1, 5000), 1);
}

TEST_F(FaultD2, AnUnknownInterfaceIsNamed) {
  const auto error = error_of({.interface = "nosuch0"});
  EXPECT_EQ(error.kind, Kind::no_such_interface);
  EXPECT_EQ(error.subject, "nosuch0");
}

TEST_F(FaultD10, ABadFilterIsNamed) {
  const auto error = error_of({.filter = "port http and ("});
  EXPECT_EQ(error.kind, Kind::bad_filter);
  EXPECT_EQ(error.subject, "port http and (");
}

TEST_F(FaultD2, AnInterfaceThatIsDownSaysSo) {
  ASSERT_TRUE(add_veth_pair("down0", "down1"));
  const auto error = error_of({.interface = "down0"});
  EXPECT_EQ(error.kind, Kind::interface_down);
  EXPECT_EQ(error.detail, "That device is not up");
  EXPECT_TRUE(remove_interface("down0"));
}

/// Ethernet frames of a type that nobody uses, out of `interface`.
void send_frames(const char* interface, int frames) {
  const int fd = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  sockaddr_ll to{};
  to.sll_family = AF_PACKET;
  to.sll_ifindex = static_cast<int>(::if_nametoindex(interface));
  const std::array<unsigned char, 60> frame{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x88, 0xb5};
  for (int i = 0; i < frames; ++i) {
    ::sendto(fd, frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  ::close(fd);
}

TEST_F(FaultD3, AnInterfaceThatVanishesGivesWhatItHadThenTheError) {
  ASSERT_TRUE(add_veth_pair("gone0", "gone1"));
  ASSERT_TRUE(set_up("gone0", true));
  ASSERT_TRUE(set_up("gone1", true));
  auto source = open({.interface = "gone0", .filter = "ether proto 0x88b5"});
  send_frames("gone1", 3);
  ASSERT_TRUE(remove_interface("gone0"));
  int packets = 0;
  for (const auto start = steady_clock::now();
       !source.error() && steady_clock::now() - start < std::chrono::seconds(5);) {
    if (source.next()) ++packets;
  }
  EXPECT_EQ(packets, 3);
  ASSERT_TRUE(source.error());
  EXPECT_EQ(source.error()->kind, Kind::interface_gone);
  EXPECT_EQ(source.error()->subject, "gone0");
  EXPECT_FALSE(source.next());
}

TEST_F(FaultD6, EveryInterfaceAtOnceIsACookedCaptureWithoutDoubles) {
  const Sender sender;
  auto source = open({.interface = "any", .filter = sender.filter()});
  EXPECT_EQ(source.link_type(), LinkType::linux_sll);
  sender.send(5);
  source.stop();
  EXPECT_EQ(take_all(source), 5);
}

bool drop_every_capability() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, 2> none{};
  return ::syscall(SYS_capset, &header, none.data()) == 0;
}

TEST_F(FaultD1, WithoutTheRightTheErrorSaysSo) {
  EXPECT_EQ(in_child([] { return drop_every_capability() ? static_cast<int>(error_of({}).kind) : 255; }),
            static_cast<int>(Kind::no_permission));
}

TEST_F(FaultD1, WithoutTheRightAnUnknownInterfaceIsStillUnknown) {
  EXPECT_EQ(in_child([] {
              return drop_every_capability() ? static_cast<int>(error_of({.interface = "nosuch0"}).kind) : 255;
            }),
            static_cast<int>(Kind::no_such_interface));
}

TEST_F(Live, TheRightMayGoOnceTheCaptureIsOpen) {
  EXPECT_EQ(in_child([] {
              const Sender sender;
              auto source = open({.filter = sender.filter()});
              if (!drop_every_capability()) return 255;
              sender.send(7);
              source.stop();
              return take_all(source);
            }),
            7);
}

TEST_F(Live, LoopbackStandsFirstInTheList) {
  const auto listed = std::get<std::vector<Interface>>(list_interfaces());
  ASSERT_FALSE(listed.empty());
  EXPECT_EQ(listed[0].name, "lo");
  EXPECT_TRUE(listed[0].up);
  EXPECT_TRUE(listed[0].loopback);
  EXPECT_THAT(listed[0].addresses, testing::Contains("127.0.0.1"));
}

TEST_F(Live, WhatWasSeenLiveIsReadBackFromTheFileThatItWrote) {
  const TemporaryFolder folder;
  const Sender sender;
  auto source = open({.filter = sender.filter(), .snaplen = 60});
  auto writer = std::get<PacketWriter>(PacketWriter::open(source, folder.file("live.pcap")));
  sender.send(5);
  source.stop();
  std::vector<std::pair<Time, std::uint32_t>> seen, read;
  while (const auto packet = source.next()) {
    ASSERT_FALSE(writer.write(*packet));
    seen.emplace_back(packet->time, packet->original_length);
  }
  ASSERT_FALSE(writer.close());
  auto file = std::get<PacketSource>(PacketSource::open_file(folder.file("live.pcap"), ""));
  while (const auto packet = file.next()) read.emplace_back(packet->time, packet->original_length);
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(read, seen);
}

TEST_F(FaultD8, ARefusedSymbolicLinkIsNotWrittenThrough) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink(folder.file("elsewhere"), folder.file("link"));
  const auto source = open({});
  const auto opened = PacketWriter::open(source, folder.file("link"), Links::refused);
  EXPECT_EQ(std::get<SourceError>(opened).kind, Kind::not_writable);
  EXPECT_FALSE(std::filesystem::exists(folder.file("elsewhere")));
}

}  // namespace
}  // namespace echolab::capture
