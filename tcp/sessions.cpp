#include "tcp/sessions.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace echolab::tcp {
namespace {

Trace trace(const Session& session, bool still_here) {
  return {session.peer, session.socket.fd(), session.bytes_in, session.bytes_out, session.most_unsent, still_here};
}

}  // namespace

Session& Sessions::open(Socket socket, const net::Address& peer, Clock::time_point now) {
  ++count_;
  Session& session =
      open_.emplace_back(Session{.socket = std::move(socket), .peer = peer, .opened = now, .last_active = now});
  session.self = std::prev(open_.end());
  return session;
}

void Sessions::close(Session& session) {
  bytes_in_ += session.bytes_in;
  bytes_out_ += session.bytes_out;
  if (gone_.size() == most_traces) gone_.pop_front();
  gone_.push_back(trace(session, false));
  session.socket.close();
  closed_.splice(closed_.end(), open_, session.self);
}

void Sessions::touch(Session& session, Clock::time_point now) {
  session.last_active = now;
  open_.splice(open_.end(), open_, session.self);
}

Session* Sessions::longest_silent_since(Clock::time_point time) {
  const auto found = std::ranges::find_if(open_, [time](const Session& session) { return session.opened <= time; });
  return found == open_.end() ? nullptr : &*found;
}

std::uint64_t Sessions::bytes_in() const {
  std::uint64_t sum = bytes_in_;
  for (const Session& session : open_) sum += session.bytes_in;
  return sum;
}

std::uint64_t Sessions::bytes_out() const {
  std::uint64_t sum = bytes_out_;
  for (const Session& session : open_) sum += session.bytes_out;
  return sum;
}

std::vector<Trace> Sessions::traces() const {
  std::vector<Trace> traces(gone_.begin(), gone_.end());
  for (const Session& session : open_)
    if (traces.size() < most_traces) traces.push_back(trace(session, true));
  return traces;
}

std::size_t kernel_socket_bytes(int family) {
  std::ifstream table("/proc/net/protocols");
  const std::string wanted = family == AF_INET6 ? "TCPv6" : "TCP";
  std::string protocol;
  std::size_t bytes = 0;
  while (table >> protocol) {
    table >> bytes;
    if (protocol == wanted && table) return bytes;
    table.clear();
    table.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace echolab::tcp
