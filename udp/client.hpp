// The client of the pair, without a word to the user: what it tells goes to a report. Read it beside tcp/client.hpp.
//
//     udp::ClientReport report;                              // or a class of one's own
//     udp::Client client(server, {.count = 100}, net::Timeout{5000}, report);
//     client.open();
//     client.talk();
//     client.close();
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "net/address.hpp"
#include "net/deadline.hpp"
#include "net/echo_report.hpp"
#include "net/messages.hpp"
#include "udp/icmp_errors.hpp"
#include "udp/ledger.hpp"
#include "udp/socket.hpp"

namespace echolab::udp {

class Client {
 public:
  using Bytes = std::span<const std::byte>;
  using Report = ClientReport;

  /// `timeout`: for each answer; 0: as long as it takes.
  Client(const net::Address& server, net::MessageOptions messages, net::Timeout timeout, Report& report);
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Nothing is sent: there is no connection.
  void open();
  /// All messages, one after the other. Throws net::CallError where our own kernel refuses, net::Stopped.
  void talk();
  void close();
  /// Nobody waits any longer for the answer to the last message: what became of it stays unknown.
  void give_up(net::Timeout waited = {}, std::uint32_t tries = 0);

  const Socket& socket() const { return socket_; }
  const net::Messages& messages() const { return messages_; }
  const Ledger& ledger() const { return ledger_; }

 protected:  // for a client that does more with a message: retry.hpp
  virtual void exchange(const net::Message& message);
  bool ask(Bytes message, const net::Deadline& deadline);
  void answered(const net::Message& message);
  void tell(const Event& event);

  const net::Address server_;
  net::Messages messages_;
  const net::Timeout timeout_;
  Report& report_;
  Socket socket_;
  Ledger ledger_{Ledger::numbered_messages(messages_.numbered_size())};

 private:
  bool take_echo(Bytes message, const net::Deadline& deadline);
  void take_error(const net::IcmpError& error, Bytes message);
  void hear_stragglers();

  IcmpErrors errors_{ledger_};
  std::vector<std::byte> room_ = std::vector<std::byte>(64 * 1024);  // one read takes one datagram, never larger
};

}  // namespace echolab::udp
