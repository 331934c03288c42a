// ICMP's messages that are no errors: RFC 792, RFC 4443, RFC 4861 (neighbour discovery), RFC 2710 and RFC 3810 (MLD).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "capture/explain/icmp.hpp"

namespace echolab::capture {
namespace {

struct Message {
  std::uint32_t type;
  std::string_view name;
};

// https://www.iana.org/assignments/icmp-parameters, icmpv6-parameters
constexpr auto messages_v4 = std::to_array<Message>({{0, "echo reply"},
                                                     {8, "echo request"},
                                                     {9, "router advertisement"},
                                                     {10, "router solicitation"},
                                                     {13, "timestamp"},
                                                     {14, "timestamp reply"}});
constexpr auto messages_v6 = std::to_array<Message>({{128, "echo request"},
                                                     {129, "echo reply"},
                                                     {130, "multicast listener query"},
                                                     {131, "multicast listener report"},
                                                     {132, "multicast listener done"},
                                                     {133, "router solicitation"},
                                                     {134, "router advertisement"},
                                                     {135, "neighbor solicitation"},
                                                     {136, "neighbor advertisement"},
                                                     {137, "redirect"},
                                                     {143, "multicast listener report"}});

}  // namespace

std::string icmp_message_name(bool v6, std::uint32_t type) {
  const std::string_view protocol = v6 ? "ICMPv6" : "ICMP";
  const std::span<const Message> messages = v6 ? std::span<const Message>(messages_v6) : messages_v4;
  const auto found = std::ranges::find(messages, type, &Message::type);
  return found == messages.end() ? fmt::format("{} type {}", protocol, type)
                                 : fmt::format("{} {}", protocol, found->name);
}

}  // namespace echolab::capture
