// A network of the test program's own, where it may capture without being root and disturbs nobody. A live test says
//   if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
#pragma once

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

namespace echolab::test {

/// Brings an interface of this network up or down.
inline bool set_up(const std::string& interface, bool up) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strncpy(request.ifr_name, interface.c_str(), sizeof request.ifr_name - 1);
  bool done = ::ioctl(fd, SIOCGIFFLAGS, &request) == 0;
  request.ifr_flags = static_cast<short>(up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP);
  done = done && ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  ::close(fd);
  return done;
}

/// A new user namespace in which this user is root, and a new network in it, loopback down. A user who is root already
/// and may not have a user namespace gets the network alone. "" or why not. The process must have one thread.
inline std::string unshare_network() {
  const auto uid = std::to_string(::geteuid()), gid = std::to_string(::getegid());
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) {
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " + uid + " 1";
    std::ofstream("/proc/self/gid_map") << "0 " + gid + " 1";
    return "";
  }
  const std::string why = std::strerror(errno);
  if (::unshare(CLONE_NEWNET) == 0) return "";
  return "no private network here: unshare: " + why;
}

/// Moves this process into a private network with loopback up, at the first call; "" or why not.
inline const std::string& enter_private_network() {
  static const std::string why_not = [] {
    auto reason = unshare_network();
    if (reason.empty() && !set_up("lo", true)) reason = std::string("loopback stays down: ") + std::strerror(errno);
    return reason;
  }();
  return why_not;
}

/// A message to the kernel about links, attribute by attribute (rtnetlink(7)).
class LinkRequest {
 public:
  explicit LinkRequest(std::uint16_t type, std::uint16_t flags = 0) {
    header().nlmsg_len = NLMSG_LENGTH(sizeof(ifinfomsg));
    header().nlmsg_type = type;
    header().nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
  }

  void add(std::uint16_t type, std::string_view value) { close(open(type), value); }
  rtattr* open(std::uint16_t type) {
    auto* attribute = reinterpret_cast<rtattr*>(bytes_.data() + NLMSG_ALIGN(header().nlmsg_len));
    attribute->rta_type = type;
    header().nlmsg_len = static_cast<std::uint32_t>(NLMSG_ALIGN(header().nlmsg_len) + RTA_LENGTH(0));
    return attribute;
  }
  void close(rtattr* attribute, std::string_view value = {}) {
    std::ranges::copy(value, bytes_.data() + header().nlmsg_len);
    header().nlmsg_len += static_cast<std::uint32_t>(value.size());
    const auto* end = bytes_.data() + header().nlmsg_len;
    attribute->rta_len = static_cast<std::uint16_t>(end - reinterpret_cast<char*>(attribute));
  }
  void add_link_header() { header().nlmsg_len += sizeof(ifinfomsg); }

  /// Whether the kernel did it.
  bool send() {
    const int fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    std::array<char, 1024> answer{};
    const bool exchanged =
        ::send(fd, bytes_.data(), header().nlmsg_len, 0) >= 0 && ::recv(fd, answer.data(), answer.size(), 0) > 0;
    ::close(fd);
    nlmsgerr result{};
    std::memcpy(&result, answer.data() + NLMSG_HDRLEN, sizeof result);
    return exchanged && result.error == 0;
  }

 private:
  nlmsghdr& header() { return *reinterpret_cast<nlmsghdr*>(bytes_.data()); }
  alignas(nlmsghdr) std::array<char, 512> bytes_{};
};

/// Two interfaces of this network, joined back to back; both down.
inline bool add_veth_pair(std::string_view name, std::string_view peer) {
  LinkRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  request.add(IFLA_IFNAME, name);
  auto* info = request.open(IFLA_LINKINFO);
  request.add(IFLA_INFO_KIND, "veth");
  auto* data = request.open(IFLA_INFO_DATA);
  auto* other_end = request.open(VETH_INFO_PEER);
  request.add_link_header();
  request.add(IFLA_IFNAME, peer);
  request.close(other_end);
  request.close(data);
  request.close(info);
  return request.send();
}

inline bool remove_interface(std::string_view name) {
  LinkRequest request(RTM_DELLINK);
  request.add(IFLA_IFNAME, name);
  return request.send();
}

}  // namespace echolab::test
