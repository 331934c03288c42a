// The server of the pair, without a word to the user: what it tells goes to a report. Read it beside udp/server.hpp.
//
//     tcp::Server server(address, {}, report);
//     server.bind();
//     server.listen();
//     server.serve();
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "net/address.hpp"
#include "net/call_log.hpp"
#include "tcp/poller.hpp"
#include "tcp/sessions.hpp"
#include "tcp/socket.hpp"

namespace echolab::tcp {

struct ServerOptions {
  bool once = false;  // end after one client
  std::size_t max_clients = 1024;
  std::chrono::milliseconds idle_timeout{60'000};  // for a silent client; 0: none
};

/// What a server tells while it works. Each does nothing, unless it is overridden.
class ServerReport {
 public:
  ServerReport() = default;
  virtual ~ServerReport() = default;
  ServerReport(const ServerReport&) = delete;
  ServerReport& operator=(const ServerReport&) = delete;

  /// Who listens to the sockets' calls; nullptr: nobody. It is asked once, when the server is made.
  virtual net::CallLog* calls() { return nullptr; }
  /// About once a second.
  virtual void tick() {}
  /// A client waits for whom there is no file descriptor.
  virtual void no_descriptor() {}
  /// A client has come, and there are as many as may be.
  virtual void full() {}
  enum class Reason : std::uint8_t { too_long_silent, makes_room };
  virtual void sends_away(const net::Address&, Reason) {}
};

class Server {
 public:
  using Report = ServerReport;

  Server(const net::Address& address, const ServerOptions& options, Report& report);

  void bind();
  void listen();
  /// Echoes until it is done (`once`). Throws net::Stopped, net::CallError.
  void serve();
  /// No new clients, and those that are here get what is still unsent, if they take it within a moment.
  void hang_up();

  const net::Address& address() const { return address_; }
  const Sessions& sessions() const { return sessions_; }
  /// The last few clients, as they were when the server began to hang up.
  const std::vector<Trace>& kept() const { return kept_; }

  static constexpr std::size_t most_unsent = 64 * 1024;  // of one client: one read

 private:
  void serve_once(std::chrono::milliseconds patience);
  void welcome();
  void attend(Session& session);
  void echo(Session& session);
  void keep(Session& session, std::span<const std::byte> rest);
  void send_rest(Session& session);
  void close(Session& session);
  void finish(Session& session);
  bool done() const { return options_.once && sessions_.count() > 0 && sessions_.empty(); }

  // Who may stay: server_places.cpp.
  std::chrono::milliseconds patience() const;
  bool make_room();
  void close_silent_clients();
  void send_away(Session& session, Report::Reason reason);
  void look_after_the_rest();
  void go_on_accepting();
  void stop_accepting();

  net::Address address_;
  const ServerOptions options_;
  Report& report_;
  Socket socket_;
  Poller poller_;
  Sessions sessions_;
  std::vector<Trace> kept_;
  std::vector<std::byte> room_ = std::vector<std::byte>(most_unsent);
  Clock::time_point now_ = Clock::now(), looked_ = now_;
  bool accepting_ = false;
};

}  // namespace echolab::tcp
