// What was drawn before. Traffic repeats itself: the words of a few hundred plans, and only their numbers differ in a
// million packets. A block is kept by the shape of its plan, and the digits are written into it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/render/wording.hpp"

namespace echolab::capture {

class DrawnBlocks {
 public:
  /// Bounded: when it is full it forgets everything. `most` 0: nothing is kept, every block is drawn anew.
  explicit DrawnBlocks(std::size_t most = 4096) : most_(most) {}

  /// Appends the block of this shape with these numbers. `draw(out, slots)` draws one where there is none: with marks
  /// in place of digits, and their slots in order, where `slots` is no nullptr (see Wording).
  template <class Draw>
  void append(std::string& out, std::string_view shape, const Numbers& numbers, Draw draw) {
    if (const auto known = blocks_.find(shape); known != blocks_.end()) return known->second.append(out, numbers);
    if (most_ > 0) {
      std::string text;
      std::vector<std::uint8_t> slots;
      draw(text, &slots);
      if (auto block = Block::make(std::move(text), slots, numbers)) {
        if (blocks_.size() == most_) blocks_.clear();
        return blocks_.emplace(shape, std::move(*block)).first->second.append(out, numbers);
      }
    }
    draw(out, nullptr);
  }

 private:
  class Block {
   public:
    /// Nullopt where a line break has fallen into a number: such a block fits no other numbers.
    static std::optional<Block> make(std::string text, const std::vector<std::uint8_t>& slots, const Numbers& numbers);
    void append(std::string& out, const Numbers& numbers) const;

   private:
    struct Spot {
      std::uint32_t begin;
      std::uint8_t slot;
    };
    std::string text_;
    std::vector<Spot> spots_;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::size_t most_;
  std::unordered_map<std::string, Block, Hash, std::equal_to<>> blocks_;
};

}  // namespace echolab::capture
