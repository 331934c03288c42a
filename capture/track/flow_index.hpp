// Where each conversation is kept, by a hash of its ends: an open-addressed table with linear probing, at most two
// thirds full. Eight bytes a slot: what is compared lies with the conversation, and is looked at where all of the hash
// agrees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace echolab::capture {

class FlowIndex {
 public:
  using Place = std::uint32_t;
  static constexpr Place none = UINT32_MAX;

  /// The place of this hash that `is_it` takes; `none`: there is none.
  template <class IsIt>
  Place find(std::uint32_t hash, IsIt&& is_it) const {
    for (std::size_t at = home(hash); slots_[at].place != none; at = next(at))
      if (slots_[at].hash == hash && is_it(slots_[at].place)) return slots_[at].place;
    return none;
  }
  /// Precondition: it is not there yet.
  void insert(std::uint32_t hash, Place place);
  /// Precondition: it is there.
  void erase(std::uint32_t hash, Place place);
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    Place place = none;
  };
  std::size_t home(std::uint32_t hash) const { return hash & (slots_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void put(const Slot& slot);

  std::vector<Slot> slots_ = std::vector<Slot>(16);  // a power of two
  std::size_t count_ = 0;
};

}  // namespace echolab::capture
