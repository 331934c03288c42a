// Requests to the kernel over netlink(7): built attribute by attribute, answered with rows, or refused with an errno.
#pragma once

#include <libmnl/libmnl.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "net/file_descriptor.hpp"

namespace echolab::lab {

class NetlinkRequest {
 public:
  /// `type` is RTM_NEWLINK, SOCK_DIAG_BY_FAMILY, ...; `flags` stand beside NLM_F_REQUEST.
  NetlinkRequest(std::uint16_t type, std::uint16_t flags);

  /// The header of the request's family (ifinfomsg, inet_diag_req_v2, ...), zeroed. Before any attribute.
  template <typename Header>
  Header& header() {
    return *static_cast<Header*>(mnl_nlmsg_put_extra_header(message(), sizeof(Header)));
  }
  void add(std::uint16_t type, std::string_view text) { mnl_attr_put_strz(message(), type, std::string(text).c_str()); }
  void add(std::uint16_t type, std::uint32_t number) { mnl_attr_put_u32(message(), type, number); }
  void add_byte(std::uint16_t type, std::uint8_t number) { mnl_attr_put_u8(message(), type, number); }
  void add_bytes(std::uint16_t type, const void* bytes, std::size_t size) {
    mnl_attr_put(message(), type, size, bytes);
  }
  /// An attribute whose value is what `body` adds.
  template <typename Body>
  void nest(std::uint16_t type, Body body) {
    nlattr* outer = mnl_attr_nest_start(message(), type);
    body();
    mnl_attr_nest_end(message(), outer);
  }

  nlmsghdr* message() { return reinterpret_cast<nlmsghdr*>(bytes_.data()); }

 private:
  alignas(nlmsghdr) std::array<std::byte, 1024> bytes_{};  // the longest request, a veth pair's, has 200
};

/// A netlink socket of the network namespace in which this thread is now.
net::FileDescriptor open_netlink(int protocol);

/// Has the kernel do it. Throws net::CallError ("netlink `what`") where it refuses.
void ask(const net::FileDescriptor& netlink, NetlinkRequest& request, const std::string& what);

/// Hands every row of the answer to `row`. A table that changed while it was read is read again, after `begin` (which
/// is called before every reading). Throws net::CallError.
void dump(const net::FileDescriptor& netlink, NetlinkRequest& request, const std::string& what,
          const std::function<void()>& begin, const std::function<void(const nlmsghdr&)>& row);

/// Hands every attribute behind the family's header, `header_size` bytes long, to `body`.
template <typename Body>
void each_attribute(const nlmsghdr& row, std::size_t header_size, Body body) {
  const auto* end = static_cast<const char*>(mnl_nlmsg_get_payload_tail(&row));
  const auto* attribute = static_cast<const nlattr*>(mnl_nlmsg_get_payload_offset(&row, header_size));
  for (; mnl_attr_ok(attribute, static_cast<int>(end - reinterpret_cast<const char*>(attribute)));
       attribute = mnl_attr_next(attribute))
    body(*attribute);
}

}  // namespace echolab::lab
