#include "capture/explain/ip.hpp"

namespace echolab::capture {
namespace {

constexpr Sentence first_fragment{Level::headline, "{what}, first fragment", "{what}, 첫 fragment"};
constexpr Fact bytes_missing{"Malformed: the IP length promises {bytes} more than the frame holds of this packet, so a host should drop it. Its numbers count what the frame holds.",
                             "형식이 잘못된 패킷입니다. IP 헤더에 적힌 길이가 프레임에 실제로 든 것보다 {bytes} 더 길어 호스트는 이 패킷을 버려야 합니다. 번호는 프레임에 든 만큼만 셉니다."};
constexpr Fact wrong_checksum{"The {protocol} checksum is wrong: the receiver drops this packet without a word.",
                              "{protocol} 체크섬이 틀려 받는 쪽은 이 패킷을 말없이 버립니다."};
constexpr Detail wrong_and_taken{"The {protocol} checksum is wrong here, and yet such packets are taken: see above.",
                                 "{protocol} 체크섬이 틀리지만 이런 패킷도 받고 있습니다(위 참고)."};
constexpr Detail checksum_unfinished{"The checksum is unfinished: captured at the sender, before its network card computes it (offload).",
                                     "체크섬이 아직 완성되지 않았습니다. 보내는 쪽에서 네트워크 카드가 계산하기 전에 캡처했기 때문입니다(offload)."};
constexpr Fact cut_without_length{"The IP length is 0 (the network card was to split this packet, or it is a jumbogram) and the capture cut it off: its length is that of the frame on the wire.",
                                  "IP 길이가 0이고(네트워크 카드가 나눌 패킷이거나 jumbogram) 캡처가 뒷부분을 잘라 냈습니다. 길이는 실제 프레임의 길이를 따릅니다."};
constexpr Fact bytes_missing_behind_datagram{"The IP length promises {bytes} more than the frame holds of this packet. The UDP datagram itself is whole, but a receiver drops such a packet as truncated, most likely before UDP sees it.",
                                             "IP 헤더에 적힌 길이가 프레임에 실제로 든 IP 패킷보다 {bytes} 더 깁니다. UDP 데이터그램 자체는 빠진 데가 없지만, 받는 쪽은 이런 패킷을 잘린 것으로 보고 UDP에 넘기기 전에 버리는 것이 보통입니다."};
constexpr Detail segment_in_fragments{"The TCP header gives no length, so only the data in this fragment is counted.",
                                      "TCP 헤더에는 길이가 없으므로 이 fragment에 든 데이터만 셉니다."};
constexpr Fact datagram_in_fragments{"The UDP header says {number} bytes, 8 of its own and {needed} of data: this fragment carries {had} of the data, the others the rest.",
                                     "UDP 헤더에 적힌 길이는 {number}바이트(헤더 8, 데이터 {needed})입니다. 데이터 가운데 이 fragment에는 {had}바이트가 있고, 나머지는 다른 fragment에 있습니다."};
constexpr Fact atomic_fragment{"It has a fragment header though it is whole (an atomic fragment, RFC 6946).",
                               "fragment 헤더가 있지만 나뉘지 않은 패킷입니다(atomic fragment, RFC 6946)."};
constexpr Fact zero_length{"The IP length is 0, which is wrong: the packet is too small to be one that a network card was to split, so a receiver drops it. Its content is read from all that the frame holds, and may mean nothing.",
                           "IP 길이가 0으로 잘못 적혀 있습니다. 네트워크 카드가 나누라고 비워 둔 것이라기에는 패킷이 너무 작아, 받는 쪽은 이 패킷을 버립니다. 내용은 프레임에 든 것을 모두 읽어 본 것이므로 아무 뜻이 없을 수 있습니다."};
constexpr Fact zero_ttl{"Its TTL is 0: no host and no router may send such a packet (RFC 1122 3.2.1.7, RFC 1812 4.2.2.9).",
                        "TTL이 0입니다. 이런 패킷은 호스트도 라우터도 보내면 안 됩니다(RFC 1122 3.2.1.7, RFC 1812 4.2.2.9)."};
constexpr Fact zero_hop_limit{"Its hop limit is 0: no router passes such a packet on, so it cannot have come through one (RFC 8200 3).",
                              "hop limit이 0입니다. 이런 패킷은 어떤 라우터도 넘겨주지 않으므로 라우터를 거쳐 왔을 수 없습니다(RFC 8200 3)."};
constexpr Fact fragment_headers{"It has {number} fragment headers, one after another; there should be only one (RFC 8200 4.1).",
                                "fragment 헤더가 {number}개 이어져 있습니다. 하나만 있어야 합니다(RFC 8200 4.1의 권고)."};
constexpr Fact options_malformed{"The IP options contradict themselves: one has an impossible length.",
                                 "IP 옵션의 길이가 맞지 않습니다. 옵션만 잘못되었고 나머지는 읽을 수 있습니다."};

/// Only so many headers were read: what stands behind them is not known, nor whether the packet is whole.
bool is_chain_too_long(const Observation& seen) {
  const auto* other = std::get_if<Other>(&seen.decoded);
  return other != nullptr && other->kind == Other::Kind::chain_too_long;
}

bool is_cut_without_length(const Observation& seen) {
  return seen.notes.has(Note::truncated) && seen.notes.has(Note::offload_length);
}

std::string_view protocol_of(const Observation& seen, const IpInfo& ip) {
  if (ip.header_checksum == Checksum::bad) return "IPv4";
  if (std::holds_alternative<Segment>(seen.decoded)) return "TCP";
  if (std::holds_alternative<Datagram>(seen.decoded)) return "UDP";
  const auto* error = std::get_if<IcmpError>(&seen.decoded);
  const auto* other = std::get_if<Other>(&seen.decoded);
  return (error && error->v6) || (other && other->v6) ? "ICMPv6" : "ICMP";
}

void tell_checksum(Plan& plan, const Observation& seen, const IpInfo& ip) {
  const bool taken = seen.tcp && !seen.tcp->findings.has<finding::NotTaken>();
  if (ip.has_bad_checksum() && taken)
    plan.say<wrong_and_taken>(plan.text<Blank::protocol>(protocol_of(seen, ip)));
  else if (ip.has_bad_checksum())
    plan.say<wrong_checksum>(plan.text<Blank::protocol>(protocol_of(seen, ip)));
  else if (ip.checksum == Checksum::unfinished || ip.header_checksum == Checksum::unfinished)
    plan.say<checksum_unfinished>();
}

void tell_shape(Plan& plan, const Observation& seen, const IpInfo& ip) {
  tell_checksum(plan, seen, ip);
  if (is_cut_without_length(seen)) plan.say<cut_without_length>();
  if (ip.fragment) tell_fragment(plan, seen, *ip.fragment);
  if (ip.atomic_fragment && !is_chain_too_long(seen)) plan.say<atomic_fragment>();
  if (ip.zero_length) plan.say<zero_length>();
  tell_no_hops_left(plan, ip);
  if (ip.fragment_headers > 1) plan.say<fragment_headers>(number(ip.fragment_headers));
  if (ip.options_malformed) plan.say<options_malformed>();
}

}  // namespace

void tell_first_fragment(Plan& plan, Given<Blank::what> begun) { plan.say<first_fragment>(begun); }

void tell_no_hops_left(Plan& plan, const IpInfo& ip) {
  if (ip.zero_ttl) plan.say<zero_ttl>();
  if (ip.zero_hop_limit) plan.say<zero_hop_limit>();
}

NoteSet told_by_ip(const Observation& seen, const IpInfo& ip) {
  NoteSet told{Note::bad_checksum};
  if (ip.fragment) told.add(Note::fragment);
  if (ip.zero_length) told.add(Note::offload_length);
  if (is_cut_without_length(seen)) told.add(Note::truncated).add(Note::offload_length);
  return told;
}

NoteSet unsuited(const IpInfo& ip) {
  NoteSet notes;
  if (ip.zero_length) notes.add(Note::offload_length);  // no card was to cut this one up
  return notes;
}

void tell_ip(Plan& plan, const Observation& seen, const IpInfo& ip) {
  if (ip.missing > 0) plan.say<bytes_missing>(bytes(ip.missing));
  tell_shape(plan, seen, ip);
}

void tell_ip(Plan& plan, const Observation& seen, const Segment& segment) {
  tell_ip(plan, seen, segment.ip);
  if (segment.ip.fragment) plan.say<segment_in_fragments>();
}

void tell_ip(Plan& plan, const Observation& seen, const Datagram& datagram) {
  const bool whole = datagram.absent == 0;
  if (datagram.ip.fragment && !whole)
    plan.say<datagram_in_fragments>(number(datagram.payload_length + Datagram::header_length),
                                    needed(datagram.payload_length), had(datagram.payload_length - datagram.absent));
  if (!whole) return tell_ip(plan, seen, datagram.ip);
  if (datagram.ip.missing > 0) plan.say<bytes_missing_behind_datagram>(bytes(datagram.ip.missing));
  tell_shape(plan, seen, datagram.ip);
}

}  // namespace echolab::capture
