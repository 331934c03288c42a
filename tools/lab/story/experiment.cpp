#include "tools/lab/story/experiment.hpp"

#include <poll.h>
#include <signal.h>

#include <algorithm>

#include "net/call_log.hpp"

namespace echolab::lab {
namespace {

using capture::State;
using capture::Time;

constexpr std::array<Host, 2> hosts{Host::client, Host::server};

/// A host may send faster than we take in: then what waits goes first, and nothing is said of the kernels.
constexpr std::size_t most_at_once = 1024;    // frames of a host
constexpr std::uint64_t most_between = 4096;  // frames, while the kernels are asked: a ring's

Time now() { return net::wall_clock(); }

/// Whose address it is; nullopt: no kernel's (by_hand has one of its own).
std::optional<Host> host_of(const capture::Endpoint& end) {
  const std::string text = to_string(end.address);
  for (const Host host : hosts) {
    const auto& [v4, v6] = address_of(host);
    if (text == v4 || text == v6) return host;
  }
  return std::nullopt;
}

/// When it happened.
Time time_of(const Event& event) {
  return std::visit(
      [](const auto& what) {
        if constexpr (requires { what.time; })
          return what.time;
        else
          return what.observation.packet.time;
      },
      event);
}

/// The kernel of a socket in this state waits for a frame, and will send one if none comes.
bool waits_for_a_frame(State state) {
  constexpr std::array waiting{State::syn_sent, State::syn_received, State::fin_wait_1, State::closing,
                               State::last_ack};
  return std::ranges::find(waiting, state) != waiting.end();
}

}  // namespace

Experiment::Experiment(Wire wire, Tell tell)
    : kernels_{Kernel::of(network_, Host::client), Kernel::of(network_, Host::server)},
      wire_(std::move(wire)),
      tell_(std::move(tell)) {}

void Experiment::begin(const std::vector<Program>& programs, bool patient) {
  to_start_.assign(programs.begin(), programs.end());
  patient_ = patient;
  start_next();
}

const Program* Experiment::awaited() const {
  if (to_start_.empty() || players_.empty()) return nullptr;
  const Player& last = players_.back();
  return last.ready() || last.ended() ? nullptr : &last.program();
}

void Experiment::start_next() {
  while (!to_start_.empty() && awaited() == nullptr) {
    players_.emplace_back(network_, to_start_.front(), patient_);
    to_start_.pop_front();
  }
}

void Experiment::go_on(std::chrono::milliseconds longest, int input) {
  wait(longest, input);
  hear();
  take_in();
  let_go();
  hear();
  tell_heard(now());
  start_next();
}

void Experiment::wait(std::chrono::milliseconds longest, int input) const {
  std::vector<pollfd> polled;
  const auto add = [&](int descriptor) {
    if (descriptor >= 0) polled.push_back({descriptor, POLLIN, 0});
  };
  add(input);
  for (const Host host : hosts) add(network_.wire_end(host));
  for (const Player& player : players_)
    for (const int descriptor : player.descriptors()) add(descriptor);
  std::chrono::nanoseconds timeout = longest;
  if (const auto due = wire_.due()) timeout = std::clamp<std::chrono::nanoseconds>(*due - now(), {}, timeout);
  const timespec time{.tv_sec = timeout.count() / 1'000'000'000, .tv_nsec = timeout.count() % 1'000'000'000};
  ::ppoll(polled.data(), polled.size(), &time, nullptr);  // a signal ends the waiting, and the caller sees to it
}

/// Takes in every frame that has arrived, in the order of arrival. Whether one of them is shown.
bool Experiment::take_in() {
  std::vector<Frame> arrived;
  for (const Host host : hosts) {
    const std::size_t most = arrived.size() + most_at_once;
    while (auto frame = network_.receive(host)) {
      arrived.push_back(std::move(*frame));
      if (arrived.size() == most) break;
    }
  }
  std::ranges::stable_sort(arrived, {}, &Frame::arrived);
  bool any = false;
  for (Frame& frame : arrived) {
    ++frames_;
    if (shown(frame)) {
      frame.number = ++shown_;
      inference_.sent(frame);
      any = true;
    }
    wire_.take(std::move(frame));
  }
  return any;
}

void Experiment::let_go() {
  while (const auto passage = wire_.next(now())) {
    pass(*passage);
    hear();
  }
}

namespace {

/// The wire has changed it on its way: what is told, and written, is what the other host is handed.
void as_handed_over(capture::Observation& seen, std::span<const std::byte> bytes) {
  seen.packet.bytes = bytes;
  seen.decoded = capture::decode(seen.packet);
  const auto ip = [](const auto& what) -> const capture::IpInfo& { return what.ip; };
  if (!std::visit(ip, seen.decoded).has_bad_checksum()) return;  // of a fragment only the whole packet tells
  seen.notes.add(capture::Note::bad_checksum);
  if (seen.tcp) seen.tcp->findings.add(capture::finding::NotTaken{});
}

}  // namespace

void Experiment::pass(const Passage& passage) {
  const Frame& frame = *passage.frame;
  const Arrival arrival = row_of(passage.fate).arrival;
  const bool whole = arrival == Arrival::whole, damaged = arrival == Arrival::damaged;
  const Difference before = whole && shown(frame) ? difference_before(frame) : Difference::none;
  const Time time = now();
  if (whole || damaged) network_.transmit(other(frame.from), passage.bytes.empty() ? frame.bytes : passage.bytes);
  if (!shown(frame)) return;
  if (leaving_ != 0 && leaving_ != frame.number) inference_.forget(std::exchange(leaving_, 0));
  if (whole) inference_.delivered(frame, time);
  if (damaged || arrival == Arrival::never) note_loss(frame, damaged);

  WireEvent event = now_seen(frame, passage.fate);
  event.copy = passage.copy;
  event.observation.packet.time = time;
  if (!passage.bytes.empty()) as_handed_over(event.observation, passage.bytes);
  if (whole) event.difference = after_delivery(before, event.difference);
  if (passage.rule) event.rule = to_string(*passage.rule);
  event.by_chance = passage.by_chance;
  hear();
  tell_heard(time);
  tell_(event);
  if (!waits(passage.fate)) leaving_ = frame.number;
}

/// The hosts go on while their kernels are asked.
WireEvent Experiment::now_seen(const Frame& frame, Fate fate) {
  WireEvent event{.fate = fate, .from = frame.from, .observation = inference_.seen(frame), .kernel = settle(frame)};
  if (!event.kernel) return event;
  const capture::TcpView& later = *inference_.seen(frame).tcp;
  event.difference = compare(later, *event.kernel);
  if (event.difference == Difference::timed_out && !lossy_.contains(event.observation.stream->number))
    event.difference = Difference::unnamed;
  if (states_of(later) != states_of(*event.observation.tcp)) event.inferred_later = states_of(later);
  return event;
}

std::optional<States> Experiment::settle(const Frame& frame) {
  const capture::Observation& seen = inference_.seen(frame);
  if (!seen.tcp) return std::nullopt;
  take_in();
  for (const auto before = frames_; frames_ - before < most_between;) {
    const States states{in_kernel(*seen.stream, Host::client), in_kernel(*seen.stream, Host::server)};
    if (!take_in()) return states;
  }
  return std::nullopt;
}

/// What the host's kernel says of its end of the conversation; `unknown` where no kernel holds that end.
State Experiment::in_kernel(const capture::StreamView& stream, Host host) {
  // The client of a conversation may sit on either host: ask by address.
  const bool is_client = host == Host::client;
  const auto& local = is_client ? stream.client : stream.server;
  const auto& remote = is_client ? stream.server : stream.client;
  const auto owner = host_of(local);
  if (!owner) return State::unknown;
  const auto sockets = kernels_[index(*owner)].sockets();
  const auto key = std::pair(stream.number, host);
  if (const KernelSocket* socket = Kernel::find(sockets, local, remote)) {
    // SYN_RECEIVED is a request in the listener's book, not a socket: when it goes, the listener is what remains.
    if (state_of(*socket) != State::syn_received) had_socket_.insert(key);
    return state_of(*socket);
  }
  return !had_socket_.contains(key) && Kernel::listens(sockets, local) ? State::listen : State::closed;
}

/// Only while a connection is opened, or when packets of it got lost, can a kernel give up: nobody else is asked before
/// a delivery.
Difference Experiment::difference_before(const Frame& frame) {
  const capture::Observation& seen = inference_.seen(frame);
  const auto opens = [](const capture::SideChange& side) {
    return side.after == State::syn_sent || side.after == State::syn_received;
  };
  if (!seen.tcp) return Difference::none;
  if (!opens(seen.tcp->client) && !opens(seen.tcp->server) && !lossy_.contains(seen.stream->number))
    return Difference::none;
  const auto kernel = settle(frame);
  return kernel ? compare(*inference_.seen(frame).tcp, *kernel) : Difference::none;
}

void Experiment::note_loss(const Frame& frame, bool damaged) {
  inference_.lost(frame, damaged);
  if (const auto& stream = inference_.seen(frame).stream) lossy_.insert(stream->number);
}

void Experiment::hear() {
  for (Player& player : players_)
    for (Event& event : player.read()) heard_.push_back(std::move(event));
  std::ranges::stable_sort(heard_, {}, time_of);
}

void Experiment::tell_heard(Time until) {
  while (!heard_.empty() && time_of(heard_.front()) <= until) {
    tell_(heard_.front());
    heard_.pop_front();
  }
}

Player* Experiment::hand() {
  const auto found = std::ranges::find_if(players_, &Player::takes_orders);
  return found == players_.end() ? nullptr : &*found;
}

bool Experiment::over() {
  if (!to_start_.empty() || wire_.due() || !wire_.held().empty()) return false;
  for (const Player& player : players_)
    if (player.program().ends && !player.ended()) return false;
  for (const Host host : hosts)
    for (const KernelSocket& socket : sockets(host))
      if (waits_for_a_frame(state_of(socket))) return false;
  return true;
}

void Experiment::end_players() {
  to_start_.clear();
  for (const Player& player : players_) {
    const std::string& name = player.program().end_with;
    player.end(name == "KILL" ? SIGKILL : name == "INT" ? SIGINT : SIGTERM);
  }
}

bool Experiment::all_ended() const {
  return to_start_.empty() && std::ranges::all_of(players_, [](const Player& player) { return player.ended(); });
}

}  // namespace echolab::lab
