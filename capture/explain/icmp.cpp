// RFC 792, RFC 1122 3.2.2 (ICMP); RFC 4443 (ICMPv6), RFC 4861 (neighbour discovery), RFC 2710 and RFC 3810 (MLD).
#include "capture/explain/icmp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace echolab::capture {
namespace {

struct Message {
  std::uint32_t type;
  std::string_view name;
  IcmpPurpose purpose;
};

// https://www.iana.org/assignments/icmp-parameters, icmpv6-parameters
constexpr auto messages_v4 = std::to_array<Message>({
    {0, "echo reply", IcmpPurpose::echo_reply},
    {8, "echo request", IcmpPurpose::echo_request},
    {9, "router advertisement", IcmpPurpose::router_advertisement},
    {10, "router solicitation", IcmpPurpose::router_solicitation},
    {13, "timestamp", IcmpPurpose::timestamp},
    {14, "timestamp reply", IcmpPurpose::timestamp_reply},
});
constexpr auto messages_v6 = std::to_array<Message>({
    {128, "echo request", IcmpPurpose::echo_request},
    {129, "echo reply", IcmpPurpose::echo_reply},
    {130, "multicast listener query", IcmpPurpose::listener_query},
    {131, "multicast listener report", IcmpPurpose::listener_report},
    {132, "multicast listener done", IcmpPurpose::listener_done},
    {133, "router solicitation", IcmpPurpose::router_solicitation},
    {134, "router advertisement", IcmpPurpose::router_advertisement},
    {135, "neighbor solicitation", IcmpPurpose::neighbor_solicitation},
    {136, "neighbor advertisement", IcmpPurpose::neighbor_advertisement},
    {137, "redirect", IcmpPurpose::redirect},
    {143, "multicast listener report", IcmpPurpose::listener_report},
});

const Message* find_message(bool v6, std::uint32_t type) {
  const std::span<const Message> messages = v6 ? std::span<const Message>(messages_v6) : messages_v4;
  const auto found = std::ranges::find(messages, type, &Message::type);
  return found == messages.end() ? nullptr : &*found;
}

/// RFC 792, type 3: the code says what cannot be reached.
IcmpReport unreachable_v4(const IcmpError& error) {
  switch (error.code) {
    case 0:
    case 6:
    case 11: return IcmpReport::network_unreachable;
    case 1:
    case 7:
    case 12: return IcmpReport::host_unreachable;
    case 2: return IcmpReport::protocol_unreachable;
    case 3: return IcmpReport::port_unreachable;
    case 4: return error.next_mtu ? IcmpReport::larger_than_mtu : IcmpReport::packet_too_big;
    case 9:
    case 10:
    case 13: return IcmpReport::prohibited;
    default: return IcmpReport::unreachable;
  }
}

/// RFC 4443, section 3.1.
IcmpReport unreachable_v6(std::uint8_t code) {
  switch (code) {
    case 0: return IcmpReport::network_unreachable;
    case 1:
    case 5:
    case 6: return IcmpReport::prohibited;
    case 3: return IcmpReport::host_unreachable;
    case 4: return IcmpReport::port_unreachable;
    default: return IcmpReport::unreachable;
  }
}

IcmpReport time_exceeded(std::uint8_t code) {
  return code == 1 ? IcmpReport::reassembly_time_exceeded : IcmpReport::hops_exceeded;
}

/// RFC 792 (code 0), RFC 1108 (code 1).
IcmpReport parameter_problem_v4(std::uint8_t code) {
  switch (code) {
    case 0: return IcmpReport::erroneous_field;
    case 1: return IcmpReport::missing_option;
    case 2: return IcmpReport::bad_length;
    default: return IcmpReport::parameter_problem;
  }
}

/// RFC 4443, section 3.4; RFC 7112, section 5 (code 3).
IcmpReport parameter_problem_v6(std::uint8_t code) {
  switch (code) {
    case 0: return IcmpReport::erroneous_field;
    case 1: return IcmpReport::unknown_next_header;
    case 2: return IcmpReport::unknown_option;
    case 3: return IcmpReport::incomplete_headers;
    default: return IcmpReport::parameter_problem;
  }
}

}  // namespace

IcmpReport report_of(const IcmpError& error) {
  if (error.v6) {
    switch (error.type) {
      case 1: return unreachable_v6(error.code);
      case 2: return error.next_mtu ? IcmpReport::larger_than_mtu : IcmpReport::packet_too_big;
      case 3: return time_exceeded(error.code);
      case 4: return parameter_problem_v6(error.code);
      default: return IcmpReport::unknown;
    }
  }
  switch (error.type) {
    case 3: return unreachable_v4(error);
    case 4: return IcmpReport::source_quench;
    case 5: return IcmpReport::redirect;
    case 11: return time_exceeded(error.code);
    case 12: return parameter_problem_v4(error.code);
    default: return IcmpReport::unknown;
  }
}

std::string icmp_message_name(bool v6, std::uint32_t type) {
  const std::string_view protocol = v6 ? "ICMPv6" : "ICMP";
  const Message* message = find_message(v6, type);
  return message ? fmt::format("{} {}", protocol, message->name) : fmt::format("{} type {}", protocol, type);
}

IcmpPurpose purpose_of(const Other& message) {
  const Message* known = find_message(message.v6, message.number);
  const IcmpPurpose purpose = known ? known->purpose : IcmpPurpose::unknown;
  const bool to_one = message.destination && !is_multicast(*message.destination);
  return purpose == IcmpPurpose::neighbor_solicitation && to_one ? IcmpPurpose::neighbor_check : purpose;
}

std::string_view ip_field_at(bool v6, std::uint32_t offset) {
  struct Field {
    std::uint32_t end;
    std::string_view name;
  };
  static constexpr auto ipv4 = std::to_array<Field>({
      // RFC 791, 3.1
      {1, "Version, IHL"},
      {2, "Type of Service"},
      {4, "Total Length"},
      {6, "Identification"},
      {8, "Flags, Fragment Offset"},
      {9, "Time to Live"},
      {10, "Protocol"},
      {12, "Header Checksum"},
      {16, "Source Address"},
      {20, "Destination Address"},
  });
  static constexpr auto ipv6 = std::to_array<Field>({
      // RFC 8200, 3
      {4, "Version, Traffic Class, Flow Label"},
      {6, "Payload Length"},
      {7, "Next Header"},
      {8, "Hop Limit"},
      {24, "Source Address"},
      {40, "Destination Address"},
  });
  const std::span<const Field> fields = v6 ? std::span<const Field>(ipv6) : ipv4;
  const auto found = std::ranges::find_if(fields, [offset](const Field& field) { return offset < field.end; });
  return found == fields.end() ? std::string_view{} : found->name;
}

}  // namespace echolab::capture
