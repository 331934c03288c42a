// The ladder: two rails, an arrow for each packet, both ends' states beside it, and under it why.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "capture/explain/annotation.hpp"
#include "capture/explain/explain.hpp"
#include "capture/render/memory.hpp"
#include "capture/render/paint.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

struct LadderOptions {
  int columns = 80;  // of the terminal; drawn between 48 and 140
  bool color = false;
  bool ascii = false;        // no line-drawing characters, and payload beyond ASCII escaped
  bool raw_numbers = false;  // sequence numbers as on the wire
  Language language = Language::en;
};

/// How an arrow ends: in its tip; or, where it is known that the packet never arrives, in a cross.
enum class Arrival : std::uint8_t { told, lost };

/// Draws packets in their order. A state with a question mark is assumed. Times are seconds since the first packet:
/// gaps and order are the lesson, and they read the same on every machine; each stream's head has the clock time.
class Ladder {
 public:
  explicit Ladder(LadderOptions options);

  /// The packet's lines, each ended by a line break; before them the head of its stream where that was not the last
  /// one.
  std::string line(const Observation& observation, const Annotation& annotation, Arrival arrival = Arrival::told);
  /// Something else that belongs to the last packet, or stands between two: wrapped, below the arrows' beginning.
  std::string aside(std::string_view text, Ink ink) const;
  /// A happening between packets, with its time before it.
  std::string happening(Time time, std::string_view text, Ink ink);
  /// How a stream went.
  std::string stream_line(const StreamSummary& summary);

 private:
  struct Layout {
    int time, state, arrow, indent;  // columns
  };
  static Layout layout(int columns);

  void draw_head(std::string& out, const Observation& observation);
  void draw_reminder(std::string& out, const StreamView& stream);
  void draw_rung(std::string& out, const Observation& observation, const Annotation& annotation, Arrival arrival);
  void draw_rail_less(std::string& out, const Observation& observation, const Annotation& annotation);
  void draw_state(std::string& out, const Observation& observation, Side side) const;
  std::string arrow(const Observation& observation, std::string_view label, Arrival arrival) const;
  void draw_explanation(std::string& out, std::uint64_t frame, const Annotation& annotation);
  void draw_advice(std::string& out, NoteSet notes, NoteSet unsuited);
  void draw_paragraph(std::string& out, std::string_view text, Ink ink, std::size_t bold_bytes) const;
  void draw_rule(std::string& out, std::string_view left, std::string_view right) const;

  LadderOptions options_;
  Layout layout_;
  Paint paint_;
  AddressBook names_;
  TextMemory explanations_;
  std::string line_, dashed_;  // of an arrow's whole length
  std::optional<Time> start_;
  bool legend_shown_ = false;
  NoteSet advised_;  // what to look at next is said once for each note
  struct Shown {
    Protocol protocol;
    std::uint64_t number;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  std::optional<Shown> last_;  // the stream of the last rung
  struct Reminder {
    Shown shown;
    Endpoint client, server;
    std::string rule;
  };
  std::array<Reminder, 256> reminders_;  // by the last bits of the stream's number: those that talk now
};

}  // namespace echolab::capture
