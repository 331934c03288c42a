// An echo server over TCP: one thread, many clients, as in UNP 6.8. Read it beside udp/server.cpp.
#include "tcp/server.hpp"

#include <utility>
#include <variant>

#include "net/system_call.hpp"

namespace echolab::tcp {

constexpr int backlog = 4096;                     // handshakes that the kernel may finish before we accept them
constexpr std::chrono::milliseconds grace{1000};  // for what is unsent when the server stops

Server::Server(const net::Address& address, const ServerOptions& options, Report& report)
    : address_(address), options_(options), report_(report), socket_(address.family(), report.calls()) {}

void Server::bind() {
  socket_.reuse_address();
  socket_.send_at_once();  // the sockets that accept makes inherit it
  socket_.bind(address_);
  address_ = socket_.local_address();
}

void Server::listen() {
  socket_.listen(backlog);
  go_on_accepting();
}

void Server::serve() {
  while (!done()) {
    net::throw_if_stopped();
    serve_once(patience());
  }
  hang_up();
}

/// Waits for whoever is ready, and serves them.
void Server::serve_once(std::chrono::milliseconds patience) {
  const auto ready = poller_.wait(patience);
  now_ = Clock::now();
  for (const epoll_event& event : ready) {
    if (event.data.ptr == nullptr)
      welcome();
    else
      attend(*static_cast<Session*>(event.data.ptr));
  }
  sessions_.forget_closed();
  close_silent_clients();
  look_after_the_rest();
}

/// A client has come: its handshake is done, and from now on it costs us something.
void Server::welcome() {
  if (!accepting_ || !make_room()) return;
  net::Address peer;
  auto accepted = socket_.accept(peer);
  if (auto* client = std::get_if<Socket>(&accepted)) {
    Session& session = sessions_.open(std::move(*client), peer, now_);
    poller_.add(session.socket.fd(), EPOLLIN, &session);
    if (options_.once) stop_accepting();
  } else if (std::get<Socket::NoClient>(accepted) == Socket::NoClient::no_descriptor) {
    stop_accepting();  // or epoll would report the waiting client for ever
    report_.no_descriptor();
  }
}

/// A client has sent something, or has room again for what we could not send. What goes wrong concerns it alone.
void Server::attend(Session& session) try {
  if (session.socket.fd() < 0) return;  // closed earlier in this round
  sessions_.touch(session, now_);
  if (session.unsent.empty())
    echo(session);
  else
    send_rest(session);
} catch (const net::CallError&) {  // RST, or killed: the log has it
  close(session);
}

void Server::echo(Session& session) {
  const auto size = session.socket.receive(room_);
  if (!size) return;
  if (*size == 0) return close(session);  // its FIN, and nothing is unsent: ours follows
  const auto bytes = std::span<const std::byte>(room_).first(*size);
  const std::size_t sent = session.socket.send(bytes);
  session.bytes_in += *size;
  session.bytes_out += sent;
  if (sent < *size) keep(session, bytes.subspan(sent));
}

/// The client reads too slowly: keep the rest, and read no more from it until it has taken that.
void Server::keep(Session& session, std::span<const std::byte> rest) {
  session.keep(rest);
  poller_.change(session.socket.fd(), EPOLLOUT, &session);
}

void Server::send_rest(Session& session) {
  const std::size_t sent = session.socket.send(session.rest());
  session.unsent_from += sent;
  session.bytes_out += sent;
  if (!session.rest().empty()) return;
  session.unsent.clear();
  if (session.leaving) return close(session);
  poller_.change(session.socket.fd(), EPOLLIN, &session);
}

/// Our FIN. Its place and its descriptor are free again.
void Server::close(Session& session) {
  sessions_.close(session);
  if (!accepting_ && !options_.once && socket_.fd() >= 0) go_on_accepting();
}

void Server::hang_up() {
  kept_ = sessions_.traces();
  accepting_ = false;
  socket_.close();
  for (auto next = sessions_.all().begin(); next != sessions_.all().end();) finish(*next++);
  try {
    for (const auto end = Clock::now() + grace; !sessions_.empty() && Clock::now() < end;) serve_once(grace);
  } catch (const net::Stopped&) {  // told once more: no longer
  }
  while (!sessions_.empty()) close(sessions_.longest_silent());
}

/// Closes the session once it has nothing unsent.
void Server::finish(Session& session) {
  session.leaving = true;
  if (session.unsent.empty()) close(session);
}

}  // namespace echolab::tcp
