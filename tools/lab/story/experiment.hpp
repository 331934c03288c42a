// The lab at work: hosts, wire, inference and kernels together. What happens is told as it happens, in true order.
//
// After every frame the same is done: take in all that has arrived, read both kernels, take in again, until nothing
// came between. Without the second look a program would answer, or close, between two readings of one moment.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <set>

#include "tools/lab/host/kernel.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/story/inference.hpp"
#include "tools/lab/story/player.hpp"
#include "tools/lab/wire/event.hpp"
#include "tools/lab/wire/wire.hpp"

namespace echolab::lab {

class Experiment {
 public:
  using Tell = std::function<void(const Event&)>;

  /// Makes the hosts. To be called inside `isolated`. Throws Unavailable.
  Experiment(Wire wire, Tell tell);

  /// These programs are to run: each starts when the one before it is ready. `patient`: see Player.
  void begin(const std::vector<Program>& programs, bool patient);
  /// One round: takes in what has arrived, lets go what is due, reads what programs say. It waits for one of these, or
  /// until `input` (a descriptor, -1: none) is readable, at most `longest`.
  void go_on(std::chrono::milliseconds longest, int input = -1);

  /// The programs that end by themselves have ended, no frame is on its way, and no kernel waits for one.
  bool over();
  /// The program that is not ready yet, and the next is started once it is; nullptr: none is waited for.
  const Program* awaited() const;
  /// Sends the programs that still run the signal that is theirs; none is started any more.
  void end_players();
  bool all_ended() const;

  Wire& wire() { return wire_; }
  const Wire& wire() const { return wire_; }
  /// The program that does what the student tells it; nullptr: none does, or not yet, or no more.
  Player* hand();
  Network& network() { return network_; }
  std::vector<KernelSocket> sockets(Host host) { return kernels_[index(host)].sockets(); }
  /// A frame that the wire has, with what is inferred and what the kernels say now.
  WireEvent now_seen(const Frame& frame, Fate fate);

 private:
  static std::size_t index(Host host) { return static_cast<std::size_t>(host); }

  bool take_in();
  void let_go();
  void pass(const Passage& passage);
  /// What both kernels say of the frame's conversation; nullopt where it is none of TCP, or frames come without a
  /// pause.
  std::optional<States> settle(const Frame& frame);
  void start_next();
  void hear();
  void tell_heard(capture::Time until);
  void wait(std::chrono::milliseconds longest, int input) const;
  capture::State in_kernel(const capture::StreamView& stream, Host host);
  Difference difference_before(const Frame& frame);
  void note_loss(const Frame& frame, bool damaged);

  Network network_;
  std::array<Kernel, 2> kernels_;
  Wire wire_;
  Inference inference_;
  Tell tell_;
  std::uint64_t frames_ = 0, shown_ = 0, leaving_ = 0;  // how many have arrived; of them shown; the one told last
  std::list<Player> players_;
  std::deque<Program> to_start_;
  std::deque<Event> heard_;
  bool patient_ = false;
  std::set<std::uint64_t> lossy_;  // streams of which a packet got lost: only then a kernel may have tried in vain
  std::set<std::pair<std::uint64_t, Host>> had_socket_;  // by stream: a missing row is CLOSED from then on
};

}  // namespace echolab::lab
