// One packet on the ladder: its time, both ends' states, and the arrow between the rails.
#pragma once

#include <array>
#include <string>

#include "capture/render/paint.hpp"
#include "capture/render/stamp.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

/// How an arrow ends: in its tip; or, where it is known that the packet never arrives, in a cross.
enum class Arrival : std::uint8_t { told, lost };

/// What lines are drawn with.
struct Strokes {
  std::string_view rail, line, dashed, to_right, to_left, lost, rule, bullet, dash, next;
};
const Strokes& strokes(bool ascii);

/// Where on a line what begins, in columns.
struct Layout {
  int time, state, arrow, indent;
  /// From 48 columns on.
  static Layout of(int columns, TimeStyle times);
};

class Rung {
 public:
  Rung(const Layout& layout, int columns, bool ascii, bool raw_numbers, const Paint& paint);

  /// The packet's line, its time first; what finds no place on its arrow stands below.
  void draw(std::string& out, const Observation& seen, std::string_view stamp, Ink ink, Arrival arrival);

 private:
  void draw_state(std::string& out, const Observation& seen, Side side) const;
  void draw_arrow(std::string& out, const Observation& seen, std::string_view label, int label_columns, Ink ink,
                  Arrival arrival);
  std::string_view shaft(bool dashed, int length) const;

  int columns_;
  bool ascii_, raw_numbers_;
  Layout layout_;
  Paint paint_;
  std::string line_, dashed_;                                                  // of an arrow's whole length
  std::array<std::array<std::array<std::string, state_count>, 2>, 2> states_;  // by side, and whether it is assumed
  std::string label_, arrow_, payload_;                                        // of the packet that is drawn
};

/// The packet in the notation, with relative numbers, or `raw` ones; its window where that changes or is 0.
std::string notation(const Observation& seen, bool raw);

/// The payload in quotes, at most `width` columns of it; empty where there is none.
std::string quoted_payload(const Observation& seen, int width, bool ascii);

/// "STATE", "STATE?" where it is assumed; empty for UDP.
std::string state_mark(const Observation& seen, Side side);

}  // namespace echolab::capture
