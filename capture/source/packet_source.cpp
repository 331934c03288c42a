#include "capture/source/packet_source.hpp"

#include "capture/source/pcap_handle.hpp"
#include "capture/source/reader.hpp"

namespace echolab::capture {

PacketSource::PacketSource(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
PacketSource::~PacketSource() = default;
PacketSource::PacketSource(PacketSource&&) noexcept = default;
PacketSource& PacketSource::operator=(PacketSource&&) noexcept = default;

PacketSource::Opened PacketSource::open_live(const LiveOptions& options) {
  auto opened = Reader::open_live(options);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  return PacketSource(std::get<std::unique_ptr<Reader>>(std::move(opened)));
}

PacketSource::Opened PacketSource::open_file(const std::string& path, const std::string& filter) {
  auto opened = Reader::open_file(path, filter);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  return PacketSource(std::get<std::unique_ptr<Reader>>(std::move(opened)));
}

std::optional<Packet> PacketSource::next() { return reader_->next(); }
std::optional<Packet> PacketSource::ready() { return reader_->ready(); }
const std::optional<SourceError>& PacketSource::error() const { return reader_->error(); }
bool PacketSource::live() const { return reader_->live(); }
void PacketSource::stop() { reader_->stop(); }
std::optional<SourceError> PacketSource::go_on(const std::string& filter) { return reader_->go_on(filter); }
SourceCounts PacketSource::counts() const { return reader_->counts(); }
FileCounts PacketSource::file_counts() const { return reader_->file_counts(); }
int PacketSource::selectable_fd() const { return reader_->selectable_fd(); }
LinkType PacketSource::link_type() const { return reader_->link_type(); }
std::string PacketSource::link_type_name() const { return capture::link_type_name(link_type()); }

}  // namespace echolab::capture
