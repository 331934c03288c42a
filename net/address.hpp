// An IPv4 or IPv6 address with its port, as the socket calls take it.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>

namespace echolab::net {

class Address {
 public:
  Address() = default;
  Address(const sockaddr* address, socklen_t size);

  int family() const { return storage_.ss_family; }  // AF_INET, AF_INET6; AF_UNSPEC while empty
  std::uint16_t port() const;
  /// 4 or 16 bytes in network byte order.
  std::span<const std::uint8_t> octets() const;

  bool is_loopback() const;   // 127.0.0.0/8, ::1
  bool is_wildcard() const;   // 0.0.0.0, ::
  bool is_multicast() const;  // 224.0.0.0/4, ff00::/8
  bool is_broadcast() const;  // 255.255.255.255

  // For the socket calls: as input ...
  const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t size() const { return size_; }
  // ... and to be filled in by accept, recvfrom, getsockname.
  sockaddr* fill() {
    size_ = sizeof storage_;
    return reinterpret_cast<sockaddr*>(&storage_);
  }
  socklen_t* fill_size() { return &size_; }

  /// The same address and port.
  friend bool operator==(const Address& left, const Address& right);

 private:
  sockaddr_storage storage_{};
  socklen_t size_ = sizeof storage_;
};

/// "127.0.0.1:9000", "[::1]:9000", "[fe80::1%eth0]:9000".
std::string to_string(const Address& address);
/// The address without its port: "127.0.0.1", "::1".
std::string host_string(const Address& address);

/// A host name that no address belongs to.
struct UnknownHost : std::runtime_error {
  UnknownHost(const std::string& name, const char* why)
      : std::runtime_error(name + ": " + why), host(name), reason(why) {}
  std::string host, reason;
};

/// The address of `host`: a name or a number. Where a name has both kinds, IPv4: the servers bind 127.0.0.1 unless
/// told.
Address resolve(const std::string& host, std::uint16_t port);

/// Whether it is one of this machine's addresses.
bool is_own(const Address& address);

/// Whether it reaches many: a multicast address, or a broadcast address, also that of a network here.
bool is_group(const Address& address);

/// Where a socket stands (getsockname). Port 0 as long as the kernel has not chosen one.
Address local_address(int fd);

}  // namespace echolab::net
