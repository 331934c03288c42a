#include "capture/render/drawn.hpp"

#include <cstring>

namespace echolab::capture {

std::optional<DrawnBlocks::Block> DrawnBlocks::Block::make(std::string text, const std::vector<std::uint8_t>& slots,
                                                           const Numbers& numbers) {
  constexpr char marks[] = {Wording::slot_mark, Wording::other_mark, '\0'};
  Block block;
  std::size_t from = 0;
  for (const std::uint8_t slot : slots) {
    const std::size_t begin = text.find_first_of(marks, from), length = numbers[slot].size();
    if (begin == text.npos) return std::nullopt;
    if (text.find_first_not_of(text[begin], begin) < begin + length) return std::nullopt;
    block.spots_.push_back({static_cast<std::uint32_t>(begin), slot});
    from = begin + length;
  }
  if (text.find_first_of(marks, from) != text.npos) return std::nullopt;
  block.text_ = std::move(text);
  return block;
}

void DrawnBlocks::Block::append(std::string& out, const Numbers& numbers) const {
  const std::size_t base = out.size();
  out.append(text_);
  for (const auto& [begin, slot] : spots_) {
    const std::string_view digits = numbers[slot];
    std::memcpy(out.data() + base + begin, digits.data(), digits.size());
  }
}

}  // namespace echolab::capture
