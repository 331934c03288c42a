#include "tools/compare/transport/marked_file.hpp"

#include <span>

#include "net/privileges.hpp"
#include "net/system_call.hpp"

namespace echolab::compare {

MarkedFile::MarkedFile(const std::string& path, capture::LinkType link_type) : writer_(open(path, link_type)) {}

void MarkedFile::check(const std::optional<capture::SourceError>& error, const char* call) {
  if (error) throw net::CallError(call, error->subject, error->number);
}

capture::PacketWriter MarkedFile::open(const std::string& path, capture::LinkType link_type) {
  const auto links = net::is_root_outside() ? capture::Links::refused : capture::Links::followed;
  auto opened = capture::PacketWriter::open(link_type, path, capture::FileFormat::pcapng, links);
  if (const auto* error = std::get_if<capture::SourceError>(&opened)) check(*error, "open");
  return std::get<capture::PacketWriter>(std::move(opened));
}

void MarkedFile::write(capture::Packet packet, std::string_view remark) {
  if (!remark.empty()) packet.comments = std::span(&remark, 1);
  check(writer_.write(packet), "write");
}

void MarkedFile::close() { check(writer_.close(), "write"); }

}  // namespace echolab::compare
