// Packets into a pcapng file, in which a packet can carry a remark. What the wire dropped has one, which Wireshark,
// tshark (frame.comment) and `capture` show.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/source/packet_source.hpp"

namespace echolab::compare {

class MarkedFile {
 public:
  static constexpr std::string_view dropped = "dropped by the wire";

  /// Throws net::CallError: the file cannot be written. As root no symbolic link is followed.
  MarkedFile(const std::string& path, capture::LinkType link_type);

  /// One packet, with the remark where there is one. Throws net::CallError.
  void write(capture::Packet packet, std::string_view remark = {});
  /// Everything is in the file. Throws net::CallError where the disk is full.
  void close();

 private:
  static void check(const std::optional<capture::SourceError>& error, const char* call);
  static capture::PacketWriter open(const std::string& path, capture::LinkType link_type);

  capture::PacketWriter writer_;
};

}  // namespace echolab::compare
