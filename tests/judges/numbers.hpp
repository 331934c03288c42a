// Which sequence numbers one end's payload has covered, as a set of ranges: nothing is assumed of their order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>

namespace echolab::test {

class Numbers {
 public:
  /// A sequence number without its wrapping: as far from the highest so far as 32 bits can tell.
  std::int64_t place(std::uint32_t number) {
    if (!highest_) highest_ = number;
    return *highest_ + static_cast<std::int32_t>(number - static_cast<std::uint32_t>(*highest_));
  }

  /// `length` bytes of payload from `seq` on; behind the SYN's number, if it has one. A SYN's number carries no byte,
  /// whatever a later segment puts there (RFC 9293, 3.4).
  void add(std::uint32_t seq, bool syn, std::uint32_t length) {
    const std::int64_t begin = place(seq);
    if (syn) syn_ = begin;
    unite(begin + syn, begin + syn + length);
  }

  std::uint64_t count() const {
    std::int64_t sum = 0;
    for (const auto& [begin, end] : ranges_) sum += end - begin - (syn_ && begin <= *syn_ && *syn_ < end);
    return static_cast<std::uint64_t>(sum);
  }

 private:
  void unite(std::int64_t begin, std::int64_t end) {
    highest_ = std::max(*highest_, end);
    if (begin == end) return;
    auto next = ranges_.upper_bound(begin);
    if (next != ranges_.begin() && std::prev(next)->second >= begin) --next;
    while (next != ranges_.end() && next->first <= end) {
      begin = std::min(begin, next->first);
      end = std::max(end, next->second);
      next = ranges_.erase(next);
    }
    ranges_[begin] = end;
  }

  std::optional<std::int64_t> highest_, syn_;
  std::map<std::int64_t, std::int64_t> ranges_;  // begin to end; they neither touch nor overlap
};

}  // namespace echolab::test
