#include "net/stop_signal.hpp"

#include <unistd.h>

#include <csignal>

namespace echolab::net {
namespace {

volatile std::sig_atomic_t stop_requested = 0;  // the signal that asks for it

/// A signal that comes just before the program begins to wait would interrupt nothing: ring again until it has left.
void remember(int signal) {
  if (signal != SIGALRM) stop_requested = signal;
  ::alarm(1);
}

void handle(int signal, int flags) {
  struct sigaction action {};
  action.sa_handler = remember;
  action.sa_flags = flags;  // no SA_RESTART: the waiting call must return with EINTR
  sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

StopSignal::StopSignal() {
  handle(SIGINT, SA_RESETHAND);
  handle(SIGTERM, SA_RESETHAND);
  handle(SIGALRM, 0);
}

bool StopSignal::requested() const { return stop_requested != 0; }

bool interrupted_from_keyboard() { return stop_requested == SIGINT; }

void throw_if_stopped() {
  if (stop_requested != 0) throw Stopped{};
}

}  // namespace echolab::net
