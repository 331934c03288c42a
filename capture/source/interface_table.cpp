#include "capture/source/interface_table.hpp"

#include <fmt/format.h>

#include <array>

#include "capture/source/pcap_time.hpp"

namespace echolab::capture {

namespace {

__extension__ using Wide = __int128;

/// The options that are kept as they are. The others are numbers, or mean nothing for what is written anew.
bool is_kept(std::uint16_t code) {
  using namespace pcapng;
  constexpr std::array<std::uint16_t, 10> kept{comment,         if_name,        if_description, if_ipv4_address,
                                               if_ipv6_address, if_mac_address, if_filter,      if_os,
                                               if_fcslen,       if_hardware};
  return std::ranges::find(kept, code) != kept.end();
}

void add(std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

}  // namespace

/// Between 1970 and 2262, whatever the file says.
Time TimeUnit::time(std::uint64_t stamp) const {
  const unsigned exponent = resolution & 0x7f;
  Wide nanoseconds = Wide{stamp} * nanoseconds_in_second;
  if (resolution & 0x80) {
    nanoseconds >>= exponent;
  } else {
    Wide unit = 1;  // what is longer than the time itself leaves nothing of it
    for (unsigned i = 0; i < exponent && unit <= nanoseconds; ++i) unit *= 10;
    nanoseconds /= unit;
  }
  nanoseconds += Wide{offset} * nanoseconds_in_second;
  return Time(std::chrono::nanoseconds(static_cast<std::int64_t>(std::clamp<Wide>(nanoseconds, 0, INT64_MAX))));
}

void InterfaceTable::begin_section() {
  before_ = counts();
  told_.clear();
  entries_.clear();
  option_bytes_ = 0;
  ++section_;
}

// Section 4.2, "Interface Description Block"
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |           LinkType            |           Reserved            |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                            SnapLen                            |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                      Options (variable)                       /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
std::optional<Fault> InterfaceTable::describe(BlockCursor body) {
  const auto at = body.offset();
  if (!body.has(8)) return Fault{"an interface description that is too short", at};
  if (told_.size() == most) return Fault{fmt::format("a section of more than {} interfaces", most), at};
  CaptureInterface told{.section = section_};
  TimeUnit unit;
  told.link_type = pcapng::link_type_of(body.u16());
  body.take(2);
  told.snaplen = body.u32();
  std::optional<Fault> bad_value;
  auto fault = each_option(body, [&](std::uint16_t code, BlockCursor value) {
    if (auto bad = take_option(told, unit, code, value); bad && !bad_value) bad_value = std::move(bad);
  });
  if (fault) return fault;
  if (bad_value) return bad_value;
  told_.push_back(std::move(told));
  entries_.push_back({.unit = unit});
  return std::nullopt;
}

std::optional<Fault> InterfaceTable::take_option(CaptureInterface& told, TimeUnit& unit, std::uint16_t code,
                                                 BlockCursor value) {
  const auto wrong_length = [&](std::string_view name) {
    return Fault{fmt::format("{} of {} bytes", name, value.left()), value.offset()};
  };
  if (code == pcapng::if_tsresol) {
    if (value.left() != 1) return wrong_length("if_tsresol");
    unit.resolution = std::to_integer<std::uint8_t>(value.take(1)[0]);
  } else if (code == pcapng::if_tsoffset) {
    if (value.left() != 8) return wrong_length("if_tsoffset");
    unit.offset = static_cast<std::int64_t>(value.u64());
  } else if (is_kept(code) && option_bytes_ + value.left() <= most_option_bytes) {
    option_bytes_ += value.left();
    const auto bytes = value.take(value.left());
    told.options.push_back({code, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
  }
  return std::nullopt;
}

// Section 4.6, "Interface Statistics Block". The counts are of the whole capture until then: the last block tells.
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                         Interface ID                          |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                  Timestamp (upper 4 octets)                   |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                  Timestamp (lower 4 octets)                   |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                      Options (variable)                       /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
void InterfaceTable::count(BlockCursor body) {
  const std::uint32_t number = body.u32();
  body.take(8);
  if (number >= entries_.size()) return;
  std::optional<std::uint64_t> received, dropped;
  each_option(body, [&](std::uint16_t code, BlockCursor value) {
    if (value.left() != 8) return;
    if (code == pcapng::isb_ifrecv) received = value.u64();
    if (code == pcapng::isb_ifdrop || code == pcapng::isb_osdrop) add(dropped, value.u64());
  });
  if (received) entries_[number].received = received;
  if (dropped) entries_[number].dropped = dropped;
}

FileCounts InterfaceTable::counts() const {
  FileCounts sum = before_;
  for (const Entry& entry : entries_) add(sum.received, entry.received), add(sum.dropped, entry.dropped);
  return sum;
}

}  // namespace echolab::capture
