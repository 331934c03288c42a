#include "tools/lab/program/copies.hpp"

#include <algorithm>
#include <utility>

namespace echolab::lab {

bool Copies::hold(std::uint64_t frame, std::optional<std::uint64_t> copy_of) {
  for (auto& [held, copies] : behind_) {
    if (held != copy_of && (!copy_of || std::ranges::find(copies, *copy_of) == copies.end())) continue;
    copies.push_back(frame);
    return true;
  }
  behind_[frame];
  return false;
}

bool Copies::is_folded(std::uint64_t frame) const {
  return std::ranges::any_of(
      behind_, [frame](const auto& held) { return std::ranges::find(held.second, frame) != held.second.end(); });
}

std::size_t Copies::behind(std::uint64_t frame) const {
  const auto found = behind_.find(frame);
  return found == behind_.end() ? 0 : found->second.size();
}

std::optional<std::uint64_t> Copies::original_of(std::uint64_t frame) const {
  const auto found = original_.find(frame);
  return found == original_.end() ? std::nullopt : std::optional(found->second);
}

void Copies::let_go(std::uint64_t frame) {
  const auto first = original_.extract(frame);
  auto gone = behind_.extract(frame);
  if (!gone || gone.mapped().empty()) return;
  auto copies = std::move(gone.mapped());
  const std::uint64_t next = copies.front();
  copies.erase(copies.begin());
  behind_[next] = std::move(copies);
  original_[next] = first ? first.mapped() : frame;
}

std::vector<std::uint64_t> Copies::take(std::uint64_t frame) {
  auto taken = std::exchange(behind_[frame], {});
  if (original_.contains(frame)) taken.push_back(frame);
  return taken;
}

}  // namespace echolab::lab
