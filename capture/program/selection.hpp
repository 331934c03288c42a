// Which packets and conversations are asked for: --stream, --state, --note. What is given must all hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

/// TCP and UDP conversations are counted apart.
struct StreamName {
  Protocol protocol = Protocol::tcp;
  std::uint64_t number = 0;
  friend bool operator==(const StreamName&, const StreamName&) = default;
};
/// "tcp:3".
std::string to_string(const StreamName& stream);
/// "3", "tcp:3", "udp:3"; nothing where it is none of these.
std::optional<StreamName> parse_stream(std::string_view text);

/// The words for states and notes: all of them, and the one of that name.
std::vector<std::string> state_names();
std::vector<std::string> note_names();
std::optional<State> parse_state(std::string_view name);
std::optional<Note> parse_note(std::string_view name);

struct Wanted {
  std::optional<StreamName> stream;
  std::optional<State> state;
  std::optional<Note> note;
  bool everything() const { return !stream && !state && !note; }
};

/// Told of every packet. Its memory is one number for each live conversation that had a packet which was asked for.
class Selection {
 public:
  /// `by_end`: a conversation is in a state if it ends there; else if it had such a packet.
  Selection(const Wanted& wanted, bool by_end) : wanted_(wanted), by_end_(by_end) {}

  bool everything() const { return wanted_.everything(); }
  bool takes(const Observation& seen);
  /// Once for each conversation: it is forgotten.
  bool takes(const StreamSummary& ended);
  /// What came of fragments belongs to their note.
  bool takes(const UnfinishedPacket&) const {
    return !wanted_.stream && !wanted_.state && (!wanted_.note || *wanted_.note == Note::fragment);
  }

 private:
  bool is_in_state(const Observation& seen) const;
  bool has_note(const Observation& seen) const { return !wanted_.note || seen.notes.has(*wanted_.note); }
  bool is_stream(Protocol protocol, std::uint64_t number) const;
  static std::uint64_t key(Protocol protocol, std::uint64_t number) {
    return number << 1 | static_cast<std::uint64_t>(protocol);
  }

  Wanted wanted_;
  bool by_end_;
  std::unordered_set<std::uint64_t> had_one_;  // live conversations
};

}  // namespace echolab::capture
