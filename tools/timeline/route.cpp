#include "tools/timeline/route.hpp"

#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <memory>

#include "net/file_descriptor.hpp"
#include "net/system_call.hpp"

namespace echolab::timeline {
namespace {

/// The name of the first interface that `wanted` accepts, or `otherwise`.
template <typename Wanted>
std::string find_interface(Wanted wanted, std::string otherwise) {
  ifaddrs* list = nullptr;
  net::system_call("getifaddrs", ::getifaddrs(&list));
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, ::freeifaddrs);
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next)
    if (wanted(*entry)) return entry->ifa_name;
  return otherwise;
}

bool same_host(const net::Address& left, const net::Address& right) {
  return left.family() == right.family() && std::ranges::equal(left.octets(), right.octets());
}

std::string loopback_interface() {
  return find_interface([](const ifaddrs& entry) { return (entry.ifa_flags & IFF_LOOPBACK) != 0; }, "lo");
}

/// Connecting a UDP socket sends nothing; it only makes the kernel choose the way and our address on it.
net::Address local_address_towards(const net::Address& destination) {
  const net::FileDescriptor socket(
      net::system_call("socket", ::socket(destination.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0)));
  net::system_call("connect", ::connect(socket.get(), destination.data(), destination.size()),
                   net::to_string(destination));
  return net::local_address(socket.get());
}

}  // namespace

std::string interface_to(const net::Address& destination) {
  const net::Address local = local_address_towards(destination);
  return same_host(local, destination) ? loopback_interface() : interface_of(local);
}

std::string interface_of(const net::Address& local) {
  if (local.is_wildcard()) return "any";
  if (local.is_loopback()) return loopback_interface();
  const auto owns = [&](const ifaddrs& entry) {
    if (entry.ifa_addr == nullptr) return false;
    const int family = entry.ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) return false;
    return same_host(local,
                     net::Address(entry.ifa_addr, family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6)));
  };
  return find_interface(owns, "any");
}

}  // namespace echolab::timeline
