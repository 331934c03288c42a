#include "tools/load/ready_socket.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "net/option.hpp"
#include "net/system_call.hpp"

namespace echolab::load {

net::FileDescriptor ready_socket(int type, const net::Address& server) {
  net::FileDescriptor socket(
      net::system_call("socket", ::socket(server.family(), type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)));
  if (type == SOCK_STREAM) net::set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  const int result = ::connect(socket.get(), server.data(), server.size());
  if (result < 0 && errno != EINPROGRESS) throw net::CallError("connect", net::to_string(server), errno);
  return socket;
}

bool is_passing(int error) {
  return error == EAGAIN || error == EINTR || error == ENOTCONN || error == ECONNREFUSED || error == ENOBUFS;
}

}  // namespace echolab::load
