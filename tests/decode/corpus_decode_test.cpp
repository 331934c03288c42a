// Every packet of the corpus, held against what tshark says about it: addresses, ports, raw sequence numbers, flags,
// lengths.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <map>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/oracle.hpp"

namespace echolab::capture {
namespace {

using test::excluded;
using test::first;
using test::number;
using test::Table;

/// One line a packet, for both sides, so that a difference is seen at a glance.
std::string ours(const Decoded& decoded) {
  if (const auto* s = std::get_if<Segment>(&decoded)) {
    return fmt::format("TCP {} > {} seq {} ack {} flags {:#06x} len {}", to_string(s->source),
                       to_string(s->destination), s->seq, s->ack, s->flags.bits, s->payload_length);
  }
  if (const auto* d = std::get_if<Datagram>(&decoded)) {
    return fmt::format("UDP {} > {} len {}", to_string(d->source), to_string(d->destination), d->payload_length);
  }
  return "neither";
}

std::string tsharks(const Table& oracle, std::size_t row) {
  const auto field = [&](const char* column) { return first(oracle.at(row, column)); };
  const auto side = [&](const char* v4, const char* v6, const char* port) {
    return field(v4).empty() ? fmt::format("[{}]:{}", field(v6), field(port))
                             : fmt::format("{}:{}", field(v4), field(port));
  };
  const auto sides = [&](const char* from, const char* to) {
    return side("ip.src", "ipv6.src", from) + " > " + side("ip.dst", "ipv6.dst", to);
  };
  if (!field("tcp.srcport").empty()) {
    return fmt::format("TCP {} seq {} ack {} flags {:#06x} len {}", sides("tcp.srcport", "tcp.dstport"),
                       number(field("tcp.seq_raw")), number(field("tcp.ack_raw")), number(field("tcp.flags")),
                       number(field("tcp.len")));
  }
  if (!field("udp.srcport").empty()) {
    return fmt::format("UDP {} len {}", sides("udp.srcport", "udp.dstport"),
                       static_cast<std::int64_t>(number(field("udp.length"))) - 8);
  }
  return "neither";
}

/// Where we differ from tshark and mean to.
enum class Meant { udp_length, udp_length_of_offload, tcp_data_offset, chain_too_long, header_cut, none };

Meant meant(const Decoded& decoded, const Table& oracle, std::size_t row) {
  if (const auto* bad = std::get_if<Malformed>(&decoded)) {
    if (bad->layer == "udp") return Meant::udp_length;
    if (bad->layer == "tcp") return Meant::tcp_data_offset;
  }
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) {
    const bool no_length = number(oracle.at(row, "udp.length")) == 0;
    if (datagram->ip.offload_length && no_length) return Meant::udp_length_of_offload;
  }
  if (const auto* other = std::get_if<Other>(&decoded)) {
    if (other->kind == Other::Kind::chain_too_long) return Meant::chain_too_long;
    if (other->kind == Other::Kind::cut) return Meant::header_cut;
  }
  return Meant::none;
}

struct Exception {
  Meant kind;
  int packets;
  std::string_view reason;
};
constexpr std::array exceptions{
    Exception{Meant::udp_length, 32,
              "the UDP length contradicts IP's, or is below 8: tshark shows the fields all the same"},
    Exception{Meant::udp_length_of_offload, 3,
              "length 0 before segmentation: tshark counts 0 - 8, we take IP's length"},
    Exception{Meant::tcp_data_offset, 2, "the header is longer than the segment: RFC 9293 has no such segment"},
    Exception{Meant::chain_too_long, 1, "more than 16 extension headers: we stop walking"},
    Exception{Meant::header_cut, 1, "the snaplen leaves the ports of a TCP header alone: tshark shows them"},
};

TEST(Corpus, EveryPacketIsWhatTsharkSaysItIs) {
  if (!test::has_corpus()) GTEST_SKIP() << test::no_corpus();
  std::map<std::string_view, int> left_out;
  std::map<Meant, int> differing;
  int equal = 0, transport = 0, files_read = 0;
  for (const auto& file : test::corpus_files()) {
    auto opened = PacketSource::open_file(file, "");
    const auto oracle_file = test::oracle_path(file, "packets");
    if (!std::holds_alternative<PacketSource>(opened) || !std::filesystem::exists(oracle_file)) continue;
    ++files_read;
    auto& source = std::get<PacketSource>(opened);
    const Table oracle(oracle_file);
    while (const auto packet = source.next()) {
      const auto row = packet->frame - 1;
      if (row >= oracle.size()) break;  // tshark gave up earlier
      const auto decoded = decode(*packet);
      if (const auto why = excluded(oracle, row, decoded); !why.empty()) {
        ++left_out[why];
        continue;
      }
      if (const auto kind = meant(decoded, oracle, row); ours(decoded) != tsharks(oracle, row) && kind != Meant::none) {
        ++differing[kind];
        continue;
      }
      EXPECT_EQ(ours(decoded), tsharks(oracle, row)) << test::corpus_name(file) << ", frame " << packet->frame;
      ++equal;
      transport += ours(decoded) != "neither";
    }
  }
  EXPECT_GT(files_read, 0);
  EXPECT_GT(transport, 0);
  for (const auto& [kind, packets, reason] : exceptions) EXPECT_EQ(differing[kind], packets) << reason;
  std::string counted =
      fmt::format("{} files; {} packets equal, {} of them TCP or UDP; left out:", files_read, equal, transport);
  for (const auto& [why, packets] : left_out) counted += fmt::format(" {} {}", packets, why);
  std::puts(counted.c_str());
}

/// The header around what decode found; nullptr where there is none, or it cannot be right.
const IpInfo* ip_of(const Decoded& decoded) {
  if (const auto* other = std::get_if<Other>(&decoded)) return other->source ? &other->ip : nullptr;
  if (const auto* error = std::get_if<IcmpError>(&decoded)) return &error->ip;
  if (const auto* segment = std::get_if<Segment>(&decoded)) return &segment->ip;
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) return &datagram->ip;
  return nullptr;
}

/// Where it begins in its packet, in bytes; nullopt where it is no fragment. IPv6's atomic ones count: tshark's columns
/// do not tell them apart.
std::optional<std::uint64_t> our_offset(const IpInfo& ip) {
  if (ip.fragment) return ip.fragment->offset;
  return ip.atomic_fragment ? std::optional<std::uint64_t>(0) : std::nullopt;
}

std::optional<std::uint64_t> tsharks_offset(const Table& oracle, std::size_t row) {
  if (const auto units = oracle.at(row, "ipv6.fraghdr.offset"); !units.empty()) return number(units) * 8;
  const auto units = number(oracle.at(row, "ip.frag_offset"));
  const bool more = number(oracle.at(row, "ip.flags.mf")) != 0;
  return units > 0 || more ? std::optional(units * 8) : std::nullopt;
}

/// Headers of several packets, one inside another: tshark follows them, we do not. Or tshark gave the packet up.
bool is_told_otherwise(const Table& oracle, std::size_t row) {
  if (!oracle.at(row, "_ws.malformed").empty()) return true;
  for (const auto* column : {"ip.src", "ipv6.src", "ipv6.fraghdr.offset"})
    if (oracle.at(row, column).find(',') != std::string_view::npos) return true;
  return !oracle.at(row, "ip.src").empty() && !oracle.at(row, "ipv6.src").empty();
}

TEST(Corpus, EveryFragmentBeginsWhereTsharkSaysItDoes) {
  if (!test::has_corpus()) GTEST_SKIP() << test::no_corpus();
  int fragments = 0;
  for (const auto& file : test::corpus_files()) {
    auto opened = PacketSource::open_file(file, "");
    const auto oracle_file = test::oracle_path(file, "packets");
    if (!std::holds_alternative<PacketSource>(opened) || !std::filesystem::exists(oracle_file)) continue;
    const Table oracle(oracle_file);
    while (const auto packet = std::get<PacketSource>(opened).next()) {
      const auto row = packet->frame - 1;
      if (row >= oracle.size()) break;  // tshark gave up earlier
      const auto decoded = decode(*packet);
      const auto* ip = ip_of(decoded);
      if (ip == nullptr || is_told_otherwise(oracle, row)) continue;
      EXPECT_EQ(our_offset(*ip), tsharks_offset(oracle, row)) << test::corpus_name(file) << ", frame " << packet->frame;
      fragments += our_offset(*ip).has_value();
    }
  }
  EXPECT_GT(fragments, 0);
  std::printf("%d fragments\n", fragments);
}

}  // namespace
}  // namespace echolab::capture
