#include "net/socket_error.hpp"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "net/option.hpp"

namespace echolab::net {
namespace {

// linux/errqueue.h: what a control message of the queue holds, and behind it the address of who sent the error.
struct Report {
  sock_extended_err error;
  sockaddr_storage from;
};

constexpr std::size_t longest_quote = 2048;  // ICMPv6 quotes as much as 1280 bytes have room for

/// The control message that is an ICMP error; nullopt: our own kernel's remark on a call that has failed already.
std::optional<IcmpError> read(cmsghdr* part) {
  const bool v6 = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
  if (!v6 && !(part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR)) return std::nullopt;
  Report report{};
  std::memcpy(&report, CMSG_DATA(part), std::min<std::size_t>(sizeof report, part->cmsg_len - CMSG_LEN(0)));
  const sock_extended_err& error = report.error;
  if (error.ee_origin != (v6 ? SO_EE_ORIGIN_ICMP6 : SO_EE_ORIGIN_ICMP)) return std::nullopt;
  IcmpError icmp{.error = static_cast<int>(error.ee_errno), .v6 = v6, .type = error.ee_type, .code = error.ee_code};
  if (icmp.packet_too_large()) icmp.mtu = error.ee_info;
  icmp.from = Address(reinterpret_cast<const sockaddr*>(&report.from), v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
  return icmp;
}

constexpr std::array<std::string_view, 16> unreachable = {  // RFC 792, RFC 1122 3.2.2.1, RFC 1812 5.2.7.1
    "network unreachable",
    "host unreachable",
    "protocol unreachable",
    "port unreachable",
    "fragmentation needed",
    "source route failed",
    "destination network unknown",
    "destination host unknown",
    "source host isolated",
    "network administratively prohibited",
    "host administratively prohibited",
    "network unreachable for this type of service",
    "host unreachable for this type of service",
    "communication administratively prohibited",
    "host precedence violation",
    "precedence cutoff in effect"};
constexpr std::array<std::string_view, 7> unreachable_v6 = {  // RFC 4443 3.1
    "no route to destination",
    "communication administratively prohibited",
    "beyond scope of source address",
    "address unreachable",
    "port unreachable",
    "source address failed ingress/egress policy",
    "reject route to destination"};

std::string_view name_of_others(std::uint8_t type, bool v6) {
  if (type == (v6 ? 2 : 0)) return "packet too big";
  if (type == (v6 ? 3 : ICMP_TIME_EXCEEDED)) return v6 ? "hop limit exceeded" : "time to live exceeded";
  if (type == (v6 ? 4 : ICMP_PARAMETERPROB)) return "parameter problem";
  return "error";
}

}  // namespace

std::string_view name(const IcmpError& error) {
  const bool is_unreachable = error.type == (error.v6 ? 1 : ICMP_DEST_UNREACH);
  if (is_unreachable && error.v6 && error.code < unreachable_v6.size()) return unreachable_v6[error.code];
  if (is_unreachable && !error.v6 && error.code < unreachable.size()) return unreachable[error.code];
  return is_unreachable ? "destination unreachable" : name_of_others(error.type, error.v6);
}

int report_errors(int fd, int family, bool on) {
  const bool v6 = family == AF_INET6;
  return set_option(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_RECVERR : IP_RECVERR, on ? 1 : 0);
}

std::optional<IcmpError> next_error(int fd) {
  const int before = errno;
  std::optional<IcmpError> found;
  std::array<std::byte, longest_quote> quote;
  while (!found) {
    alignas(cmsghdr) std::array<std::byte, 512> control;
    iovec part{.iov_base = quote.data(), .iov_len = quote.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto size = ::recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
    if (size < 0) break;
    for (cmsghdr* at = CMSG_FIRSTHDR(&message); at != nullptr && !found; at = CMSG_NXTHDR(&message, at))
      found = read(at);
    if (found) found->quoted.assign(quote.begin(), quote.begin() + size);
  }
  errno = before;
  return found;
}

std::optional<IcmpError> icmp_behind(int fd, int error) {
  std::optional<IcmpError> last;
  while (auto next = next_error(fd)) last = std::move(next);
  if (last && last->error != error && error != ETIMEDOUT) last.reset();
  return last;
}

}  // namespace echolab::net
