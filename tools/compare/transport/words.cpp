#include "tools/compare/transport/words.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "net/address.hpp"

namespace echolab::compare {
namespace {

template <typename... Values>
std::string filled(const Text& text, Language language, const Values&... values) {
  return fmt::format(fmt::runtime(text.in(language)), values...);
}

/// Three digits that count: "0.052", "40.3", "1200".
std::string rounded(double value) {
  const double size = std::abs(value);
  if (size >= 100 || value == 0) return fmt::format("{:.0f}", value);
  if (size >= 10) return fmt::format("{:.1f}", value);
  return size >= 1 ? fmt::format("{:.2f}", value) : fmt::format("{:.2g}", value);
}

std::string bytes_per_second(double value) {
  if (value >= 1e6) return rounded(value / 1e6) + " MB/s";
  return value >= 1e3 ? rounded(value / 1e3) + " kB/s" : rounded(value) + " B/s";
}

std::string shown(double value, Unit unit) {
  switch (unit) {
    case Unit::share: return rounded(value * 100) + " %";
    case Unit::bytes: return rounded(value) + " B";
    case Unit::milliseconds: return value > 0 && value < 0.1 ? rounded(value * 1000) + " us" : rounded(value) + " ms";
    case Unit::microseconds: return rounded(value) + " us";
    case Unit::per_second: return rounded(value) + "/s";
    case Unit::bytes_per_second: return bytes_per_second(value);
    default: return value == std::floor(value) ? fmt::format("{:.0f}", value) : rounded(value);
  }
}

/// Whether two values of it are set against each other by a difference (counts) rather than by a ratio.
bool is_count(Unit unit) {
  return unit == Unit::packets || unit == Unit::bytes || unit == Unit::messages || unit == Unit::round_trips ||
         unit == Unit::sockets;
}

constexpr Text same{"the same", "같음"}, much_the_same{"much the same", "거의 같음"};

std::string difference(double tcp, double udp, Unit unit, Language language) {
  if (tcp == udp) return std::string(same.in(language));
  const bool tcp_more = tcp > udp;
  const std::string_view who = tcp_more ? "TCP" : "UDP";
  const double more = std::max(tcp, udp), less = std::min(tcp, udp);
  if (unit == Unit::share)
    return filled({"{} {} points more", "{}가 {}포인트 큼"}, language, who, rounded((more - less) * 100));
  if (is_count(unit)) return filled({"{} {} more", "{}가 {} 더 많음"}, language, who, shown(more - less, unit));
  if (less == 0) return {};
  if (more / less < 1.1) return std::string(much_the_same.in(language));
  return filled({"{} {:.1f} times", "{}가 {:.1f}배"}, language, who, more / less);
}

}  // namespace

std::string shown(const Value& value, Unit unit, Language language, bool ascii) {
  if (const auto* word = std::get_if<Word>(&value)) return std::string(words_of(*word).in(language));
  if (const auto* number = std::get_if<double>(&value)) return shown(*number, unit);
  return ascii ? "-" : "–";
}

std::string difference(const Row& row, Language language) {
  const auto tcp = number(row.value.tcp), udp = number(row.value.udp);
  if (tcp && udp) return difference(*tcp, *udp, unit_of(row.measure), language);
  const bool words = std::holds_alternative<Word>(row.value.tcp) && row.value.tcp == row.value.udp;
  return words ? std::string(same.in(language)) : std::string();
}

std::string spread_words(const Row& row, const Plan& plan, Language language) {
  const Unit unit = unit_of(row.measure);
  std::string text;
  for (const Protocol protocol : both) {
    const auto& spread = row.spread[protocol];
    if (!spread || spread->least == spread->most) continue;
    text += text.empty() ? filled({"{} runs: ", "{}번 실행: "}, language, plan.runs) : "; ";
    text +=
        filled({"{} {} to {}, median {}", "{} {}~{}, 중앙값 {}"}, language, protocol == Protocol::tcp ? "TCP" : "UDP",
               shown(spread->least, unit), shown(spread->most, unit), shown(spread->median, unit));
    if (unit == Unit::milliseconds && plan.line.delay.count() > 0)
      text += filled({" ({:.1f} times the delay)", " (지연의 {:.1f}배)"}, language,
                     spread->median / std::chrono::duration<double, std::milli>(plan.line.delay).count());
  }
  return text;
}

std::string work_words(const Plan& plan, Language language) {
  return filled(
      {"{} messages of {} bytes, there and back, one after the other", "{1}바이트 메시지 {0}개를 하나씩 보내고 되받기"},
      language, plan.messages, plan.size);
}

std::string place_words(const Plan& plan, Language language) {
  if (plan.place == Place::loopback)
    return std::string(
        Text{"on loopback: no wire, no delay, nothing is lost", "루프백에서: 와이어도 지연도 손실도 없음"}.in(
            language));
  if (plan.place == Place::foreign)
    return filled({"against servers that are not ours: TCP {}, UDP {}", "우리 것이 아닌 서버를 상대로: TCP {}, UDP {}"},
                  language, to_string(plan.servers.tcp), to_string(plan.servers.udp));
  const double delay = std::chrono::duration<double, std::milli>(plan.line.delay).count();
  if (plan.line.loss == 0)
    return filled({"in the lab: two hosts, a wire that takes {} ms each way and loses nothing",
                   "실험실에서: 호스트 두 대, 한쪽 방향에 {} ms 걸리고 아무것도 잃지 않는 와이어"},
                  language, fmt::format("{:g}", delay));
  return filled({"in the lab: two hosts, a wire that takes {} ms each way and loses {} % (seed {})",
                 "실험실에서: 호스트 두 대, 한쪽 방향에 {} ms 걸리고 {} %를 잃는 와이어 (seed {})"},
                language, fmt::format("{:g}", delay), fmt::format("{:g}", plan.line.loss * 100), plan.line.seed);
}

}  // namespace echolab::compare
