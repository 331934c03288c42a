// A pcapng file behind a PacketSource. Private to capture/source.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capture/source/block_reader.hpp"
#include "capture/source/interface_table.hpp"
#include "capture/source/link_filter.hpp"
#include "capture/source/packet_block.hpp"
#include "capture/source/reader.hpp"

namespace echolab::capture {

class PcapngReader final : public Reader {
 public:
  static constexpr std::string_view magic = "\x0a\x0d\x0d\x0a";

  static Opened open(std::unique_ptr<CaptureStream> stream, const std::string& path, const std::string& filter,
                     const FileIdentity& identity);
  PcapngReader(std::unique_ptr<CaptureStream> stream, const std::string& path, const std::string& filter,
               const FileIdentity& identity)
      : Reader(path), stream_(std::move(stream)), blocks_(*stream_), filter_(filter), identity_(identity) {}

  std::optional<Packet> next() override;
  bool live() const override { return false; }
  void stop() override { done_ = true; }
  LinkType link_type() const override { return link_type_; }
  int snaplen() const override { return whole_packets; }
  FileCounts file_counts() const override;
  bool reads_from(const FileIdentity& file) const override { return file == identity_; }

 private:
  std::optional<SourceError> begin();
  SourceError why_not_begun(const Block& block) const;
  std::optional<Fault> take(const Block& block);
  std::optional<Fault> begin_section(const Block& block);
  bool passes(const Packet& packet);
  SourceError error_of(const Fault& fault, SourceError::Kind kind) const;

  std::unique_ptr<CaptureStream> stream_;
  BlockReader blocks_;
  InterfaceTable interfaces_;
  LinkFilter filter_;
  FileIdentity identity_;
  LinkType link_type_ = LinkType::ethernet;  // of the first interface that can be read
  std::vector<std::string_view> comments_;   // of the latest packet
  std::uint64_t unfiltered_ = 0;
  bool done_ = false;
};

}  // namespace echolab::capture
