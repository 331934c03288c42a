// The part of the server that UDP's has not: each client takes a place, so somebody has to say how long it may.
#include <algorithm>

#include "tcp/server.hpp"

namespace echolab::tcp {

using std::chrono::milliseconds;

constexpr milliseconds tick{1000};  // how often the rest is looked after
constexpr milliseconds turn{1000};  // who has been here this long may have to make room

/// How long to wait for events: until the client that has been silent longest is to be closed, and no longer than a
/// tick.
milliseconds Server::patience() const {
  if (options_.idle_timeout.count() == 0 || sessions_.empty()) return tick;
  const auto left = sessions_.longest_silent().last_active + options_.idle_timeout - Clock::now();
  return std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds{0}, tick);
}

void Server::close_silent_clients() {
  if (options_.idle_timeout.count() == 0) return;
  while (!sessions_.empty() && now_ - sessions_.longest_silent().last_active >= options_.idle_timeout)
    send_away(sessions_.longest_silent(), Report::Reason::too_long_silent);
}

/// Whether another client may come. If we are full the one that has been silent longest goes, once it has had its turn:
/// a byte now and then keeps no place for ever, and a crowd of short conversations is not torn apart.
bool Server::make_room() {
  if (sessions_.size() < options_.max_clients) return true;
  report_.full();
  if (Session* session = sessions_.longest_silent_since(now_ - turn)) {
    send_away(*session, Report::Reason::makes_room);
    return true;
  }
  stop_accepting();
  return false;
}

void Server::send_away(Session& session, Report::Reason reason) {
  report_.sends_away(session.peer, reason);
  close(session);
}

/// Now and then: a place or a descriptor may have become free.
void Server::look_after_the_rest() {
  if (now_ - looked_ < tick) return;
  looked_ = now_;
  if (!accepting_ && socket_.fd() >= 0) go_on_accepting();
  report_.tick();
}

void Server::go_on_accepting() {
  poller_.add(socket_.fd(), EPOLLIN, nullptr);
  accepting_ = true;
}

void Server::stop_accepting() {
  poller_.remove(socket_.fd());
  accepting_ = false;
}

}  // namespace echolab::tcp
