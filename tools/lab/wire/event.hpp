// What happens in the lab, one value an event: the text, the JSON, the checks all read the same list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "capture/track/observation.hpp"
#include "tools/lab/wire/fate.hpp"
#include "tools/lab/wire/frame.hpp"

namespace echolab::lab {

/// Both endpoints' states from one of the three truths.
struct States {
  capture::State client = capture::State::unknown, server = capture::State::unknown;
  friend bool operator==(const States&, const States&) = default;
};

/// Those that are inferred.
States states_of(const capture::TcpView& inferred);

/// Why the inference and the kernel may differ and neither is wrong.
enum class Difference : std::uint8_t {
  none,
  no_listener,  // inferred LISTEN, and the kernel has no listener: a SYN alone does not show whether anybody listens
  gave_up,    // inferred SYN_SENT or SYN_RECEIVED, and the kernel's socket is gone: it stopped waiting and told nobody
  timed_out,  // the same of a connection that was there: its bytes or its FIN were sent in vain for too long
  unnamed,    // a disagreement: it should not be
};
/// "none", "no_listener", ...
std::string_view to_string(Difference difference);

/// What is inferred held against what the kernels say. Of both sides' differences the graver.
Difference compare(const capture::TcpView& inferred, const States& kernel);
/// The same once a packet has been delivered, `before` being what it was just before: a kernel gives up by itself, so a
/// socket that goes with a packet went for the packet, and the inference should have known.
Difference after_delivery(Difference before, Difference now);

struct WireEvent {
  Fate fate = Fate::delivered;
  Host from = Host::client;          // whose frame: the client of a conversation may sit on either host
  std::uint64_t copy = 1;            // 2 for the second of a doubled frame
  capture::Observation observation;  // the frame, its conversation, what our sniffer infers after the event
  std::optional<States> kernel;      // TCP: what both kernels say after the event; `unknown`: no kernel holds that end
  /// What is inferred at the moment when the kernels were read, where the hosts had gone on by then: they answer a
  /// frame faster than anybody can ask.
  std::optional<States> inferred_later = {};
  Difference difference = Difference::none;  // of what is inferred at that moment
  std::string rule = {};                     // of the student's that did it, as it is written; empty: none did
  bool by_chance = false;                    // the model of a bad line did it
};

/// A line of an echo program's log: a call where it starts or returns.
struct CallEvent {
  Host host = Host::client;
  capture::Time time{};
  std::string call;       // "connect"
  bool returned = false;  // else it starts
  std::string arguments;  // "3, 10.0.0.2:9000"
  std::string result;     // "0", "ECONNREFUSED"; empty where it starts
  std::string text;       // half a sentence, in the chosen language
};

/// A line that a program wrote.
struct OutputEvent {
  Host host = Host::client;
  capture::Time time{};  // when it was read, where the program does not say
  std::string program, line;
  bool error = false;  // on stderr
};

/// A program has ended: with `status`, or by signal -`status`.
struct ExitEvent {
  Host host = Host::client;
  capture::Time time{};
  std::string program;
  int status = 0;
};

using Event = std::variant<WireEvent, CallEvent, OutputEvent, ExitEvent>;

}  // namespace echolab::lab
