#include "capture/decode/layers.hpp"

namespace echolab::capture {

Decoded other(Other::Kind kind, std::uint32_t number, const IpHeader* ip) {
  Other result{.kind = kind, .number = number};
  if (ip != nullptr) {
    result.v6 = ip->v6;
    result.source = ip->source;
    result.destination = ip->destination;
  }
  return result;
}

Decoded malformed(std::string_view layer, std::size_t needed, std::size_t had, std::size_t offset, const IpHeader* ip) {
  Malformed result{.layer = layer, .needed = needed, .had = had, .offset = offset};
  if (ip != nullptr) {
    result.source = ip->source;
    result.destination = ip->destination;
  }
  return result;
}

Decoded too_short(std::string_view layer, const Shortage& shortage, const IpHeader* ip) {
  const std::uint32_t protocol = ip != nullptr ? ip->protocol : 0;
  if (shortage.cut) return other(Other::Kind::cut, protocol, ip);
  if (ip != nullptr && ip->info.first_fragment) return other(Other::Kind::fragment, protocol, ip);
  return malformed(layer, shortage.needed, shortage.had, shortage.offset, ip);
}

}  // namespace echolab::capture
