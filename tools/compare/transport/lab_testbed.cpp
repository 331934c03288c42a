// The lab as a testbed: two hosts and a wire, made anew for each trial. While the client talks on its host, a thread
// carries the frames and counts them.
#include <poll.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "capture/track/observer.hpp"
#include "net/call_log.hpp"
#include "net/system_call.hpp"
#include "tools/compare/transport/marked_file.hpp"
#include "tools/compare/transport/server_process.hpp"
#include "tools/compare/transport/testbed.hpp"
#include "tools/lab/host/network.hpp"
#include "tools/lab/wire/wire.hpp"

namespace echolab::compare {
namespace {

using lab::Fate;
using lab::Frame;
using lab::Host;

constexpr Host hosts[] = {Host::client, Host::server};

/// Carries frames from host to host as the wire decides, from its construction until `finish`.
class Forwarder {
 public:
  Forwarder(const Trial& trial, lab::Network& network)
      : trial_(trial),
        network_(network),
        wire_(lab::Policy(trial.rules, {.loss = trial.line.loss, .delay = trial.line.delay, .seed = trial.line.seed}),
              false),
        thread_([this](const std::stop_token& stop) { carry(stop); }) {}

  /// How often it has found that no frame is on its way.
  std::uint64_t rests() const { return rests_; }

  Counts finish() {
    thread_.request_stop();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    return counter_.counts();
  }

 private:
  void carry(const std::stop_token& stop) try {
    while (!stop.stop_requested()) {
      wait();
      const bool came = take_in();
      while (const auto passage = wire_.next(net::wall_clock())) pass(*passage);
      if (!came && !wire_.due()) ++rests_;
    }
  } catch (...) {
    failure_ = std::current_exception();
  }

  void wait() const {
    constexpr Nanoseconds longest = std::chrono::milliseconds(2);
    pollfd ends[] = {{.fd = network_.wire_end(Host::client), .events = POLLIN, .revents = 0},
                     {.fd = network_.wire_end(Host::server), .events = POLLIN, .revents = 0}};
    Nanoseconds timeout = longest;
    if (const auto due = wire_.due()) timeout = std::clamp<Nanoseconds>(*due - net::wall_clock(), {}, timeout);
    const timespec time{.tv_sec = 0, .tv_nsec = timeout.count()};
    ::ppoll(ends, 2, &time, nullptr);
  }

  bool take_in() {
    constexpr std::size_t most_at_once = 256;  // of each host: one that never pauses must not keep the wire busy
    std::vector<Frame> arrived;
    for (const Host host : hosts) {
      for (std::size_t i = 0; i < most_at_once; ++i) {
        auto frame = network_.receive(host);
        if (!frame) break;
        arrived.push_back(std::move(*frame));
      }
    }
    std::ranges::stable_sort(arrived, {}, &Frame::arrived);
    for (Frame& frame : arrived) {
      frame.number = ++frames_;
      if (trial_.counted && shown(frame)) counter_.sent(observer_.observe(frame.packet(), frame.decoded));
      wire_.take(std::move(frame));
    }
    return !arrived.empty();
  }

  void pass(const lab::Passage& passage) {
    const Frame& frame = *passage.frame;
    if (passage.fate == Fate::delivered) network_.transmit(other(frame.from), frame.bytes);
    if (!trial_.counted || !shown(frame) || passage.fate == Fate::delayed) return;
    const bool dropped = passage.fate == Fate::dropped;
    if (dropped)
      counter_.dropped(frame.number);
    else
      counter_.delivered(frame.number);
    if (!trial_.file) return;
    auto packet = frame.packet();
    packet.time = net::wall_clock();
    trial_.file->write(packet, dropped ? MarkedFile::dropped : "");
  }

  const Trial& trial_;
  lab::Network& network_;
  lab::Wire wire_;
  capture::Observer observer_;
  PacketCounter counter_;
  std::uint64_t frames_ = 0;
  std::atomic<std::uint64_t> rests_ = 0;
  std::exception_ptr failure_;
  std::jthread thread_;  // last: it uses all of the above
};

SocketDiag diag_of(const lab::Network& network, Host host) {
  std::optional<SocketDiag> diag;
  network.on_host(host, [&] { diag.emplace(); });
  return std::move(*diag);
}

/// A port of the server's host where nobody is: the one that a discarded port service had (RFC 863).
constexpr std::uint16_t closed_port = 9;

class Hosts final : public ServerUnderTest {
 public:
  explicit Hosts(const Trial& trial)
      : trial_(trial), diag_{diag_of(network_, Host::client), diag_of(network_, Host::server)} {
    const std::string address = lab::address_of(Host::server).v4;
    address_ = net::resolve(address, closed_port);
    if (!trial.server) return;
    process_.emplace(trial.protocol(), address, [&](const std::vector<std::string>& words, int stdout_fd) {
      return network_.start(Host::server, {.words = words, .stdout_fd = stdout_fd});
    });
    address_ = process_->address();
  }

  const net::Address& address() const override { return address_; }
  void kill() override { process_->kill(); }
  std::optional<KernelState> kernel() const override { return diag_[1].at(trial_.protocol(), address_); }
  std::optional<Nanoseconds> worked() const override { return process_->worked(); }

  Outcome run(const std::function<void(ServerUnderTest&)>& client) {
    Forwarder forwarder(trial_, network_);
    await_rest(forwarder, 2);  // it is at work: the first packet must not wait for it
    network_.on_host(Host::client, [&] { client(*this); });
    if (trial_.counted) await_end(forwarder);
    Outcome outcome;
    if (process_) outcome.kept_by_program = process_->end();
    const Counts counts = forwarder.finish();
    if (trial_.counted) outcome.packets = counts;
    return outcome;
  }

 private:
  /// Until the wire has found so often that no frame is on its way. False: it does not come to rest.
  static bool await_rest(const Forwarder& forwarder, std::uint64_t times) {
    const auto end = std::chrono::steady_clock::now() + longest_rest;
    const auto before = forwarder.rests();
    while (forwarder.rests() < before + times) {
      if (std::chrono::steady_clock::now() > end) return false;
      ::poll(nullptr, 0, 1);
    }
    return true;
  }
  /// And until no kernel waits for a frame; both are asked after the wire has rested.
  void await_end(const Forwarder& forwarder) const {
    const auto end = std::chrono::steady_clock::now() + longest_rest;
    while (std::chrono::steady_clock::now() < end && await_rest(forwarder, 2))
      if (!diag_[0].waits_for_a_packet() && !diag_[1].waits_for_a_packet()) return;
  }
  static constexpr auto longest_rest = std::chrono::seconds(10);

  const Trial& trial_;
  lab::Network network_;
  SocketDiag diag_[2];
  std::optional<ServerProcess> process_;
  net::Address address_;
};

class LabTestbed final : public Testbed {
 public:
  Outcome run(const Trial& trial, const std::function<void(ServerUnderTest&)>& client) override {
    // The wire's ends have the same names in every trial: each has a namespace of its own for them.
    net::system_call("unshare", ::unshare(CLONE_NEWNET), "network namespace");
    return Hosts(trial).run(client);
  }
  bool has_wire() const override { return true; }
  bool owns_servers() const override { return true; }
  const std::string& blind() const override { return nothing_; }

 private:
  std::string nothing_;
};

}  // namespace

std::unique_ptr<Testbed> lab_testbed(const Plan&) { return std::make_unique<LabTestbed>(); }

}  // namespace echolab::compare
