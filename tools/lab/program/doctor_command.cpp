// lab doctor: what this machine allows of all that the lab needs.
#include <fmt/format.h>

#include "capture/render/json.hpp"
#include "tools/lab/host/doctor.hpp"
#include "tools/lab/program/library.hpp"
#include "tools/lab/program/program_texts.hpp"

namespace echolab::lab {
namespace {

using cli::Exit;

std::string line(const Finding& finding, const cli::Common& common, Language language) {
  const auto mark = [&](const char* drawn, const char* ascii) { return common.ascii ? ascii : drawn; };
  const std::string_view what = finding.what.in(language);
  if (!finding.tried) return fmt::format("{} {}\n", mark("·", "-"), what);
  if (finding.ok) return fmt::format("{} {}\n", mark("✓", "[ok]"), what);
  std::string text = fmt::format("{} {}: {}", mark("✗", "[NO]"), what, finding.why.in(language));
  if (!finding.kernel.empty()) text += fmt::format(" ({})", finding.kernel);
  text += '\n';
  for (const std::string_view mend : finding.mends) text += fmt::format("    {}\n", mend);
  return text;
}

std::string json(const Finding& finding, Language language) {
  std::string mends;
  for (const std::string_view mend : finding.mends) mends += (mends.empty() ? "" : ",") + capture::json_string(mend);
  return fmt::format(R"({{"v":1,"kind":"finding","what":{},"tried":{},"ok":{},"why":{},"mends":[{}]}})",
                     capture::json_string(finding.what.in(language)), finding.tried, finding.ok,
                     capture::json_string(finding.why.in(language)), mends) +
         "\n";
}

}  // namespace

Exit doctor(const LabOptions& options, const cli::Common& common) {
  const auto language = common.lang;
  const auto findings = examine();
  for (const Finding& finding : findings)
    cli::print(options.json ? json(finding, language) : line(finding, common, language));
  const bool healthy = can_run(findings);
  if (!options.json) {
    const auto& verdict = healthy ? texts::healthy : texts::not_healthy;
    cli::print(fmt::format(fmt::runtime(verdict.in(common.lang)), options.started) + "\n");
  }
  return healthy ? Exit::done : Exit::missing;
}

}  // namespace echolab::lab
