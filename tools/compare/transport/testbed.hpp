// Where a trial is run: in the lab, on loopback, or against servers that are not ours. Each trial has a server, a line
// and a network as new as the testbed can make them, so that none remembers another.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "tools/compare/transport/packet_counter.hpp"
#include "tools/compare/transport/plan.hpp"
#include "tools/compare/transport/socket_diag.hpp"
#include "tools/lab/wire/rule.hpp"

namespace echolab::compare {

class MarkedFile;

/// What is run.
struct Trial {
  Client client = Client::tcp;
  bool server = true;    // else nobody is there: the port is closed
  bool counted = false;  // its packets are
  Line line = {};
  std::vector<lab::Rule> rules = {};  // of the wire, before the line's chance is asked
  MarkedFile* file = nullptr;         // that its packets are written to
  Protocol protocol() const { return protocol_of(client); }
};

/// What the client's part may do besides talking.
class ServerUnderTest {
 public:
  virtual ~ServerUnderTest() = default;
  virtual const net::Address& address() const = 0;
  virtual void kill() = 0;
  /// What the server's kernel keeps now; nullopt: nobody can tell us.
  virtual std::optional<KernelState> kernel() const = 0;
  /// Processor time that the server has used so far.
  virtual std::optional<Nanoseconds> worked() const = 0;
};

/// What is known when the trial is over.
struct Outcome {
  std::optional<Counts> packets;               // nullopt: they could not be seen
  std::optional<std::size_t> kept_by_program;  // bytes for each client, as our server says itself
};

class Testbed {
 public:
  virtual ~Testbed() = default;
  /// Calls `client`, which talks to the server on the client's side of the line, and gives what has been counted.
  /// Throws what `client` throws, net::CallError, lab::Unavailable.
  virtual Outcome run(const Trial& trial, const std::function<void(ServerUnderTest&)>& client) = 0;
  virtual bool has_wire() const = 0;      // one that does what it is told
  virtual bool owns_servers() const = 0;  // they may be killed, or be missing
  /// Why packets cannot be seen; empty: they can.
  virtual const std::string& blind() const = 0;
};

/// To be made inside lab::isolated.
std::unique_ptr<Testbed> lab_testbed(const Plan& plan);
/// Our servers on 127.0.0.1, or, where the plan names them, foreign ones. Packets are seen where this process may
/// capture. It must carry no file capabilities: a process with some cannot make the lab's namespaces.
std::unique_ptr<Testbed> plain_testbed(const Plan& plan);

}  // namespace echolab::compare
