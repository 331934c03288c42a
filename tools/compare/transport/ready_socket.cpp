#include "tools/compare/transport/ready_socket.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::compare {

net::FileDescriptor ready_socket(Protocol protocol, const net::Address& server) {
  const int type = (protocol == Protocol::tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
  net::FileDescriptor socket(net::system_call("socket", ::socket(server.family(), type, 0)));
  if (protocol == Protocol::tcp) net::set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  const int result = ::connect(socket.get(), server.data(), server.size());
  if (result < 0 && errno != EINPROGRESS) throw net::CallError("connect", net::to_string(server), errno);
  return socket;
}

bool is_passing(int error) {
  return error == EAGAIN || error == EINTR || error == ENOTCONN || error == ECONNREFUSED || error == ENOBUFS;
}

}  // namespace echolab::compare
