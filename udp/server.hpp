// The server of the pair, without a word to the user: what it tells goes to a report. Read it beside tcp/server.hpp.
//
//     udp::Server server(address, {.rate = 1000}, report);
//     server.bind();
//     server.serve();
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "net/address.hpp"
#include "net/call_log.hpp"
#include "udp/rate_limit.hpp"
#include "udp/refusal.hpp"
#include "udp/socket.hpp"

namespace echolab::udp {

struct ServerOptions {
  bool once = false;       // end after one answer
  std::uint32_t rate = 0;  // answers a second, all clients together; 0: no limit
};

/// What a server tells while it works. Each does nothing, unless it is overridden.
class ServerReport {
 public:
  ServerReport() = default;
  virtual ~ServerReport() = default;
  ServerReport(const ServerReport&) = delete;
  ServerReport& operator=(const ServerReport&) = delete;

  /// Who listens to the socket's calls; nullptr: nobody. It is asked once, when the server is made.
  virtual net::CallLog* calls() { return nullptr; }
  /// After each datagram, before it is answered.
  virtual void tick() {}
  /// More datagrams came in a second than may be answered.
  virtual void over_limit() {}
};

/// What became of the datagrams, all clients together: none is kept apart.
struct Served {
  std::uint64_t datagrams = 0, answered = 0, bytes = 0;
  std::array<std::uint64_t, refusal_count> verdicts{};  // a Refusal each
  std::uint64_t over_limit = 0, unsendable = 0;
  std::uint32_t overflowed = 0;  // that found the receive buffer full

  std::uint64_t operator[](Refusal why) const { return verdicts[static_cast<std::size_t>(why)]; }
};

class Server {
 public:
  using Report = ServerReport;

  Server(const net::Address& address, const ServerOptions& options, Report& report);

  void bind();
  /// Echoes until it is done (`once`). Throws net::Stopped, net::CallError.
  void serve();
  /// Nobody is told: there is no connection to close.
  void hang_up();

  const net::Address& address() const { return address_; }
  const Served& served() const { return served_; }

 private:
  std::optional<Datagram> receive();
  bool may_answer(const Datagram& datagram);
  void answer(const Datagram& datagram);
  bool done() const { return options_.once && served_.answered > 0; }

  net::Address address_;
  const ServerOptions options_;
  Report& report_;
  Socket socket_;
  RateLimit limit_;
  Served served_;
  std::vector<std::byte> room_ = std::vector<std::byte>(64 * 1024);  // one read takes one datagram, never larger
};

}  // namespace echolab::udp
