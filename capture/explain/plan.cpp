#include "capture/explain/plan.hpp"

namespace echolab::capture {

void Plan::clear() {
  items_.clear();
  texts_.clear();
  lists_.clear();
  slots_ = 0;
  protocol = section = {};
  severity = Severity::plain;
}

Plan::Item& Plan::add(const Sentence& sentence, std::initializer_list<Value> values) {
  Item& item = items_.emplace_back();
  item.sentence = &sentence;
  for (const Value& value : values) {
    if ((sentence.blanks & bit(value.blank)) == 0) continue;  // one of several sentences, and others have it
    Value& kept = item.values[item.count++] = value;
    if (is_slot(value.blank)) kept.slot = slots_++;
  }
  return item;
}

Given<Blank::frames> Plan::frames(std::span<const std::uint64_t> list) {
  const std::uint64_t begin = lists_.size();
  lists_.insert(lists_.end(), list.begin(), list.end());
  return {{Blank::frames, 0, static_cast<std::uint16_t>(list.size()), begin}};
}

}  // namespace echolab::capture
