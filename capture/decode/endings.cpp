#include "capture/decode/layers.hpp"

namespace echolab::capture {

std::size_t bounded_by_frame(IpHeader& ip, std::size_t promised, std::size_t frame) {
  if (promised <= frame) return promised;
  ip.info.promised = static_cast<std::uint32_t>(promised);
  ip.info.missing = static_cast<std::uint32_t>(promised - frame);
  return frame;
}

Decoded other(Other::Kind kind, std::uint32_t number, const IpHeader* ip) {
  Other result{.kind = kind, .number = number};
  if (ip != nullptr) {
    result.v6 = ip->v6;
    result.source = ip->source;
    result.destination = ip->destination;
    result.ip = ip->info;
  }
  return result;
}

Decoded malformed(Malformed what, const IpHeader* ip) {
  if (ip != nullptr) {
    what.source = ip->source;
    what.destination = ip->destination;
    what.ip = ip->info;
  }
  return what;
}

Decoded too_short(std::string_view layer, const Shortage& shortage, const IpHeader* ip, Malformed::Field field) {
  const std::uint32_t protocol = ip != nullptr ? ip->protocol : 0;
  if (shortage.cut) return other(Other::Kind::cut, protocol, ip);
  if (ip != nullptr && ip->info.fragment) return other(Other::Kind::fragment, protocol, ip);
  return malformed({.layer = layer,
                    .field = field,
                    .too_large = field != Malformed::Field::header,
                    .needed = shortage.needed,
                    .had = shortage.had,
                    .offset = shortage.offset},
                   ip);
}

}  // namespace echolab::capture
