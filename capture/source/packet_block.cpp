#include "capture/source/packet_block.hpp"

#include <fmt/format.h>

namespace echolab::capture {

namespace {

constexpr std::uint32_t longest_packet = whole_packets;

/// The fields in front of the packet's bytes; it is told where they begin.
struct Fields {
  std::uint32_t interface = 0, captured = 0, original = 0;
  std::optional<std::uint64_t> stamp{};
};

// Section 4.3, "Enhanced Packet Block"
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                         Interface ID                          |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                  Timestamp (upper 4 octets)                   |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                  Timestamp (lower 4 octets)                   |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Captured Packet Length                     |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Original Packet Length                     |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                          Packet Data                          /
//  /              variable length, padded to 32 bits               /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                      Options (variable)                       /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Appendix A, "Packet Block (obsolete!)", differs in the first line:
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |         Interface ID          |          Drops Count          |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
Fields enhanced_fields(BlockCursor& body, bool old) {
  Fields fields;
  fields.interface = old ? body.u16() : body.u32();
  if (old) body.take(2);
  const std::uint64_t high = body.u32(), low = body.u32();
  fields.stamp = high << 32 | low;
  fields.captured = body.u32();
  fields.original = body.u32();
  return fields;
}

// Section 4.4, "Simple Packet Block": it is of the section's first interface, has no time, and is cut to that one's
// snaplen.
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                    Original Packet Length                     |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                          Packet Data                          /
//  /              variable length, padded to 32 bits               /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
Fields simple_fields(BlockCursor& body, const InterfaceTable& interfaces) {
  Fields fields;
  fields.original = fields.captured = body.u32();
  const std::uint32_t snaplen = interfaces.has(0) ? interfaces.told()[0].snaplen : 0;
  if (snaplen != 0) fields.captured = std::min(fields.original, snaplen);
  return fields;
}

std::size_t fields_size(std::uint32_t type) { return type == pcapng::simple_packet ? 4 : 20; }

std::string_view text(BlockCursor value) {
  const auto bytes = value.take(value.left());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

bool is_packet(const Block& block) {
  return block.type == pcapng::enhanced_packet || block.type == pcapng::simple_packet ||
         block.type == pcapng::old_packet;
}

std::optional<Fault> read_packet(const Block& block, const InterfaceTable& interfaces, Packet& packet,
                                 std::vector<std::string_view>& comments) {
  BlockCursor body = block.body;
  if (!body.has(fields_size(block.type))) return Fault{"a packet block that is too short", block.offset + 4};
  const bool simple = block.type == pcapng::simple_packet;
  const Fields fields =
      simple ? simple_fields(body, interfaces) : enhanced_fields(body, block.type == pcapng::old_packet);
  if (!interfaces.has(fields.interface))
    return Fault{fmt::format("a packet of interface {}, and its section has {} so far", fields.interface,
                             interfaces.told().size()),
                 block.offset};
  if (fields.captured > longest_packet)
    return Fault{fmt::format("a packet of {} bytes, bigger than {}", fields.captured, longest_packet), block.offset};
  if (!body.has(fields.captured))
    return Fault{fmt::format("a packet of {} bytes in a block with room for {}", fields.captured, body.left()),
                 block.offset};
  packet = {.time = fields.stamp ? interfaces.unit(fields.interface).time(*fields.stamp) : no_time,
            .link_type = interfaces.told()[fields.interface].link_type,
            .bytes = body.take_padded(fields.captured),
            .original_length = fields.original};
  packet.interfaces = interfaces.told();
  packet.interface = fields.interface;
  comments.clear();
  if (!simple) {  // options that do not fit spoil no packet: libpcap does not even look at them
    each_option(body, [&](std::uint16_t code, BlockCursor value) {
      if (code == pcapng::comment) comments.push_back(text(value));
    });
  }
  packet.comments = comments;
  return std::nullopt;
}

}  // namespace echolab::capture
