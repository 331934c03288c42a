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
#include "tcp/texts.hpp"

namespace echolab::tcp {
namespace {

using net::logged;
using net::system_call;
using net::uninterrupted;

constexpr net::Timeout shortest{1};

std::string_view family_name(int family) {
  return family == AF_INET6 ? "AF_INET6, SOCK_STREAM" : "AF_INET, SOCK_STREAM";
}

}  // namespace

Socket::Socket(int family, net::CallLog* log) : log_(log) {
  const net::Call call{.name = "socket", .detail = family_name(family), .starts = texts::socket_starts};
  fd_ = net::FileDescriptor(
      system_call("socket", logged(log_, call, [&] { return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0); })));
  if (family == AF_INET6) net::set_option(fd(), IPPROTO_IPV6, IPV6_V6ONLY, 1);  // "::" means IPv6, 0.0.0.0 means IPv4
}

void Socket::send_at_once() {
  const net::Call call{.name = "setsockopt", .fd = fd(), .detail = "TCP_NODELAY", .starts = texts::nodelay_starts};
  system_call("setsockopt", logged(log_, call, [&] { return net::set_option(fd(), IPPROTO_TCP, TCP_NODELAY, 1); }));
}

std::size_t Socket::send(std::span<const std::byte> bytes) {
  const net::Call call{.name = "send",
                       .fd = fd(),
                       .data = bytes,
                       .carries_data = true,
                       .starts = texts::send_starts,
                       .returns = texts::send_returns,
                       .kernel_state = kernel_state};
  // MSG_NOSIGNAL: a peer that is gone is an error (EPIPE), not a signal that kills the program.
  const auto sent = logged(log_, call, [&] {
    return uninterrupted([&] { return ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT); });
  });
  if (sent < 0 && errno == EAGAIN) return 0;
  return static_cast<std::size_t>(system_call("send", sent));
}

std::optional<std::size_t> Socket::receive(std::span<std::byte> room, const net::Deadline& deadline) {
  const net::Call call{.name = "recv",
                       .fd = fd(),
                       .carries_data = true,
                       .starts = blocks_ ? texts::recv_starts : texts::recv_now_starts,
                       .returns = texts::recv_returns,
                       .kernel_state = kernel_state};
  const auto receive_once = [&] {
    const auto left = deadline.left();
    if (blocks_ && left && *left != receive_timeout_) net::set_timeout(fd(), SO_RCVTIMEO, receive_timeout_ = *left);
    return ::recv(fd(), room.data(), room.size(),
                  left ? 0 : MSG_DONTWAIT);  // no time is left, but what has come counts
  };
  const auto tell = [&](ssize_t size) {
    if (size > 0) return net::Outcome{.data = room.first(static_cast<std::size_t>(size))};
    return net::Outcome{.explanation = texts::recv_end};
  };
  const auto received = logged(
      log_, call, [&] { return uninterrupted(receive_once); }, tell);
  if (received < 0 && errno == EAGAIN) return std::nullopt;
  if (received < 0 && errno == ECONNRESET && !blocks_) return 0;  // a server's everyday life, and too dear for a throw
  return static_cast<std::size_t>(system_call("recv", received));
}

void Socket::shutdown_send() {
  const net::Call call{.name = "shutdown",
                       .fd = fd(),
                       .detail = "SHUT_WR",
                       .starts = texts::shutdown_starts,
                       .kernel_state = kernel_state};
  system_call("shutdown", logged(log_, call, [&] { return ::shutdown(fd(), SHUT_WR); }));
}

void Socket::close() {
  if (!fd_) return;
  const net::Call call{.name = "close", .fd = fd(), .starts = texts::close_starts};
  logged(log_, call, [&] {
    fd_.reset();
    return 0;
  });
}

void Socket::connect(const net::Address& server, const net::Deadline& deadline) {
  net::set_timeout(fd(), SO_SNDTIMEO,
                   deadline.left().value_or(shortest));  // Linux takes it for connect too (socket(7))
  net::report_errors(fd(), server.family());
  const net::Call call{.name = "connect",
                       .fd = fd(),
                       .address = &server,
                       .starts = texts::connect_starts,
                       .returns = texts::connect_returns,
                       .kernel_state = kernel_state};
  std::optional<net::IcmpError> refusal;
  const auto connect = [&] {
    int connected = ::connect(fd(), server.data(), server.size());
    if (connected < 0 && errno == EINTR) connected = finish_interrupted_connect(deadline);
    if (connected < 0 && errno == EINPROGRESS) errno = ETIMEDOUT;  // how Linux says that SO_SNDTIMEO has passed
    if (connected < 0) refusal = net::icmp_behind(fd(), errno);
    return connected;
  };
  const auto tell = [&](int) { return net::Outcome{.icmp = refusal ? &*refusal : nullptr}; };
  const int result = logged(log_, call, connect, tell);
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
  const net::Call call{.name = "setsockopt", .fd = fd(), .detail = "SO_REUSEADDR", .starts = texts::reuse_starts};
  system_call("setsockopt", logged(log_, call, [&] { return net::set_option(fd(), SOL_SOCKET, SO_REUSEADDR, 1); }));
}

void Socket::bind(const net::Address& address) {
  const net::Call call{.name = "bind", .fd = fd(), .address = &address, .starts = texts::bind_starts};
  system_call("bind", logged(log_, call, [&] { return ::bind(fd(), address.data(), address.size()); }),
              net::to_string(address));
}

void Socket::listen(int backlog) {
  const net::Call call{.name = "listen", .fd = fd(), .starts = texts::listen_starts, .kernel_state = kernel_state};
  system_call("fcntl", ::fcntl(fd(), F_SETFL, O_NONBLOCK));  // a client may be gone before accept comes to it
  system_call("listen", logged(log_, call, [&] { return ::listen(fd(), backlog); }));
}

std::variant<Socket, Socket::NoClient> Socket::accept(net::Address& peer) {
  const net::Call call{.name = "accept", .fd = fd(), .starts = texts::accept_starts, .returns = texts::accept_returns};
  const auto accept = [&] { return ::accept4(fd(), peer.fill(), peer.fill_size(), SOCK_NONBLOCK | SOCK_CLOEXEC); };
  const auto tell = [&](int accepted) { return net::Outcome{.address = accepted >= 0 ? &peer : nullptr}; };
  const int accepted = logged(
      log_, call, [&] { return uninterrupted(accept); }, tell);
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

std::string_view kernel_state(int fd) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0) return {};
  switch (info.tcpi_state) {
    case TCP_ESTABLISHED: return "ESTABLISHED";
    case TCP_SYN_SENT: return "SYN_SENT";
    case TCP_SYN_RECV: return "SYN_RECEIVED";
    case TCP_FIN_WAIT1: return "FIN_WAIT_1";
    case TCP_FIN_WAIT2: return "FIN_WAIT_2";
    case TCP_TIME_WAIT: return "TIME_WAIT";
    case TCP_CLOSE: return "CLOSED";
    case TCP_CLOSE_WAIT: return "CLOSE_WAIT";
    case TCP_LAST_ACK: return "LAST_ACK";
    case TCP_LISTEN: return "LISTEN";
    case TCP_CLOSING: return "CLOSING";
    default: return {};
  }
}

}  // namespace echolab::tcp
