// The lab as a stage: two hosts and a wire, made anew for each act. While the client talks on its host, a thread
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
#include "tools/compare/marked_file.hpp"
#include "tools/compare/server_process.hpp"
#include "tools/compare/stage.hpp"
#include "tools/lab/network.hpp"
#include "tools/lab/wire.hpp"

namespace echolab::compare {
namespace {

using lab::Fate;
using lab::Frame;
using lab::Host;

constexpr Host hosts[] = {Host::client, Host::server};

/// Carries frames from host to host as the wire decides, from its construction until `finish`.
class Carrier {
 public:
  Carrier(const Act& act, lab::Network& network)
      : act_(act),
        network_(network),
        wire_(lab::Policy(act.rules, {.loss = act.line.loss, .delay = act.line.delay, .seed = act.line.seed}), false),
        thread_([this](const std::stop_token& stop) { carry(stop); }) {}

  /// How often it has found that no frame is on its way.
  std::uint64_t rests() const { return rests_; }

  Counts finish() {
    thread_.request_stop();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    return ledger_.counts();
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
      if (act_.counted && shown(frame)) ledger_.sent(observer_.observe(frame.packet(), frame.decoded));
      wire_.take(std::move(frame));
    }
    return !arrived.empty();
  }

  void pass(const lab::Passage& passage) {
    const Frame& frame = *passage.frame;
    if (passage.fate == Fate::delivered) network_.transmit(other(frame.from), frame.bytes);
    if (!act_.counted || !shown(frame) || passage.fate == Fate::delayed) return;
    const bool dropped = passage.fate == Fate::dropped;
    if (dropped)
      ledger_.dropped(frame.number);
    else
      ledger_.delivered(frame.number);
    if (!act_.file) return;
    auto packet = frame.packet();
    packet.time = net::wall_clock();
    act_.file->write(packet, dropped ? MarkedFile::dropped : "");
  }

  const Act& act_;
  lab::Network& network_;
  lab::Wire wire_;
  capture::Observer observer_;
  Ledger ledger_;
  std::uint64_t frames_ = 0;
  std::atomic<std::uint64_t> rests_ = 0;
  std::exception_ptr failure_;
  std::jthread thread_;  // last: it uses all of the above
};

KernelBooks books_of(const lab::Network& network, Host host) {
  std::optional<KernelBooks> books;
  network.on_host(host, [&] { books.emplace(); });
  return std::move(*books);
}

/// A port of the server's host where nobody is: the one that a discarded port service had (RFC 863).
constexpr std::uint16_t closed_port = 9;

class Hosts final : public Scenery {
 public:
  explicit Hosts(const Act& act)
      : act_(act), books_{books_of(network_, Host::client), books_of(network_, Host::server)} {
    const std::string address = lab::address_of(Host::server).v4;
    address_ = net::resolve(address, closed_port);
    if (!act.server) return;
    process_.emplace(act.protocol, address, [&](const std::vector<std::string>& words, int stdout_fd) {
      return network_.start(Host::server, {.words = words, .stdout_fd = stdout_fd});
    });
    address_ = process_->address();
  }

  const net::Address& server() const override { return address_; }
  void kill_server() override { process_->kill(); }
  std::optional<KernelState> kernel() const override { return books_[1].at(act_.protocol, address_); }
  std::optional<Nanoseconds> worked() const override { return process_->worked(); }

  Curtain play(const std::function<void(Scenery&)>& client) {
    Carrier carrier(act_, network_);
    await_rest(carrier, 2);  // it is at work: the first packet must not wait for it
    network_.on_host(Host::client, [&] { client(*this); });
    if (act_.counted) await_end(carrier);
    Curtain curtain;
    if (process_) curtain.kept_by_program = process_->end();
    const Counts counts = carrier.finish();
    if (act_.counted) curtain.packets = counts;
    return curtain;
  }

 private:
  /// Until the wire has found so often that no frame is on its way. False: it does not come to rest.
  static bool await_rest(const Carrier& carrier, std::uint64_t times) {
    const auto end = std::chrono::steady_clock::now() + longest_rest;
    const auto before = carrier.rests();
    while (carrier.rests() < before + times) {
      if (std::chrono::steady_clock::now() > end) return false;
      ::poll(nullptr, 0, 1);
    }
    return true;
  }
  /// And until no kernel waits for a frame; both are asked after the wire has rested.
  void await_end(const Carrier& carrier) const {
    const auto end = std::chrono::steady_clock::now() + longest_rest;
    while (std::chrono::steady_clock::now() < end && await_rest(carrier, 2))
      if (!books_[0].waits_for_a_packet() && !books_[1].waits_for_a_packet()) return;
  }
  static constexpr auto longest_rest = std::chrono::seconds(10);

  const Act& act_;
  lab::Network network_;
  KernelBooks books_[2];
  std::optional<ServerProcess> process_;
  net::Address address_;
};

class LabStage final : public Stage {
 public:
  Curtain play(const Act& act, const std::function<void(Scenery&)>& client) override {
    // The wire's ends have the same names in every act: each has a namespace of its own for them.
    net::system_call("unshare", ::unshare(CLONE_NEWNET), "network namespace");
    return Hosts(act).play(client);
  }
  bool has_wire() const override { return true; }
  bool owns_servers() const override { return true; }
  const std::string& blind() const override { return nothing_; }

 private:
  std::string nothing_;
};

}  // namespace

std::unique_ptr<Stage> lab_stage(const Plan&) { return std::make_unique<LabStage>(); }

}  // namespace echolab::compare
