#include "capture/program/oddities.hpp"

namespace echolab::capture {

std::vector<Oddity> Oddities::first_seen(const Packet& packet) {
  std::vector<Oddity> news;
  const auto look = [&](Oddity oddity, bool shown) {
    bool& told = told_[static_cast<std::size_t>(oddity)];
    if (shown && !told) news.push_back(oddity);
    told = told || shown;
  };
  look(Oddity::longer_than_original, packet.bytes.size() > packet.original_length);
  look(Oddity::fraction_of_a_second, packet.time_mended);
  look(Oddity::without_time, !packet.has_time());
  if (!packet.has_time()) return news;
  look(Oddity::time_went_back, before_ && packet.time < *before_);
  before_ = packet.time;
  return news;
}

}  // namespace echolab::capture
