// What a pcapng file, or the machine, tells of an interface that packets were captured on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "capture/source/packet.hpp"

namespace echolab::capture {

struct CaptureInterface {
  /// An option of its block whose value is a string of bytes, the same in either byte order: the name, the filter ...
  struct Option {
    std::uint16_t code;
    std::string value;
  };
  std::uint64_t section = 0;  // of the file, from 1; its number there is its place in Packet::interfaces
  LinkType link_type = LinkType::ethernet;
  std::uint32_t snaplen = 0;  // 0: no limit
  std::vector<Option> options{};
};

}  // namespace echolab::capture
