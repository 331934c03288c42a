// The ladder: two rails, an arrow for each packet, both ends' states beside it, and under it why.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "capture/render/drawn.hpp"
#include "capture/render/memory.hpp"
#include "capture/render/paint.hpp"
#include "capture/render/payload.hpp"
#include "capture/render/rung.hpp"
#include "capture/render/stamp.hpp"
#include "capture/render/wording.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

struct LadderOptions {
  int columns = 80;  // of the terminal; drawn between 48 and 140
  bool color = false;
  bool ascii = false;        // no line-drawing characters, and payload beyond ASCII escaped
  bool raw_numbers = false;  // sequence numbers as on the wire
  Language language = Language::en;
  Verbosity verbosity = Verbosity::usual;
  TimeStyle times = TimeStyle::since_first;
  PayloadStyle payload = PayloadStyle::excerpt;
  bool keeps_blocks = true;  // what was drawn once is not drawn again: only the digits change
};

/// Draws packets in their order. A state with a question mark is assumed. Times are seconds since the first packet,
/// where no other style was asked for:
/// gaps and order are the lesson, and they read the same on every machine; each stream's head has the clock time.
class Ladder {
 public:
  explicit Ladder(LadderOptions options);

  /// Appends the packet's lines, each ended by a line break; before them the head of its stream where that was not the
  /// last one.
  void draw(std::string& out, const Observation& seen, Arrival arrival = Arrival::told);
  std::string line(const Observation& seen, Arrival arrival = Arrival::told);
  /// Something else that belongs to the last packet, or stands between two: wrapped, below the arrows' beginning.
  std::string aside(std::string_view text, Ink ink) const;
  /// A happening between packets, with its time before it.
  std::string happening(Time time, std::string_view text, Ink ink);
  /// Appends how a stream went.
  void draw_end(std::string& out, const StreamSummary& stream);
  std::string stream_line(const StreamSummary& stream);

 private:
  struct Shown {
    Protocol protocol;
    std::uint64_t number;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  struct Reminder {
    Shown shown;
    Endpoint client, server;
    std::string rule;
  };
  /// A step of the post with its verdict.
  struct Told {
    std::uint64_t step;
    const Sentence* verdict;
    friend bool operator==(const Told&, const Told&) = default;
  };

  void draw_head(std::string& out, const Observation& seen);
  void draw_reminder(std::string& out, const StreamView& stream);
  void draw_legend(std::string& out);
  void draw_rail_less(std::string& out, const Observation& seen, std::string_view stamp) const;
  void draw_comments(std::string& out, const Packet& packet) const;
  void draw_explanation(std::string& out, std::uint64_t frame);
  void draw_block(std::string& out, std::vector<std::uint8_t>* slots) const;
  void draw_end_block(std::string& out, std::string_view between, std::vector<std::uint8_t>* slots) const;
  void draw_names(std::string& text) const;
  void draw_paragraph(std::string& out, std::string_view text, Ink ink, std::size_t bold_bytes) const;
  void draw_rule(std::string& out, std::string_view left, std::string_view right) const;
  void note_what_is_new();
  bool is_new(const Plan::Item& item);
  bool is_told_in_full(std::size_t item) const { return item < most_items && (new_ >> item & 1) != 0; }
  static constexpr std::size_t most_items = 64;  // what a plan has beyond is told by name

  LadderOptions options_;
  Layout layout_;
  Paint paint_;
  Rung rung_;
  std::string rule_;    // of the whole width
  std::string blanks_;  // of a stamp's width
  AddressBook names_;
  Plan plan_;
  std::string shape_, number_;
  Numbers numbers_;
  DrawnBlocks blocks_;
  Stamps stamps_;
  bool legend_shown_ = false;
  NoteSet advised_;                      // what to look at next is said once for each note
  std::vector<Told> told_;               // and so is each step of the post
  std::uint64_t new_ = 0;                // a bit an item of the plan: an advice or a step that is told in full
  std::optional<Shown> last_;            // the stream of the last rung
  std::array<Reminder, 256> reminders_;  // by the last bits of the stream's number: those that talk now
};

}  // namespace echolab::capture
