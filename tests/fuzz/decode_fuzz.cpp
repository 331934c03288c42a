// Any bytes, as any link layer. The first byte picks the link type, the second how much longer the packet was on the
// wire.
#include <array>
#include <cstdint>

#include "capture/decode/decode.hpp"

using namespace echolab::capture;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array link_types{LinkType::ethernet,  LinkType::null, LinkType::raw,  LinkType::loop,
                                  LinkType::linux_sll, LinkType::ipv4, LinkType::ipv6, LinkType::linux_sll2};
  if (size < 2) return 0;
  const auto bytes = std::as_bytes(std::span(data + 2, size - 2));
  decode({.frame = 1,
          .link_type = link_types[data[0] % link_types.size()],
          .bytes = bytes,
          .original_length = static_cast<std::uint32_t>(bytes.size() + data[1] * 16u)});
  return 0;
}
