#include "net/stop_signal.hpp"

#include <csignal>

namespace echolab::net {
namespace {

volatile std::sig_atomic_t stop_requested = 0;

void remember(int) { stop_requested = 1; }

}  // namespace

StopSignal::StopSignal() {
  struct sigaction action {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESETHAND;  // no SA_RESTART: the waiting call must return with EINTR
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool StopSignal::requested() const { return stop_requested != 0; }

void throw_if_stopped() {
  if (stop_requested != 0) throw Stopped{};
}

}  // namespace echolab::net
