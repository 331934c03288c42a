// What the student tells the wire to do: "drop server SYN,ACK 1", "delay client ACK 1 300ms", "loss 10%".
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "net/text.hpp"
#include "tools/lab/wire/fate.hpp"
#include "tools/lab/wire/frame.hpp"

namespace echolab::lab {

struct Model;  // policy.hpp

/// What a frame is, to a rule. A frame may be more than one: a FIN may carry data, the first data may ride on the ACK.
enum class Kind : std::uint8_t {
  syn,      // without ACK
  syn_ack,  // with it
  ack,      // an ACK that is nothing else: no data, no SYN, FIN or RST
  data,     // a segment with payload
  fin,
  rst,
  udp,
  icmp,  // also ICMPv6
  any,
};
inline constexpr std::size_t kind_count = 9;
std::string_view to_string(Kind kind);                  // "SYN", "SYN,ACK", "ACK", "DATA", ...
std::optional<Kind> parse_kind(std::string_view word);  // in capitals or not
std::optional<Host> parse_host(std::string_view word);  // "client", "server"

bool is_kind(const capture::Decoded& decoded, Kind kind);
inline bool is_kind(const Frame& frame, Kind kind) { return is_kind(frame.decoded, kind); }

/// How many frames of each kind each host has sent: the numbers that rules and checks speak of. A frame sent again
/// counts again.
class FrameCounts {
 public:
  void add(Host from, const capture::Decoded& decoded);
  std::uint32_t of(Host from, Kind kind) const {
    return counts_[static_cast<std::size_t>(from)][static_cast<std::size_t>(kind)];
  }

 private:
  std::array<std::array<std::uint32_t, kind_count>, 2> counts_{};
};

std::string_view to_string(Action action);
std::string all_actions();  // "drop", "delay", "double", "swap", "corrupt", "cut"

/// drop server SYN,ACK 1 · drop client DATA 2..3 · drop client FIN 2.. (all from the second on) · delay client ACK 1
/// 300ms · double server DATA 1 · swap client DATA 1 (it and the next frame of its direction change places) · corrupt
/// client DATA 1 · cut after client DATA 3 for 2s (from that frame on nothing passes, in either direction, for so long;
/// the frame itself passes). A number that is left out is 1.
struct Rule {
  static constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

  Action action = Action::drop;
  Host from = Host::client;
  Kind kind = Kind::any;
  std::uint32_t first = 1, last = 1;    // of the frames of this kind from this host, counted from 1
  std::chrono::nanoseconds duration{};  // of a delay or a cut
  friend bool operator==(const Rule&, const Rule&) = default;
};
std::string to_string(const Rule& rule);

/// loss 10% · duplicate 5% · reorder 5% · delay 50ms: what the line does to every frame, the shares by chance.
struct ModelChange {
  enum class Effect : std::uint8_t { loss, duplication, reordering, delay };
  Effect effect = Effect::loss;
  double share = 0;  // 0 to 1
  std::chrono::nanoseconds delay{};
  void apply(Model& model) const;
  friend bool operator==(const ModelChange&, const ModelChange&) = default;
};
std::string to_string(const ModelChange& rule);

/// What is wrong with a rule, for the one who wrote it.
struct RuleError {
  enum class Expected : std::uint8_t { action, host, kind, count, duration, after, for_, end, share };
  std::string word;  // that was not understood; empty: something is missing at the end
  Expected expected = Expected::action;
  std::string_view example;  // a rule that begins alike and is right
  friend bool operator==(const RuleError&, const RuleError&) = default;
};
/// One sentence: which word, what would be right there, and the example.
std::string sentence(const RuleError& error, Language language);

std::variant<Rule, ModelChange, RuleError> parse_rule(std::string_view text);

/// "300ms", "2s", "50us", "1.5s"; a day at most.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);
/// As above, in the largest unit that needs no fraction.
std::string to_string(std::chrono::nanoseconds duration);
/// "10%", "0.5%" as 0.1, 0.005.
std::optional<double> parse_share(std::string_view text);

}  // namespace echolab::lab
