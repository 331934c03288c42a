// A capture that does not end: the memory of the sniffer depends on what is alive in it, not on how much has passed.
#include <algorithm>
#include <fstream>

#include "tests/faults/trouble.hpp"
#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int rounds = 20'000;  // the sanitizers are slow
#else
constexpr int rounds = 400'000;
#endif

/// Resident memory in KiB.
long memory_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; status >> word;) {
    long size = 0;
    if (word == "VmRSS:" && status >> size) return size;
  }
  return 0;
}

/// One whole connection of seven packets, a new client port each; a second of packet time goes by in each.
Bytes connection(std::uint32_t number) {
  struct Step {
    bool client;
    const char* flags;
    std::uint32_t seq, ack;  // relative
  };
  constexpr Step steps[] = {{true, "02", 0, 0},  {false, "12", 0, 1}, {true, "10", 1, 1}, {true, "11", 1, 1},
                            {false, "10", 1, 2}, {false, "11", 1, 2}, {true, "10", 2, 2}};
  Bytes file;
  for (const auto& [from_client, flags, seq, ack] : steps) {
    auto ip = with(ipv4_tcp, 2, "00 28");
    auto header = with(tcp, 13, flags);
    const auto put = [](Bytes& into, std::size_t at, std::uint32_t value, int size) {
      for (int i = 0; i < size; ++i) into[at + i] = static_cast<std::byte>(value >> 8 * (size - 1 - i));
    };
    put(header, from_client ? 0 : 2, 10'000 + number % 50'000, 2);
    put(header, from_client ? 2 : 0, 9000, 2);
    put(header, 4, 1000 + seq, 4);
    put(header, 8, ack == 0 ? 0 : 1000 + ack, 4);
    put(ip, 12, from_client ? 0x0a000001 : 0x0a000002, 4);
    put(ip, 16, from_client ? 0x0a000002 : 0x0a000001, 4);
    file = file + record(ip + header, number, 0);
  }
  return file;
}

TEST(FaultA17, MillionsOfPacketsTakeNoMoreMemoryThanTheFirstOnes) {
  Process capture(
      {"sh", "-c",
       "export ASAN_OPTIONS=quarantine_size_mb=1; exec " + program("capture") + " --format json -r - > /dev/null"},
      std::nullopt);
  const auto send = [&](const Bytes& bytes) {
    capture.say({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  };
  send(file_header({.link_type = 101}));

  // A template of a thousand connections; only the seconds are renewed on the way.
  Bytes thousand;
  for (std::uint32_t number = 0; number < 1000; ++number) thousand = thousand + connection(number);
  const std::size_t one_record = thousand.size() / 7000;
  long early = 0;
  for (int sent = 0; sent < rounds; sent += 1000) {
    for (std::size_t i = 0; i < 7000; ++i) {
      const auto second = le32(static_cast<std::uint32_t>(sent) + i / 7);
      std::ranges::copy(second, thousand.begin() + static_cast<long>(i * one_record));
    }
    send(thousand);
    if (sent == rounds / 4) early = memory_of(capture.pid());
  }
  const long late = memory_of(capture.pid());
  capture.end_input();
  EXPECT_EQ(capture.wait().status, 0);
  ASSERT_GT(early, 0);
  EXPECT_LT(late, early + early / 5) << "KiB after all, and after a quarter of " << rounds * 7 << " packets";
}

/// No two are of one conversation.
Bytes syn(std::uint32_t number) {
  auto ip = with(ipv4_tcp, 2, "00 28");
  const auto header = with(tcp, 13, "02");
  for (std::size_t i = 0; i < 4; ++i) ip[12 + i] = static_cast<std::byte>((0x0a000000 + number) >> 8 * (3 - i));
  return record(ip + header, 1, 0);
}

TEST(FaultS15, AFloodOfSynsFitsInto512MebibytesAndWhatWasLetGoIsTold) {
  constexpr std::uint32_t syns = 1'500'000;
  if (plain_programs().empty()) GTEST_SKIP() << no_plain_programs;
  Process capture(in_shell("ulimit -v 524288; exec ",
                           {plain_programs() + "capture", "--format", "json", "--stream", "tcp:0", "-r", "-"}),
                  std::nullopt);
  const Bytes head = file_header({.link_type = 101});
  std::string some(reinterpret_cast<const char*>(head.data()), head.size());
  for (std::uint32_t number = 0; number < syns; ++number) {
    const Bytes packet = syn(number);
    some.append(reinterpret_cast<const char*>(packet.data()), packet.size());
    if (some.size() > 60'000 || number + 1 == syns) capture.say(std::exchange(some, {}));
  }
  capture.end_input();
  const Ended ended = capture.wait(std::chrono::seconds(280));
  ASSERT_EQ(ended.status, 0) << ended.err;
  const auto summary = summary_of(ended);
  EXPECT_EQ(summary["packets"], syns);
  EXPECT_GT(summary.value("let_go_early", 0U), syns / 4);
}

}  // namespace
}  // namespace echolab::test
