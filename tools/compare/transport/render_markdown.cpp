#include <fmt/format.h>

#include "tools/compare/transport/render.hpp"

namespace echolab::compare {
namespace {

constexpr Text title{"TCP and UDP on the same work", "같은 일을 하는 TCP와 UDP"};
constexpr Text columns{"measure | TCP | UDP | {} | TCP and UDP | why", "측정값 | TCP | UDP | {} | TCP와 UDP | 이유"};
constexpr Text claims_head{"What the post says, and what was measured", "글의 주장과 측정 결과"};
constexpr Text no_packets{"Packets could not be seen: {}.", "패킷을 볼 수 없었습니다: {}."};

/// Nothing in a cell may end it, or begin markup.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    if (std::string_view("|\\`*_<>[]").find(character) != std::string_view::npos) safe += '\\';
    safe += character == '\n' ? ' ' : character;
  }
  return safe;
}

}  // namespace

std::string as_markdown(const Findings& findings, const std::vector<Row>& rows, Language language) {
  const Plan& plan = findings.plan;
  std::string page = fmt::format("## {}\n\n{}; {}.\n", title.in(language), cell(work_words(plan, language)),
                                 cell(place_words(plan, language)));
  page += cell(retry_words(language)) + ".\n";
  const std::string head = fmt::format(fmt::runtime(columns.in(language)), name_of(Client::udp_retry, language));
  if (!findings.blind.empty()) page += fmt::format(fmt::runtime(no_packets.in(language)), cell(findings.blind)) + "\n";
  for (const Row& row : rows) {
    const Measure& measure = *row.measure;
    if (!measure.heading.empty())
      page += fmt::format("\n### {}\n\n| {} |\n|---|--:|--:|--:|---|---|\n", measure.heading.in(language), head);
    std::string why(measure.because.in(language));
    if (measure.claim) why += fmt::format(" ({})", static_cast<int>(*measure.claim));
    if (const auto remark = remark_on(row, rows, language); !remark.empty()) why += " " + remark;
    if (const auto runs = spread_words(row, plan, language); !runs.empty()) why += " " + runs;
    page += fmt::format("| {} |", cell(measure.label.in(language)));
    for (const Client client : clients)
      page += fmt::format(" {} |", cell(shown(row.value[client], measure.unit, language)));
    page += fmt::format(" {} | {} |\n", cell(difference(row, language)), cell(why));
  }
  page += fmt::format("\n### {}\n\n", claims_head.in(language));
  for (const Claim claim : claims)
    page += fmt::format("{}. \"{}\" **{}** {}\n", static_cast<int>(claim), cell(said(claim).in(language)),
                        words_of(judge(claim, rows)).in(language), cell(found(claim, rows, language)));
  return page;
}

}  // namespace echolab::compare
