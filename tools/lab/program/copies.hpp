// Holding a frame does not stop the kernels' clocks: what is not acknowledged is sent again. Such copies are folded
// behind the frame that is held, so that there is one thing to decide, however long somebody thinks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace echolab::lab {

/// Frames by their numbers.
class Copies {
 public:
  /// The frame is held now. Whether it was folded: `copy_of` is held, or folded itself (a copy of a copy).
  bool hold(std::uint64_t frame, std::optional<std::uint64_t> copy_of);
  bool is_folded(std::uint64_t frame) const;
  /// How many are folded behind the frame.
  std::size_t behind(std::uint64_t frame) const;
  /// Of a copy that stands for those that are left: the frame that they are copies of.
  std::optional<std::uint64_t> original_of(std::uint64_t frame) const;
  /// The frame has been decided about: the first of its copies stands for the others.
  void let_go(std::uint64_t frame);
  /// Unfolds the copies behind the frame, and gives them out; with the frame, where it is a copy itself.
  std::vector<std::uint64_t> take(std::uint64_t frame);

 private:
  std::map<std::uint64_t, std::vector<std::uint64_t>> behind_;  // by the held frame
  std::map<std::uint64_t, std::uint64_t> original_;             // of a copy that stands for those that are left
};

}  // namespace echolab::lab
