// ICMP's messages that are no errors: RFC 792, RFC 4443, RFC 4861 (neighbour discovery), RFC 2710 and RFC 3810 (MLD).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "capture/explain/icmp.hpp"

namespace echolab::capture {
namespace {

using Purpose = OneOf<>;
constexpr Purpose echo_request{Level::fact, "Asks whether the host is there (ping).",
                               "호스트가 있는지 묻습니다(ping)."};
constexpr Purpose echo_reply{Level::fact, "Answers a ping: the host is there.", "ping에 답합니다."};
constexpr Purpose timestamp{Level::fact, "Asks what time it is on the other host.", "상대 호스트의 시각을 묻습니다."};
constexpr Purpose timestamp_reply{Level::fact, "Answers what time it is here.", "이쪽 시각을 알려 줍니다."};
constexpr Purpose router_solicitation{Level::fact, "Asks which routers there are.", "어떤 라우터가 있는지 묻습니다."};
constexpr Purpose router_advertisement{Level::fact, "A router announces itself, and the prefixes of this network.",
                                       "라우터가 자기와 이 네트워크의 prefix를 알립니다."};
constexpr Purpose neighbor_solicitation{Level::fact, "Asks who on this link has an address (as ARP does for IPv4).",
                                        "이 링크에서 어떤 주소를 누가 쓰는지 묻습니다(IPv4의 ARP와 같은 일)."};
constexpr Purpose neighbor_check{
    Level::fact, "Checks that a known neighbor on this link still answers: it goes to that one alone (RFC 4861 7.3).",
    "이미 아는 이웃이 아직 응답하는지 확인합니다. 그 이웃 하나에게만 보냅니다(RFC 4861 7.3)."};
constexpr Purpose neighbor_advertisement{Level::fact,
                                         "Says who on this link has an address, or that it can still be reached.",
                                         "이 링크에서 어떤 주소를 누가 쓰는지, 또는 그 호스트에 아직 닿는지 알립니다."};
constexpr Purpose redirect{Level::fact, "A router says that another one is nearer.",
                           "라우터가 더 가까운 라우터를 알려 줍니다."};
constexpr Purpose listener_query{Level::fact, "A router asks which multicast groups have listeners.",
                                 "라우터가 어떤 멀티캐스트 그룹에 가입했는지 묻습니다."};
constexpr Purpose listener_report{Level::fact, "Says which multicast groups this host listens to.",
                                  "이 호스트가 가입한 멀티캐스트 그룹을 알립니다."};
constexpr Purpose listener_done{Level::fact, "Says that this host leaves a multicast group.",
                                "이 호스트가 멀티캐스트 그룹에서 나갑니다."};
constexpr Purpose unknown{Level::fact, "What this type is for is not known here.",
                          "무엇에 쓰는 종류인지 여기서는 알지 못합니다."};

struct Message {
  std::uint32_t type;
  std::string_view name;
  const Purpose* purpose;
};

// https://www.iana.org/assignments/icmp-parameters, icmpv6-parameters
constexpr auto messages_v4 = std::to_array<Message>({
    {0, "echo reply", &echo_reply},
    {8, "echo request", &echo_request},
    {9, "router advertisement", &router_advertisement},
    {10, "router solicitation", &router_solicitation},
    {13, "timestamp", &timestamp},
    {14, "timestamp reply", &timestamp_reply},
});
constexpr auto messages_v6 = std::to_array<Message>({
    {128, "echo request", &echo_request},
    {129, "echo reply", &echo_reply},
    {130, "multicast listener query", &listener_query},
    {131, "multicast listener report", &listener_report},
    {132, "multicast listener done", &listener_done},
    {133, "router solicitation", &router_solicitation},
    {134, "router advertisement", &router_advertisement},
    {135, "neighbor solicitation", &neighbor_solicitation},
    {136, "neighbor advertisement", &neighbor_advertisement},
    {137, "redirect", &redirect},
    {143, "multicast listener report", &listener_report},
});

const Message* find_message(bool v6, std::uint32_t type) {
  const std::span<const Message> messages = v6 ? std::span<const Message>(messages_v6) : messages_v4;
  const auto found = std::ranges::find(messages, type, &Message::type);
  return found == messages.end() ? nullptr : &*found;
}

}  // namespace

std::string icmp_message_name(bool v6, std::uint32_t type) {
  const std::string_view protocol = v6 ? "ICMPv6" : "ICMP";
  const Message* message = find_message(v6, type);
  return message ? fmt::format("{} {}", protocol, message->name) : fmt::format("{} type {}", protocol, type);
}

void tell_purpose(Plan& plan, const Other& message) {
  const Message* known = find_message(message.v6, message.number);
  const bool to_one = message.destination && !is_multicast(*message.destination);
  if (!known)
    plan.say(unknown);
  else if (known->purpose == &neighbor_solicitation && to_one)
    plan.say(neighbor_check);
  else
    plan.say(*known->purpose);
}

}  // namespace echolab::capture
