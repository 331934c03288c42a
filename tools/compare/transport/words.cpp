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

constexpr double much_the_same_time = 1.1;
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
  if (more / less < much_the_same_time) return std::string(much_the_same.in(language));
  return filled({"{} {:.1f} times", "{}가 {:.1f}배"}, language, who, more / less);
}

}  // namespace

std::string shown(const Value& value, Unit unit, Language language, bool ascii) {
  if (const auto* word = std::get_if<Word>(&value)) return std::string(texts_of(*word).text.in(language));
  if (const auto* number = std::get_if<double>(&value)) return shown(*number, unit);
  return ascii ? "-" : "–";
}

std::string difference(const Row& row, Language language) {
  const auto tcp = number(row.value.tcp), udp = number(row.value.udp);
  if (tcp && udp) return difference(*tcp, *udp, row.measure->unit, language);
  const bool words = std::holds_alternative<Word>(row.value.tcp) && row.value.tcp == row.value.udp;
  return words ? std::string(same.in(language)) : std::string();
}

std::string spread_words(const Row& row, const Plan& plan, Language language) {
  const Unit unit = row.measure->unit;
  const bool is_time = unit == Unit::milliseconds;
  std::string text;
  for (const Client client : clients) {
    const auto& spread = row.spread[client];
    if (!spread || spread->most <= spread->least * (is_time ? much_the_same_time : 1)) continue;
    text += text.empty() ? filled({"{} runs: ", "{}번 실행: "}, language, plan.runs) : "; ";
    text += filled({"{} {} to {}", "{} {}~{}"}, language, name_of(client, language), shown(spread->least, unit),
                   shown(spread->most, unit));
    if (!is_time) text += filled({", median {}", ", 중앙값 {}"}, language, shown(spread->median, unit));
    if (is_time && plan.line.delay.count() > 0)
      text += filled({" ({:.1f} times the delay)", " (지연의 {:.1f}배)"}, language,
                     spread->median / milliseconds(plan.line.delay));
  }
  return text;
}

std::string resent_words(const std::vector<Row>& rows, Language language) {
  const auto of = [&](MeasureName name) { return number(row_of(rows, name).value.udp_retry); };
  const auto resent = of("retransmissions"), early = of("retransmissions_too_early"), dropped = of("packets_dropped");
  if (!resent || !early || !dropped || (*resent == 0 && *dropped == 0)) return {};
  std::string text = filled({"{}: {} dropped, {} sent again", "{}: {}개를 버렸고 {}개를 다시 보냈습니다"}, language,
                            name_of(Client::udp_retry, language), *dropped, *resent);
  if (*early > 0) text += filled({"; {} of them too early", ". 그중 {}개는 너무 일렀습니다"}, language, *early);
  if (const double unmissed = *dropped + *early - *resent; unmissed > 0)
    text +=
        filled({"; {} of the dropped were copies that nobody missed", ". 버린 것 가운데 {}개는 없어도 되는 사본입니다"},
               language, unmissed);
  return text + ".";
}

std::string remark_on(const Row& row, const std::vector<Row>& rows, Language language) {
  return row.measure->remark ? row.measure->remark(rows, language) : std::string();
}

std::string_view name_of(Client client, Language language) {
  static constexpr Text retry{"UDP+retry", "UDP+재전송"};
  return client == Client::tcp ? "TCP" : client == Client::udp ? "UDP" : retry.in(language);
}

std::string retry_words(Language language) {
  return filled({"{}: UDP, and a program that tries again: one numbered message at a time, a time-out that doubles",
                 "{}: UDP 위에서 프로그램이 다시 보냅니다. 번호를 붙여 하나씩 보내고, 시간 제한은 매번 두 배가 됩니다"},
                language, name_of(Client::udp_retry, language));
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
  const double delay = milliseconds(plan.line.delay);
  if (plan.line.loss == 0)
    return filled({"in the lab: two hosts, a wire that takes {} ms each way and loses nothing",
                   "실험실에서: 호스트 두 대, 한쪽 방향에 {} ms 걸리고 아무것도 잃지 않는 와이어"},
                  language, fmt::format("{:g}", delay));
  return filled({"in the lab: two hosts, a wire that takes {} ms each way and loses {} % (seed {})",
                 "실험실에서: 호스트 두 대, 한쪽 방향에 {} ms 걸리고 {} %를 잃는 와이어 (seed {})"},
                language, fmt::format("{:g}", delay), fmt::format("{:g}", plan.line.loss * 100), plan.line.seed);
}

}  // namespace echolab::compare
