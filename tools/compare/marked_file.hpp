// Packets into a pcapng file (draft-ietf-opsawg-pcapng): the format in which a packet can carry a remark. What the wire
// dropped has one, which Wireshark and tshark show as frame.comment. libpcap reads the packets, and writes no remarks.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capture/source/packet.hpp"

namespace echolab::compare {

class MarkedFile {
 public:
  static constexpr std::string_view dropped = "dropped by the wire";

  /// Throws net::CallError: the file cannot be written. As root no symbolic link is followed.
  MarkedFile(std::string path, capture::LinkType link_type);

  /// One packet, with the remark where there is one. Throws net::CallError.
  void write(const capture::Packet& packet, std::string_view remark = {});
  /// Everything is in the file. Throws net::CallError where the disk is full.
  void close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void put(std::uint32_t type, std::vector<std::byte> body);

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace echolab::compare
