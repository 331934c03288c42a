// Packets from a pcapng file (draft-ietf-opsawg-pcapng). Our own reader, for libpcap's refuses interfaces of different
// link types, gives packets without a time the time 0, and knows neither comments nor counts of dropped packets.
#include "capture/source/pcapng_reader.hpp"

#include <fmt/format.h>

#include <cerrno>

#include "capture/source/pcap_handle.hpp"

namespace echolab::capture {

Reader::Opened PcapngReader::open(std::unique_ptr<CaptureStream> stream, const std::string& path,
                                  const std::string& filter, const FileIdentity& identity) {
  auto reader = std::make_unique<PcapngReader>(std::move(stream), path, filter, identity);
  if (auto error = reader->begin()) return *error;
  return reader;
}

/// As far as the first interface whose packets can be read, for it tells whether the filter is one. A file that ends
/// before is one of no packets.
std::optional<SourceError> PcapngReader::begin() {
  while (const auto block = blocks_.next()) {
    if (is_packet(*block)) return why_not_begun(*block);
    if (auto fault = take(*block)) return error_of(*fault, SourceError::Kind::not_a_capture);
    if (block->type != pcapng::interface_description || !is_supported(interfaces_.told().back().link_type)) continue;
    link_type_ = interfaces_.told().back().link_type;
    return filter_.prepare(link_type_);
  }
  if (blocks_.fault())
    return error_of(*blocks_.fault(), stream_->ended() ? SourceError::Kind::broken : SourceError::Kind::not_a_capture);
  if (!interfaces_.told().empty()) return check_link_type(interfaces_.told().back().link_type, subject_);
  return filter_.prepare(link_type_);
}

/// A packet comes, and so far nobody has said how to read one.
SourceError PcapngReader::why_not_begun(const Block& block) const {
  if (!interfaces_.told().empty()) return *check_link_type(interfaces_.told().back().link_type, subject_);
  return error_of({"a packet in front of the interface that it is of", block.offset}, SourceError::Kind::not_a_capture);
}

std::optional<Packet> PcapngReader::next() {
  while (!done_) {
    const auto block = blocks_.next();
    if (!block) {
      if (blocks_.fault()) error_ = error_of(*blocks_.fault(), SourceError::Kind::broken);
      break;
    }
    Packet packet;
    const auto fault = is_packet(*block) ? read_packet(*block, interfaces_, packet, comments_) : take(*block);
    if (fault) {
      error_ = error_of(*fault, SourceError::Kind::broken);
      break;
    }
    if (!is_packet(*block) || !passes(packet)) continue;
    packet.frame = ++frames_;
    return packet;
  }
  done_ = true;
  return std::nullopt;
}

bool PcapngReader::passes(const Packet& packet) {
  const auto verdict = filter_(packet);
  if (verdict == LinkFilter::Verdict::means_nothing) ++unfiltered_;
  return verdict == LinkFilter::Verdict::takes;
}

/// A block that holds no packet. Those that tell nothing that we want, and unknown ones, are passed over.
std::optional<Fault> PcapngReader::take(const Block& block) {
  if (block.type == pcapng::section_header) return begin_section(block);
  if (block.type == pcapng::interface_description) return interfaces_.describe(block.body);
  if (block.type == pcapng::interface_statistics) interfaces_.count(block.body);
  return std::nullopt;
}

// Section 4.1, "Section Header Block"
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                      Byte-Order Magic                         |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |          Major Version        |         Minor Version         |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                         Section Length                        |
//  |                                                               |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                      Options (variable)                       /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
std::optional<Fault> PcapngReader::begin_section(const Block& block) {
  BlockCursor body = block.body;
  if (!body.has(16)) return Fault{"a section header that is too short", block.offset + 4};
  body.take(4);
  const auto at = body.offset();
  const std::uint16_t major = body.u16(), minor = body.u16();
  // "some pcapng files have a minor version number of 2; they are treated as if it were 0"
  if (major != 1 || (minor != 0 && minor != 2)) return Fault{fmt::format("pcapng version {}.{}", major, minor), at};
  interfaces_.begin_section();
  return std::nullopt;
}

FileCounts PcapngReader::file_counts() const {
  FileCounts counts = interfaces_.counts();
  counts.unfiltered = unfiltered_;
  return counts;
}

SourceError PcapngReader::error_of(const Fault& fault, SourceError::Kind kind) const {
  return {.kind = kind,
          .subject = subject_,
          .detail = fmt::format("{} (at byte {})", fault.words, fault.at),
          .frame = frames_};
}

}  // namespace echolab::capture
