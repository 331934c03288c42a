// Which bytes have been there at least once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

namespace echolab::compare {

class Coverage {
 public:
  /// The bytes from `begin` up to, but not including, `end`.
  void add(std::uint64_t begin, std::uint64_t end) {
    if (begin >= end) return;
    auto next = ranges_.upper_bound(begin);
    if (next != ranges_.begin() && std::prev(next)->second >= begin) --next;
    while (next != ranges_.end() && next->first <= end) {  // one range of all that touch it
      begin = std::min(begin, next->first);
      end = std::max(end, next->second);
      size_ -= next->second - next->first;
      next = ranges_.erase(next);
    }
    ranges_.emplace(begin, end);
    size_ += end - begin;
  }
  std::uint64_t size() const { return size_; }

 private:
  std::map<std::uint64_t, std::uint64_t> ranges_;  // begin, end: they do not touch each other
  std::uint64_t size_ = 0;
};

}  // namespace echolab::compare
