// The numbers that conversations get, over the whole corpus, held against tshark's. Packets that only one of the two
// follows (tunnels, fragments, quotes in ICMP errors, headers that contradict themselves) are left out and counted, and
// the numbers of the rest are compared in the order of their first appearance.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/oracle.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

/// Numbers given anew, 0, 1, 2 ... in the order in which they appear.
class Renumbered {
 public:
  std::size_t operator[](const std::string& number) { return numbers_.emplace(number, numbers_.size()).first->second; }

 private:
  std::map<std::string, std::size_t> numbers_;
};

/// tshark's dissectors of these protocols expect the answer from any port, and open a second conversation for it.
bool answered_from_any_port(const Table& oracle, std::size_t row) {
  const std::string protocols = std::string(oracle.at(row, "frame.protocols")) + ":";
  return protocols.find(":snmp:") != std::string::npos || protocols.find(":rpc:") != std::string::npos;
}

struct Count {
  int files = 0, packets = 0, left_out = 0, answered_from_any_port = 0;
};

void compare(const std::filesystem::path& file, PacketSource& source, const Table& oracle, Count& count) {
  Observer observer;
  std::map<Protocol, Renumbered> ours, tsharks;
  while (const auto packet = source.next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const std::size_t row = packet->frame - 1;
    if (row >= oracle.size()) break;
    const bool tcp = !oracle.at(row, "tcp.stream").empty();
    if (!tcp && oracle.at(row, "udp.stream").empty()) continue;
    const bool followed =
        std::holds_alternative<Segment>(seen.decoded) || std::holds_alternative<Datagram>(seen.decoded);
    if (!excluded(oracle, row, seen.decoded).empty() || !followed) {
      ++count.left_out;
      continue;
    }
    if (!tcp && answered_from_any_port(oracle, row)) {
      ++count.answered_from_any_port;
      continue;
    }
    ++count.packets;
    const Protocol protocol = tcp ? Protocol::tcp : Protocol::udp;
    ASSERT_EQ(seen.stream->protocol, protocol) << corpus_name(file) << ", frame " << packet->frame;
    const std::string number(oracle.at(row, tcp ? "tcp.stream" : "udp.stream"));
    EXPECT_EQ(ours[protocol][std::to_string(seen.stream->number)], tsharks[protocol][number])
        << corpus_name(file) << ", frame " << packet->frame;
  }
  ++count.files;
}

TEST(CorpusStreams, AreNumberedAsTsharkNumbersThem) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  Count count;
  for (const auto& file : corpus_files()) {
    auto opened = PacketSource::open_file(file, "");
    auto* source = std::get_if<PacketSource>(&opened);
    if (source == nullptr || !std::filesystem::exists(oracle_path(file, "packets"))) continue;
    compare(file, *source, Table(oracle_path(file, "packets")), count);
  }
  EXPECT_GT(count.packets, 15'000);
  EXPECT_LT(count.answered_from_any_port, 300);
  fmt::print("{} files, {} packets compared; left out: {} of excluded classes, {} of SNMP and RPC\n", count.files,
             count.packets, count.left_out, count.answered_from_any_port);
}

}  // namespace
}  // namespace echolab::test
