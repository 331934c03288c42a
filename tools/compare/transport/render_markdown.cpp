#include <fmt/format.h>

#include "tools/compare/transport/render.hpp"

namespace echolab::compare {
namespace {

constexpr Text title{"TCP and UDP on the same work", "같은 일을 하는 TCP와 UDP"};
constexpr Text columns{"measure | TCP | UDP | difference | why", "측정값 | TCP | UDP | 차이 | 이유"};
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
  if (!findings.blind.empty()) page += fmt::format(fmt::runtime(no_packets.in(language)), cell(findings.blind)) + "\n";
  for (const Row& row : rows) {
    const auto& words = words_of(row.measure);
    if (const auto heading = heading_before(row.measure); !heading.empty())
      page += fmt::format("\n### {}\n\n| {} |\n|---|--:|--:|---|---|\n", heading.in(language), columns.in(language));
    std::string why(words.because.in(language));
    if (words.claim) why += fmt::format(" ({})", static_cast<int>(*words.claim));
    if (const auto runs = spread_words(row, plan, language); !runs.empty()) why += " " + runs;
    const Unit unit = unit_of(row.measure);
    page += fmt::format("| {} | {} | {} | {} | {} |\n", cell(words.label.in(language)),
                        cell(shown(row.value.tcp, unit, language)), cell(shown(row.value.udp, unit, language)),
                        cell(difference(row, language)), cell(why));
  }
  page += fmt::format("\n### {}\n\n", claims_head.in(language));
  for (const Claim claim : claims)
    page += fmt::format("{}. \"{}\" **{}** {}\n", static_cast<int>(claim), cell(said(claim).in(language)),
                        words_of(judge(claim, rows)).in(language), cell(found(claim, rows, language)));
  return page;
}

}  // namespace echolab::compare
