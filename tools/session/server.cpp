#include "tools/session/server.hpp"

#include <fcntl.h>

#include "net/option.hpp"
#include "net/system_call.hpp"
#include "udp/refusal.hpp"

namespace echolab::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int backlog = 4096;
constexpr std::size_t most_connections = 1000;
constexpr int at_once = 64;               // accepts, or datagrams, before others have their turn
constexpr std::size_t enough = 64 << 10;  // unsent bytes: no further request is answered
constexpr milliseconds tick{1000};
constexpr seconds for_the_next{300}, for_the_rest{10}, for_the_end{2}, turn{1};

std::string_view text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Another server's answer, or our own come back: two servers that refuse each other's refusals would never end
/// (CVE-2024-2169).
bool looks_like_an_answer(std::string_view datagram) {
  const std::string_view word = datagram.substr(0, datagram.find_first_of(" \n"));
  return word == "OK" || word == "NO";
}

/// What is asked so briefly gets the shortest refusal, or none. What would have changed something was refused before.
void shorten(Reply& reply, std::size_t longest) {
  reply = {.answer = refusal(Reason::pad), .line = to_line(refusal(Reason::pad)), .trips = reply.trips};
  if (reply.line.size() > longest) reply.line.clear();
}

}  // namespace

Server::Server(const std::string& host, std::uint16_t port, bool share_port, Place& place, Screen& screen)
    : place_(place),
      screen_(screen),
      address_(net::resolve(host, port)),
      listener_(address_.family(), nullptr),
      datagrams_(address_.family(), nullptr) {
  bind(address_, share_port);
  listener_.listen(backlog);
  if (address_.is_wildcard()) datagrams_.report_destination();  // or an answer could come from another address of ours
  net::system_call("fcntl", ::fcntl(datagrams_.fd(), F_SETFL, O_NONBLOCK));
  poller_.add(datagrams_.fd(), EPOLLIN, &datagrams_);
  accept_or_not(true);
}

void Server::bind(const net::Address& wanted, bool share_port) {
  constexpr int most_tries = 16;  // the port that the kernel has free for TCP may be taken for UDP
  for (int tries = 1;; ++tries) try {
      if (share_port)
        for (const int fd : {listener_.fd(), datagrams_.fd()})
          net::system_call("setsockopt", net::set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1));
      listener_.reuse_address();
      listener_.send_at_once();
      listener_.bind(wanted);
      address_ = listener_.local_address();
      return datagrams_.bind(address_);
    } catch (const net::CallError& error) {
      if (wanted.port() != 0 || error.code().value() != EADDRINUSE || tries == most_tries) throw;
      listener_ = tcp::Socket(wanted.family(), nullptr);
    }
}

void Server::run() {
  for (auto looked = Clock::now();;) {
    net::throw_if_stopped();
    const auto ready = poller_.wait(tick);
    const auto now = Clock::now();
    for (const epoll_event& event : ready) {
      if (event.data.ptr == nullptr) {
        welcome(now);
      } else if (event.data.ptr == &datagrams_) {
        take_datagrams();
      } else {
        attend(*static_cast<Connection*>(event.data.ptr), now);
      }
    }
    closed_.clear();  // no event of this round names them any more
    if (now - looked < tick) continue;
    looked = now;
    look_after(now);
  }
}

/// Now and then: who has been waited for too long, and what has expired.
void Server::look_after(Clock::time_point now) {
  for (auto next = connections_.begin(); next != connections_.end();) {
    Connection& connection = *next++;
    const bool halfway = connection.reader.waiting() || !connection.unsent.empty();
    const seconds limit = connection.leaving ? for_the_end : halfway ? for_the_rest : for_the_next;
    if (now - connection.since > limit) close(connection);
  }
  place_.look_after(place_.now());
  if (!accepting_) accept_or_not(true);
  if (!cli::flush_output()) throw net::Stopped{};  // nobody reads what we say any more: `run` says why
}

// --- TCP ---

void Server::accept_or_not(bool accepting) {
  accepting_ = accepting;
  if (accepting)
    poller_.add(listener_.fd(), EPOLLIN, nullptr);
  else
    poller_.remove(listener_.fd());
}

void Server::welcome(Clock::time_point now) {
  for (int i = 0; i < at_once; ++i) {
    if (!make_room(now)) return accept_or_not(false);
    net::Address peer;
    auto accepted = listener_.accept(peer);
    auto* socket = std::get_if<tcp::Socket>(&accepted);
    if (socket == nullptr) {
      const bool short_of_files = std::get<tcp::Socket::NoClient>(accepted) == tcp::Socket::NoClient::no_descriptor;
      return short_of_files ? accept_or_not(false) : void();
    }
    Connection& connection =
        connections_.emplace_back(Connection{.socket = std::move(*socket), .peer = peer, .since = now});
    connection.self = std::prev(connections_.end());
    poller_.add(connection.socket.fd(), EPOLLIN, &connection);
  }
}

/// If there are too many, the one that has been silent longest goes, once it has had its turn.
bool Server::make_room(Clock::time_point now) {
  if (connections_.size() < most_connections) return true;
  const auto oldest = std::ranges::min_element(connections_, {}, &Connection::since);
  if (now - oldest->since < turn) return false;
  close(*oldest);
  return true;
}

void Server::attend(Connection& connection, Clock::time_point now) {
  if (connection.socket.fd() < 0) return;  // closed earlier in this round
  try {
    if (connection.unsent.empty())
      read(connection, now);
    else
      send(connection);
    if (connection.socket.fd() >= 0) answer(connection, now);
  } catch (const net::CallError&) {  // RST, or killed: it concerns this client alone
    close(connection);
  }
}

void Server::read(Connection& connection, Clock::time_point now) {
  const auto size = connection.socket.receive(room_);
  if (!size) return;
  if (*size == 0) return close(connection);
  if (connection.leaving) return;
  if (!connection.reader.waiting()) connection.since = now;
  connection.reader.append(text(std::span(room_).first(*size)));
}

/// Answers what is here, as long as the client takes the answers.
void Server::answer(Connection& connection, Clock::time_point now) {
  while (connection.unsent.empty() && !connection.leaving) {
    while (connection.unsent.size() < enough) {
      const auto incoming = connection.reader.next();
      if (!incoming) break;
      connection.unsent += reply_to(*incoming, "tcp", connection.peer, std::string::npos).line;
      connection.since = now;
    }
    if (connection.unsent.empty()) return;
    send(connection);
  }
}

void Server::send(Connection& connection) {
  connection.unsent.erase(0, connection.socket.send(std::as_bytes(std::span(connection.unsent))));
  const bool blocked = !connection.unsent.empty();
  if (blocked != connection.blocked) poller_.change(connection.socket.fd(), blocked ? EPOLLOUT : EPOLLIN, &connection);
  connection.blocked = blocked;
  if (blocked || !connection.reader.lost()) return;
  connection.socket
      .shutdown_send();  // not close: bytes that nobody has read would make it a RST, and the answer be lost
  connection.leaving = true;
}

void Server::close(Connection& connection) {
  connection.socket.close();
  closed_.splice(closed_.end(), connections_, connection.self);
}

// --- UDP ---

void Server::take_datagrams() {
  for (int i = 0; i < at_once; ++i) {
    const auto datagram = datagrams_.receive_from(room_);
    if (!datagram) return;
    if (udp::refusal(*datagram, address_.port()) == udp::Refusal::none) take_datagram(*datagram);
  }
}

void Server::take_datagram(const udp::Datagram& datagram) {
  const std::string_view bytes = text(std::span(room_).first(datagram.size));
  if (looks_like_an_answer(bytes)) return;
  const Incoming incoming = read_datagram(bytes);
  const std::size_t longest = incoming.request ? reach_.longest_answer(datagram.from, *incoming.request, bytes.size())
                                               : longest_to_a_stranger(bytes.size());
  const Reply reply = reply_to(incoming, "udp", datagram.from, longest);
  if (reply.line.empty()) return;
  if (!reply.credential.empty()) reach_.sent(datagram.from, reply.credential);
  try {
    const net::Address* source = datagram.to.family() == AF_UNSPEC ? nullptr : &datagram.to;
    datagrams_.send_to(datagram.from, std::as_bytes(std::span(reply.line)), source);
  } catch (const net::CallError&) {  // it cannot be reached: then it asks again, or has gone
  }
}

// --- both ---

Reply Server::reply_to(const Incoming& incoming, std::string_view protocol, const net::Address& peer,
                       std::size_t longest) {
  Reply reply;
  if (incoming.request) {
    reply = place_.serve(*incoming.request, place_.now(), longest);
  } else {
    reply.answer = refusal(Reason::bad_request);
    reply.line = to_line(reply.answer);
  }
  if (reply.line.size() > longest) shorten(reply, longest);
  ++(protocol == "tcp" ? totals_.tcp : totals_.udp);
  totals_.refused += reply.answer.ok() ? 0 : 1;
  totals_.bought += reply.bought ? 1 : 0;
  screen_.exchange({.protocol = protocol, .peer = peer, .incoming = incoming, .reply = reply});
  return reply;
}

}  // namespace echolab::session
