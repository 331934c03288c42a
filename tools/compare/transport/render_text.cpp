#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "capture/render/escape.hpp"
#include "capture/render/paint.hpp"
#include "capture/render/width.hpp"
#include "tools/compare/transport/render.hpp"

namespace echolab::compare {
namespace {

using capture::Ink;
using capture::pad_left;
using capture::pad_right;

class Page {
 public:
  explicit Page(const Look& look)
      : look_(look), paint_(look.color), width_(std::clamp(look.columns, 30, 100)), narrow_(width_ < 70) {}

  void paragraph(std::string_view text, int indent, Ink ink) {
    for (const std::string& line : capture::wrap(text, width_ - indent)) {
      out_.append(static_cast<std::size_t>(indent), ' ');
      paint_(out_, ink, line);
      out_ += '\n';
    }
  }
  void gap() { out_ += '\n'; }

  void row(const Row& row) {
    const Measure& measure = *row.measure;
    if (!measure.heading.empty()) head(measure.heading.in(look_.language));
    if (narrow_)
      list(row);
    else
      columns(row);
    if (!measured(row)) return;
    std::string why(measure.because.in(look_.language));
    if (measure.claim) why += fmt::format(" [{}]", static_cast<int>(*measure.claim));
    remark(why);
  }
  /// What follows from a row, below it; nothing where there is nothing to say.
  void remark(std::string_view text) {
    if (!text.empty()) paragraph(text, 4, Ink::faint);
  }

  void judgement(Claim claim, const std::vector<Row>& rows) {
    const auto number = static_cast<int>(claim);
    const Language language = look_.language;
    paragraph(
        fmt::format("[{}] {}: {}. {}", number, post.in(language), said(claim).in(language), verdict_of(claim, rows)), 0,
        Ink::post);
    paragraph(found(claim, rows, language), 4, Ink::plain);
  }

  std::string take() { return std::move(out_); }

 private:
  void head(std::string_view text) {
    gap();
    std::string line(text);
    if (!narrow_) {
      line = pad_right(line, label_width);
      for (const Client client : clients) line += pad_left(name_of(client, look_.language), value_width);
    }
    paint_(out_, Ink::bold, line);
    out_ += '\n';
  }

  static constexpr Text post{"The post says", "글에서는"};
  static constexpr int label_width = 30, value_width = 13;

  static bool measured(const Row& row) {
    return std::ranges::any_of(
        clients, [&](Client client) { return !std::holds_alternative<std::monostate>(row.value[client]); });
  }

  std::string value_of(const Row& row, Client client) const {
    return shown(row.value[client], row.measure->unit, look_.language, look_.ascii);
  }
  void columns(const Row& row) {
    out_ += pad_right(fmt::format("  {}", row.measure->label.in(look_.language)), label_width);
    for (const Client client : clients) out_ += pad_left(value_of(row, client), value_width);
    out_ += "\n";
  }
  void list(const Row& row) {
    paragraph(row.measure->label.in(look_.language), 2, Ink::plain);
    std::string values;
    for (const Client client : clients)
      values +=
          fmt::format("{}{} {}", values.empty() ? "" : ", ", name_of(client, look_.language), value_of(row, client));
    paragraph(values, 4, Ink::plain);
  }

  std::string verdict_of(Claim claim, const std::vector<Row>& rows) const {
    std::string words(words_of(judge(claim, rows)).in(look_.language));
    if (look_.language == Language::en) words.front() = static_cast<char>(std::toupper(words.front()));
    return words + ".";
  }

  const Look& look_;
  capture::Paint paint_;
  int width_;
  bool narrow_;
  std::string out_;
};

constexpr Text claims_head{"What the post says, and what was measured", "글의 주장과 측정 결과"};
constexpr Text no_packets{
    "Packets could not be seen ({}): rows that need them say \"{}\". --on lab needs no right; here it takes sudo, or a "
    "private network.",
    "패킷을 볼 수 없었습니다({}). 패킷이 있어야 하는 줄은 \"{}\"입니다. --on lab에는 권한이 필요 없습니다. 여기서 "
    "보려면 "
    "sudo로, 또는 전용 네트워크 안에서 실행합니다."};

}  // namespace

std::string as_text(const Findings& findings, const std::vector<Row>& rows, const Look& look) {
  const Plan& plan = findings.plan;
  Page page(look);
  page.paragraph(work_words(plan, look.language), 0, Ink::bold);
  page.paragraph(place_words(plan, look.language), 0, Ink::plain);
  if (!findings.blind.empty())
    page.paragraph(fmt::format(fmt::runtime(no_packets.in(look.language)), capture::printable(findings.blind),
                               shown(Value(), Unit::packets, look.language, look.ascii)),
                   0, Ink::note);
  page.paragraph(retry_words(look.language), 0, Ink::plain);
  for (const Row& row : rows) {
    page.row(row);
    page.remark(remark_on(row, rows, look.language));
    page.remark(spread_words(row, plan, look.language));
  }
  page.gap();
  page.paragraph(claims_head.in(look.language), 0, Ink::bold);
  for (const Claim claim : claims) page.judgement(claim, rows);
  return page.take();
}

}  // namespace echolab::compare
