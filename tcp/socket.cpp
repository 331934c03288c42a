#include "tcp/socket.hpp"

#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <string>

#include "net/socket_error.hpp"
#include "net/system_call.hpp"
#include "tcp/calls.hpp"

namespace echolab::tcp {
namespace {

using net::logged;
using net::system_call;
using net::uninterrupted;

constexpr net::Timeout shortest{1};

}  // namespace

Socket::Socket(int family, net::CallLog* log) : log_(log) {
  fd_ = net::FileDescriptor(system_call(
      "socket", logged(log_, calls::socket(family), [&] { return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0); })));
  if (family == AF_INET6) net::set_option(fd(), IPPROTO_IPV6, IPV6_V6ONLY, 1);  // "::" means IPv6, 0.0.0.0 means IPv4
}

void Socket::send_at_once() {
  system_call("setsockopt",
              logged(log_, calls::no_delay(fd()), [&] { return net::set_option(fd(), IPPROTO_TCP, TCP_NODELAY, 1); }));
}

std::size_t Socket::send(std::span<const std::byte> bytes) {
  // MSG_NOSIGNAL: a peer that is gone is an error (EPIPE), not a signal that kills the program.
  const auto sent = logged(log_, calls::send(fd(), bytes), [&] {
    return uninterrupted([&] { return ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT); });
  });
  if (sent < 0 && errno == EAGAIN) return 0;
  return static_cast<std::size_t>(system_call("send", sent));
}

std::optional<std::size_t> Socket::receive(std::span<std::byte> room, const net::Deadline& deadline) {
  const auto receive_once = [&] {
    const auto left = deadline.left();
    if (blocks_ && left && *left != receive_timeout_) net::set_timeout(fd(), SO_RCVTIMEO, receive_timeout_ = *left);
    return ::recv(fd(), room.data(), room.size(),
                  left ? 0 : MSG_DONTWAIT);  // no time is left, but what has come counts
  };
  const auto tell = [&](ssize_t size) {
    if (size > 0) return net::Outcome{.data = room.first(static_cast<std::size_t>(size))};
    return net::Outcome{.explanation = calls::end_of_stream};
  };
  const auto received = logged(
      log_, calls::receive(fd(), blocks_), [&] { return uninterrupted(receive_once); }, tell);
  if (received < 0 && errno == EAGAIN) return std::nullopt;
  if (received < 0 && errno == ECONNRESET && !blocks_) return 0;  // a server's everyday life, and too dear for a throw
  return static_cast<std::size_t>(system_call("recv", received));
}

void Socket::shutdown_send() {
  system_call("shutdown", logged(log_, calls::shutdown_send(fd()), [&] { return ::shutdown(fd(), SHUT_WR); }));
}

void Socket::close() {
  if (!fd_) return;
  logged(log_, calls::close(fd()), [&] {
    fd_.reset();
    return 0;
  });
}

void Socket::connect(const net::Address& server, const net::Deadline& deadline) {
  net::set_timeout(fd(), SO_SNDTIMEO,
                   deadline.left().value_or(shortest));  // Linux takes it for connect too (socket(7))
  net::report_errors(fd(), server.family());
  std::optional<net::IcmpError> refusal;
  const auto connect = [&] {
    int connected = ::connect(fd(), server.data(), server.size());
    if (connected < 0 && errno == EINTR) connected = finish_interrupted_connect(deadline);
    if (connected < 0 && errno == EINPROGRESS) errno = ETIMEDOUT;  // how Linux says that SO_SNDTIMEO has passed
    if (connected < 0) refusal = net::icmp_behind(fd(), errno);
    return connected;
  };
  const auto tell = [&](int) { return net::Outcome{.icmp = refusal ? &*refusal : nullptr}; };
  const int result = logged(log_, calls::connect(fd(), server), connect, tell);
  if (refusal) throw net::RefusedOnTheWay("connect", net::to_string(server), errno, *refusal);
  system_call("connect", result, net::to_string(server));
  net::report_errors(fd(), server.family(), false);  // from here on TCP tries again by itself (RFC 1122, 4.2.3.9)
}

/// An interrupted connect goes on in the kernel and must not be called again (connect(2)): wait for its end instead.
int Socket::finish_interrupted_connect(const net::Deadline& deadline) {
  net::throw_if_stopped();
  pollfd waiting{.fd = fd(), .events = POLLOUT, .revents = 0};
  const int ready = uninterrupted([&] { return ::poll(&waiting, 1, deadline.for_poll()); });
  int error = ETIMEDOUT;
  socklen_t size = sizeof error;
  if (ready > 0) ::getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  return error == 0 ? 0 : -1;
}

bool Socket::wait_to_read_or_send(const net::Deadline& deadline) {
  pollfd waiting{.fd = fd(), .events = POLLIN | POLLOUT, .revents = 0};
  const int ready = system_call("poll", uninterrupted([&] { return ::poll(&waiting, 1, deadline.for_poll()); }));
  if (ready == 0) throw net::CallError("send", {}, ETIMEDOUT);
  return waiting.revents & (POLLIN | POLLERR | POLLHUP);
}

bool Socket::all_acknowledged() const {
  int outstanding = 0;
  return ::ioctl(fd(), SIOCOUTQ, &outstanding) == 0 && outstanding == 0;  // tcp(7)
}

int Socket::soft_error() const {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

void Socket::reuse_address() {
  system_call("setsockopt", logged(log_, calls::reuse_address(fd()),
                                   [&] { return net::set_option(fd(), SOL_SOCKET, SO_REUSEADDR, 1); }));
}

void Socket::bind(const net::Address& address) {
  system_call("bind",
              logged(log_, calls::bind(fd(), address), [&] { return ::bind(fd(), address.data(), address.size()); }),
              net::to_string(address));
}

void Socket::listen(int backlog) {
  system_call("fcntl", ::fcntl(fd(), F_SETFL, O_NONBLOCK));  // a client may be gone before accept comes to it
  system_call("listen", logged(log_, calls::listen(fd()), [&] { return ::listen(fd(), backlog); }));
}

std::variant<Socket, Socket::NoClient> Socket::accept(net::Address& peer) {
  const auto accept = [&] { return ::accept4(fd(), peer.fill(), peer.fill_size(), SOCK_NONBLOCK | SOCK_CLOEXEC); };
  const auto tell = [&](int accepted) { return net::Outcome{.address = accepted >= 0 ? &peer : nullptr}; };
  const int accepted = logged(
      log_, calls::accept(fd()), [&] { return uninterrupted(accept); }, tell);
  if (accepted < 0) {
    switch (errno) {
      case EAGAIN:
      case ECONNABORTED:
      case EPROTO:
      case EPERM: return NoClient::nobody_waits;  // errors of that client, not of the listener (accept(2))
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM: return NoClient::no_descriptor;
      default: break;
    }
  }
  return Socket(net::FileDescriptor(system_call("accept", accepted)), log_);
}

}  // namespace echolab::tcp
