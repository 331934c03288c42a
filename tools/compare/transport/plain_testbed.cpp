// This machine's own network as a testbed: no wire of ours. Where capturing is allowed a thread reads what passes.
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <thread>

#include "capture/decode/decode.hpp"
#include "capture/explain/explain.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "net/privileges.hpp"
#include "net/system_call.hpp"
#include "tools/compare/transport/marked_file.hpp"
#include "tools/compare/transport/server_process.hpp"
#include "tools/compare/transport/testbed.hpp"
#include "tools/timeline/route.hpp"

namespace echolab::compare {
namespace {

using capture::PacketSource;

/// Everything with one of these ports, and the ICMP errors that speak of it.
std::string filter_for(std::uint16_t port) { return "port " + std::to_string(port) + " or icmp or icmp6"; }

/// A port that nobody has: the kernel chose it, and it was given back.
net::Address free_address(Protocol protocol) {
  const auto any = net::resolve("127.0.0.1", 0);
  const net::FileDescriptor socket(net::system_call(
      "socket", ::socket(any.family(), (protocol == Protocol::tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0)));
  net::system_call("bind", ::bind(socket.get(), any.data(), any.size()), "127.0.0.1");
  return net::local_address(socket.get());
}

/// Counts what passes, from its construction until `finish`.
class Tap {
 public:
  Tap(PacketSource& source, const Trial& trial, std::uint16_t port)
      : source_(source), trial_(trial), port_(port), thread_([this](const std::stop_token& stop) { read(stop); }) {}

  Counts finish() {
    thread_.request_stop();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    return counter_.counts();
  }

 private:
  void read(const std::stop_token& stop) try {
    while (!stop.stop_requested()) take(source_.next());
    source_.stop();
    while (auto packet = source_.next()) take(packet);
  } catch (...) {
    failure_ = std::current_exception();
  }

  void take(const std::optional<capture::Packet>& packet) {
    if (!packet) return;
    const auto observation = observer_.observe(*packet, capture::decode(*packet));
    const auto& stream = observation.stream;
    const bool ours = stream && stream->protocol == trial_.protocol() &&
                      (stream->server.port == port_ || stream->client.port == port_);
    if (!ours) return;
    counter_.sent(observation);
    counter_.delivered(packet->frame);
    if (trial_.file) trial_.file->write(*packet);
  }

  PacketSource& source_;
  const Trial& trial_;
  std::uint16_t port_;
  capture::Observer observer_;
  PacketCounter counter_;
  std::exception_ptr failure_;
  std::jthread thread_;  // last: it uses all of the above
};

class PlainServer final : public ServerUnderTest {
 public:
  /// `foreign`: its family is AF_UNSPEC where the server is ours.
  PlainServer(const Trial& trial, const net::Address& foreign) : trial_(trial), address_(foreign) {
    if (foreign.family() != AF_UNSPEC) return;
    if (!trial.server) {
      address_ = free_address(trial.protocol());
      return;
    }
    process_.emplace(trial.protocol(), "127.0.0.1", start_here);
    address_ = process_->address();
  }

  const net::Address& address() const override { return address_; }
  void kill() override { process_->kill(); }
  std::optional<KernelState> kernel() const override {
    if (!process_) return std::nullopt;
    return diag_.at(trial_.protocol(), address_);
  }
  std::optional<Nanoseconds> worked() const override {
    if (!process_) return std::nullopt;
    return process_->worked();
  }
  std::optional<std::size_t> end() {
    if (!process_) return std::nullopt;
    return process_->end();
  }

 private:
  const Trial& trial_;
  SocketDiag diag_;
  std::optional<ServerProcess> process_;
  net::Address address_;
};

std::string interface_to(const net::Address& server) try {
  return timeline::interface_to(server);
} catch (const net::CallError&) {
  return "any";  // no way there: the talk will say so
}

/// What was needed to open the interfaces is needed neither to read from them nor to talk. Who called sudo owns the
/// files that are written; root who did not call it stays root, without a capability.
void give_up_rights() {
  if (const auto caller = net::caller_of_sudo()) net::become(*caller);
  net::drop_privileges();
}

class PlainTestbed final : public Testbed {
 public:
  explicit PlainTestbed(const Plan& plan) : foreign_(plan.servers), owns_servers_(plan.place == Place::loopback) {
    for (const Protocol protocol : both) open(protocol);
    give_up_rights();
  }

  Outcome run(const Trial& trial, const std::function<void(ServerUnderTest&)>& client) override {
    PlainServer server(trial, foreign_[trial.protocol()]);
    std::optional<Tap> tap;
    if (trial.counted && blind_.empty()) start(tap, trial, server.address().port());
    client(server);
    Outcome outcome;
    outcome.kept_by_program = server.end();
    if (tap) outcome.packets = tap->finish();
    return outcome;
  }

  bool has_wire() const override { return false; }
  bool owns_servers() const override { return owns_servers_; }
  const std::string& blind() const override { return blind_; }

 private:
  /// Watches the way to the protocol's server; for nothing yet.
  void open(Protocol protocol) {
    const net::Address& server = foreign_[protocol];
    auto opened = PacketSource::open_live(
        {.interface = owns_servers_ ? "lo" : interface_to(server), .filter = filter_for(server.port())});
    if (const auto* error = std::get_if<capture::SourceError>(&opened)) {
      blind_ = error->detail;
    } else {
      sources_[protocol] = std::move(std::get<PacketSource>(opened));
      sources_[protocol]->stop();
    }
  }
  void start(std::optional<Tap>& tap, const Trial& trial, std::uint16_t port) {
    auto& source = sources_[trial.protocol()];
    if (const auto error = source->go_on(filter_for(port)))
      blind_ = error->detail;
    else
      tap.emplace(*source, trial, port);
  }

  Both<net::Address> foreign_;
  bool owns_servers_;
  Both<std::optional<PacketSource>> sources_;
  std::string blind_;
};

}  // namespace

std::unique_ptr<Testbed> plain_testbed(const Plan& plan) { return std::make_unique<PlainTestbed>(plan); }

}  // namespace echolab::compare
