// A header that promises more than there is, or contradicts itself.
#include <algorithm>
#include <array>

#include "capture/explain/explain.hpp"
#include "capture/explain/icmp.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/notes.hpp"

namespace echolab::capture {
namespace {

constexpr Sentence headline{Level::headline, "malformed {name}", "잘못된 {name} 헤더"};
using Fault = OneOf<Blank::name, Blank::field, Blank::offset, Blank::had, Blank::needed, Blank::what>;
constexpr Fault absent{
    Level::fact, "The header before it announces {name}, but the packet ends right there, at byte {offset} of the frame[, counted from 0]: not one byte of that header is present.",
    "앞의 헤더는 뒤에 {name} 헤더가 온다고 하지만, 패킷이 바로 거기(프레임[ 처음부터 센] 오프셋 {offset})에서 끝나 한 바이트도 들어 있지 않습니다."};
constexpr Fault cut_short{
    Level::fact, "The {name} header at byte {offset} of the frame[, counted from 0,] is cut short: it takes {what}, and the packet has {had} left. Nothing after it is read.",
    "프레임[ 처음부터 센] 오프셋 {offset}에서 시작하는 {name} 헤더가 중간에 끊겼습니다. 헤더는 {what}인데 패킷에는 {had}바이트만 남아 있습니다. 그 뒤는 읽지 않습니다."};
constexpr Fault version{
    Level::fact, "The header at byte {offset} of the frame[, counted from 0,] says version {had}, and IP has only 4 and 6. Nothing after it is read.",
    "프레임[ 처음부터 센] 오프셋 {offset}에서 시작하는 헤더의 version은 {had}인데 IP에는 4와 6밖에 없습니다. 그 뒤는 읽지 않습니다."};
constexpr Fault other_version{
    Level::fact, "The frame announces {name}, but the header at its byte {offset}[, counted from 0,] says version {had}. Nothing after it is read.",
    "프레임에는 {name} 패킷이라고 적혀 있지만[ 프레임 처음부터 센] 오프셋 {offset}에 있는 헤더의 version은 {had}입니다. 그 뒤는 읽지 않습니다."};
constexpr Fault too_small{
    Level::fact, "The {name} header at byte {offset} of the frame[, counted from 0,] cannot be right: its {field} says {had} bytes, and the header alone takes at least {needed}. Nothing after it is read.",
    "프레임[ 처음부터 센] 오프셋 {offset}에서 시작하는 {name} 헤더가 잘못되었습니다. {field} 값은 {had}바이트인데 헤더만 해도 {needed}바이트 이상입니다. 그 뒤는 읽지 않습니다."};
constexpr Fault too_large{
    Level::fact, "The {name} header at byte {offset} of the frame[, counted from 0,] cannot be right: its {field} says {needed} bytes, and its packet has room for {had}. Nothing after it is read.",
    "프레임[ 처음부터 센] 오프셋 {offset}에서 시작하는 {name} 헤더가 잘못되었습니다. {field} 값은 {needed}바이트인데 패킷에는 {had}바이트까지만 들어갈 수 있습니다. 그 뒤는 읽지 않습니다."};
constexpr Fact so_many{"{bytes}", "{bytes}"};
constexpr Fact at_least{"at least {bytes}", "적어도 {bytes}"};
constexpr Fact source_readable{"Its source address can be read: {source}.",
                               "보낸 쪽 주소는 남아 있습니다: {source}."};
constexpr Fact type_readable{"Its first byte says what kind it was: {name}.",
                             "첫 바이트에 적힌 종류는 읽을 수 있습니다: {name}."};

/// Another header has announced it: so it is with these alone.
bool is_absent(const Malformed& malformed) {
  const bool announced = malformed.layer == "tcp" || malformed.layer == "udp" || malformed.layer.starts_with("icmp");
  return announced && malformed.had == 0;
}

const Fault& fault_of(const Malformed& malformed) {
  switch (malformed.field) {
    case Malformed::Field::header: return is_absent(malformed) ? absent : cut_short;
    case Malformed::Field::version: return malformed.layer == "ip" ? version : other_version;
    default: return malformed.too_large ? too_large : too_small;
  }
}

/// What the header would take: options, or the message itself, may follow what every such header has.
Given<Blank::what> size_of(Plan& plan, const Malformed& malformed) {
  constexpr std::array<std::string_view, 4> longer{"ipv4", "tcp", "icmp", "icmp6"};
  const bool may_be_longer = std::ranges::find(longer, malformed.layer) != longer.end();
  return may_be_longer ? plan.part<Blank::what, at_least>(bytes(malformed.needed))
                       : plan.part<Blank::what, so_many>(bytes(malformed.needed));
}

/// What can be told of a header that is cut short.
void tell_rest(Plan& plan, const Malformed& malformed) {
  if (malformed.source && !malformed.destination)
    plan.say<source_readable>(plan.text<Blank::source>(to_string(*malformed.source)));
  if (malformed.icmp_type)
    plan.say<type_readable>(plan.name(icmp_message_name(malformed.layer == "icmp6", *malformed.icmp_type)));
}

}  // namespace

void explain_malformed(const Observation& seen, const Malformed& malformed, Plan& plan) {
  const auto layer = plan.name(layer_name(malformed.layer));
  plan.say<headline>(layer);
  plan.say(fault_of(malformed), layer, plan.text<Blank::field>(name_of(malformed.field)), offset(malformed.offset),
           had(malformed.had), needed(malformed.needed), size_of(plan, malformed));
  tell_rest(plan, malformed);
  if (malformed.ip.fragment) tell_fragment(plan, seen, *malformed.ip.fragment);
  tell_no_hops_left(plan, malformed.ip);
  advise(plan, seen.notes, unsuited(malformed.ip));
  plan.severity = Severity::warning;
}

}  // namespace echolab::capture
