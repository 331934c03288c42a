#include "net/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <net/if.h>
#include <netdb.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "net/file_descriptor.hpp"
#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::net {
namespace {

const sockaddr_in& v4(const sockaddr* address) { return *reinterpret_cast<const sockaddr_in*>(address); }
const sockaddr_in6& v6(const sockaddr* address) { return *reinterpret_cast<const sockaddr_in6*>(address); }

std::string zone(const Address& address) {
  if (address.family() != AF_INET6 || v6(address.data()).sin6_scope_id == 0) return {};
  char name[IF_NAMESIZE];
  const auto id = v6(address.data()).sin6_scope_id;
  return fmt::format("%{}", ::if_indextoname(id, name) != nullptr ? name : std::to_string(id).c_str());
}

}  // namespace

Address::Address(const sockaddr* address, socklen_t size) : size_(size) {
  std::memcpy(&storage_, address, std::min<std::size_t>(size, sizeof storage_));
}

std::uint16_t Address::port() const {
  if (family() == AF_INET) return ntohs(v4(data()).sin_port);
  if (family() == AF_INET6) return ntohs(v6(data()).sin6_port);
  return 0;
}

std::span<const std::uint8_t> Address::octets() const {
  if (family() == AF_INET) return {reinterpret_cast<const std::uint8_t*>(&v4(data()).sin_addr), 4};
  if (family() == AF_INET6) return {reinterpret_cast<const std::uint8_t*>(&v6(data()).sin6_addr), 16};
  return {};
}

bool Address::is_loopback() const {
  if (family() == AF_INET) return octets()[0] == 127;
  return family() == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&v6(data()).sin6_addr);
}

bool Address::is_wildcard() const {
  return std::ranges::all_of(octets(), [](std::uint8_t octet) { return octet == 0; });
}

bool Address::is_multicast() const {
  if (family() == AF_INET) return octets()[0] >> 4 == 0xe;
  return family() == AF_INET6 && octets()[0] == 0xff;
}

bool Address::is_broadcast() const {
  return family() == AF_INET && std::ranges::all_of(octets(), [](std::uint8_t octet) { return octet == 255; });
}

bool operator==(const Address& left, const Address& right) {
  return left.family() == right.family() && left.port() == right.port() &&
         std::ranges::equal(left.octets(), right.octets()) && zone(left) == zone(right);
}

std::string host_string(const Address& address) {
  char text[INET6_ADDRSTRLEN] = "?";
  if (!address.octets().empty()) ::inet_ntop(address.family(), address.octets().data(), text, sizeof text);
  return text + zone(address);
}

std::string to_string(const Address& address) {
  const char* pattern = address.family() == AF_INET6 ? "[{}]:{}" : "{}:{}";
  return fmt::format(fmt::runtime(pattern), host_string(address), address.port());
}

Address resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;  // any: it keeps the list to one entry an address
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (failure == EAI_SYSTEM) throw CallError("getaddrinfo", host, errno);
  if (failure != 0) throw UnknownHost(host, ::gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, ::freeaddrinfo);

  const addrinfo* chosen = list;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_family == AF_INET) {
      chosen = entry;
      break;
    }
  }
  return {chosen->ai_addr, chosen->ai_addrlen};
}

bool is_own(const Address& address) {
  const FileDescriptor probe(::socket(address.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  return ::bind(probe.get(), address.data(), address.size()) == 0;
}

bool is_group(const Address& address) {
  if (address.is_multicast() || address.is_broadcast()) return true;
  // A broadcast address of a network here the kernel takes only from a socket that has asked for it (socket(7)).
  const auto takes = [&](int broadcast) {
    const FileDescriptor probe(::socket(address.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
    set_option(probe.get(), SOL_SOCKET, SO_BROADCAST, broadcast);
    return ::connect(probe.get(), address.data(), address.size()) == 0;
  };
  return !takes(0) && takes(1);
}

Address local_address(int fd) {
  Address address;
  system_call("getsockname", ::getsockname(fd, address.fill(), address.fill_size()));
  return address;
}

}  // namespace echolab::net
