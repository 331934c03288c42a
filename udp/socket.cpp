#include "udp/socket.hpp"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

#include "net/system_call.hpp"
#include "udp/arrival.hpp"
#include "udp/calls.hpp"

namespace echolab::udp {
namespace {

using net::logged;
using net::system_call;
using net::uninterrupted;

constexpr int most_tries = 16;  // to send one datagram, while errors about others come

}  // namespace

Socket::Socket(int family, net::CallLog* log) : family_(family), log_(log) {
  fd_ = net::FileDescriptor(system_call(
      "socket", logged(log_, calls::socket(family), [&] { return ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0); })));
  if (family == AF_INET6) net::set_option(fd(), IPPROTO_IPV6, IPV6_V6ONLY, 1);  // "::" means IPv6, 0.0.0.0 means IPv4
}

/// An ICMP error about an earlier datagram comes out of the next call, which then has sent nothing: so once more.
void Socket::send_to(const net::Address& peer, std::span<const std::byte> bytes, const net::Address* source) {
  bool refused_before = false;
  const auto send = [&] {
    const auto sent = uninterrupted([&] {
      if (source != nullptr) return send_from(fd(), *source, peer, bytes);
      return ::sendto(fd(), bytes.data(), bytes.size(), 0, peer.data(), peer.size());
    });
    refused_before = sent < 0 && take_errors();
    return sent;
  };
  const auto tell = [&](ssize_t) { return net::Outcome{.icmp = refused_before ? &errors_.back() : nullptr}; };
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto sent = logged(log_, calls::send_to(fd(), peer, bytes, source != nullptr), send, tell);
    if (sent >= 0) return;
    if (!refused_before) break;
  }
  const int error = errno;
  throw net::CallError("sendto", net::to_string(peer), error);  // the name only for an error: it costs
}

std::optional<Datagram> Socket::receive_from(std::span<std::byte> room, const net::Deadline& deadline) {
  throw_next_error();
  Datagram datagram;
  bool refused = false;
  const auto receive = [&] {
    const auto size = uninterrupted([&] { return receive_once(room, datagram, deadline); });
    refused = size < 0 && errno != EAGAIN && take_errors();
    return size;
  };
  const auto tell = [&](ssize_t size) {
    if (size < 0) return net::Outcome{.icmp = refused ? &errors_.back() : nullptr};
    return net::Outcome{.address = &datagram.from,
                        .data = room.first(std::min(room.size(), static_cast<std::size_t>(size)))};
  };
  const auto received = logged(log_, calls::receive_from(fd(), destination_wanted_), receive, tell);
  if (received < 0 && errno == EAGAIN) return std::nullopt;
  if (refused) throw_next_error();
  const auto size = static_cast<std::size_t>(system_call("recvfrom", received));
  datagram.size = std::min(size, room.size());
  datagram.cut = size > room.size();
  return datagram;
}

ssize_t Socket::receive_once(std::span<std::byte> room, Datagram& datagram, const net::Deadline& deadline) {
  const auto left = deadline.left();
  if (left && *left != receive_timeout_) net::set_timeout(fd(), SO_RCVTIMEO, receive_timeout_ = *left);
  const int flags = left ? 0 : MSG_DONTWAIT;  // no time is left, but what has come counts
  if (destination_wanted_) return receive_with_destination(fd(), room, datagram, flags);
  // MSG_TRUNC: the true length, even where the room is too small for it.
  return ::recvfrom(fd(), room.data(), room.size(), MSG_TRUNC | flags, datagram.from.fill(), datagram.from.fill_size());
}

/// Whether the error of the call that has just failed is the network's: all that have come go to `errors_`.
bool Socket::take_errors() {
  bool taken = false;
  while (auto error = net::next_error(fd())) {
    errors_.push_back(std::move(*error));
    taken = true;
  }
  return taken;
}

void Socket::throw_next_error() {
  if (errors_.empty()) return;
  const net::IcmpError error = std::move(errors_.front());
  errors_.pop_front();
  throw net::RefusedOnTheWay("recvfrom", {}, error.error, error);
}

void Socket::close() {
  if (!fd_) return;
  logged(log_, calls::close(fd()), [&] {
    fd_.reset();
    return 0;
  });
}

void Socket::report_errors() {
  system_call("setsockopt",
              logged(log_, calls::report_errors(fd(), family_), [&] { return net::report_errors(fd(), family_); }));
}

bool Socket::wait_to_read(const net::Deadline& deadline) {
  if (!errors_.empty()) return true;
  pollfd waiting{.fd = fd(), .events = POLLIN, .revents = 0};
  return system_call("poll", uninterrupted([&] { return ::poll(&waiting, 1, deadline.for_poll()); })) > 0;
}

void Socket::report_destination() {
  const bool v6 = family_ == AF_INET6;
  system_call("setsockopt", logged(log_, calls::report_destination(fd(), family_), [&] {
                return net::set_option(fd(), v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1);
              }));
  destination_wanted_ = true;
}

std::uint32_t Socket::overflowed() const {
  std::uint32_t info[SK_MEMINFO_VARS] = {};
  socklen_t size = sizeof info;
  ::getsockopt(fd(), SOL_SOCKET, SO_MEMINFO, info, &size);
  return info[SK_MEMINFO_DROPS];
}

void Socket::bind(const net::Address& address) {
  system_call("bind",
              logged(log_, calls::bind(fd(), address), [&] { return ::bind(fd(), address.data(), address.size()); }),
              net::to_string(address));
}

}  // namespace echolab::udp
