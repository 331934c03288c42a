#include "capture/track/sent_segments.hpp"

#include <algorithm>
#include <memory>

namespace echolab::capture {

void SentSegment::is_sent_again(SeqNum first, SeqNum last) {
  if (first.before(begin)) first = begin;
  if (end.before(last)) last = end;
  const bool continues = sent_again && first.at_or_before(again_end) && again_begin.at_or_before(last);
  if (continues && again_begin.before(first)) first = again_begin;
  if (continues && last.before(again_end)) last = again_end;
  again_begin = first, again_end = last, sent_again = true;
}

void SentSegments::add(const SentSegment& sent) {
  if (all().size() >= most) forget_first(most / 4);
  constexpr std::size_t at_first = 4;  // what an end of a short conversation sends
  if (sent_.capacity() == 0) sent_.reserve(at_first);
  sent_.push_back(sent);
}

std::optional<SentSegment> SentSegments::acknowledge(SeqNum number) {
  std::optional<SentSegment> latest;
  std::size_t done = 0;
  for (const SentSegment& sent : all()) {
    if (number.before(sent.end)) break;
    latest = sent;
    ++done;
  }
  if (done > kept_when_acknowledged) forget_first(done - kept_when_acknowledged);
  return latest;
}

std::optional<SentSegment> SentSegments::latest_answered(SeqNum before, SeqNum number) const {
  const auto sent = all();
  const auto found = std::find_if(sent.rbegin(), sent.rend(), [&](const SentSegment& it) {
    return before.before(it.end) && it.end.at_or_before(number) && !it.selectively_acknowledged;
  });
  return found == sent.rend() ? std::nullopt : std::optional(*found);
}

std::optional<SentSegment> SentSegments::copy_stamped(std::uint32_t timestamp, const SentSegment& sent) const {
  if (!sent.is_copy || !sent.has_timestamp || sent.timestamp == timestamp) return std::nullopt;
  for (const SentSegment& it : all())
    if (it.has_timestamp && it.timestamp == timestamp && it.overlaps(sent.begin, sent.end)) return it;
  return std::nullopt;
}

const SentSegment* SentSegments::copy_of(const SentSegment& sent) const {
  const auto after = std::span(&sent + 1, std::to_address(sent_.end()));
  const auto found =
      std::ranges::find_if(after, [&](const SentSegment& it) { return it.overlaps(sent.begin, sent.end); });
  return found == after.end() ? nullptr : &*found;
}

std::uint64_t SentSegments::original_frame(const SentSegment& copy) const {
  const auto found = std::ranges::find_if(all(), [&](const SentSegment& it) {
    const bool refused = it.syn && it.arrived_in_part;
    return it.end == copy.end && !it.thought_lost && !refused && it.at.frame < copy.at.frame;
  });
  return found == all().end() ? 0 : found->at.frame;
}

const SentSegment* SentSegments::carrier_of(SeqNum number) const {
  const auto sent = all();
  const auto found = std::find_if(sent.rbegin(), sent.rend(), [number](const SentSegment& it) {
    return it.begin.at_or_before(number) && number.before(it.end);
  });
  return found == sent.rend() ? nullptr : &*found;
}

const SentSegment* SentSegments::original_of(SeqNum begin, SeqNum end) const {
  const auto sent = all();
  const auto same = std::find_if(sent.rbegin(), sent.rend(),
                                 [&](const SentSegment& it) { return it.begin == begin && it.end == end; });
  return same == sent.rend() ? carrier_of(begin) : &*same;
}

void SentSegments::forget_first(std::size_t count) {
  first_ += count;
  if (first_ < sent_.size() / 2) return;
  sent_.erase(sent_.begin(), sent_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
  constexpr std::size_t usual = 16;  // what a burst needed is given back
  if (sent_.capacity() > usual && sent_.size() <= kept_when_acknowledged) sent_.shrink_to_fit();
}

}  // namespace echolab::capture
