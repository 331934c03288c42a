#include <fmt/format.h>

#include "capture/render/clock.hpp"
#include "capture/render/json.hpp"
#include "tools/lab/story/story.hpp"

namespace echolab::lab {
namespace {

using capture::json_string;

std::string pair(std::string_view name, const States& states) {
  return fmt::format(R"(,"{}":{{"client":"{}","server":"{}"}})", name, to_string(states.client),
                     to_string(states.server));
}

/// One object a line; DESIGN's section 4 says which members scripts may rely on.
class JsonStory final : public Story {
 public:
  explicit JsonStory(Language language) : language_(language) {}

  std::string begin(const Scenario& scenario) override {
    return fmt::format(R"({{"v":1,"kind":"scenario","name":{},"title":{}}})", json_string(scenario.name),
                       json_string(scenario.title.in(language_))) +
           "\n";
  }
  std::string tell(const Event& event) override {
    tally_.count(event);
    return std::visit([&](const auto& what) { return line(what); }, event) + "\n";
  }
  std::string end(const Scenario& scenario, const std::vector<Judge::Verdict>& verdicts) override;

 private:
  std::string line(const WireEvent& event) const;
  std::string line(const CallEvent& event) const;
  std::string line(const OutputEvent& event) const;
  std::string line(const ExitEvent& event) const;

  Language language_;
  Tally tally_;
};

std::string JsonStory::line(const WireEvent& event) const {
  std::string first = fmt::format(R"(,"event":"{}")", to_string(event.fate)), last;
  if (event.copy > 1) first += fmt::format(R"(,"copy":{})", event.copy);
  if (!event.rule.empty()) first += fmt::format(R"(,"rule":{})", json_string(event.rule));
  if (event.by_chance) first += R"(,"by_chance":true)";
  if (event.kernel) {
    last = pair("kernel", *event.kernel) +
           pair("inferred", event.inferred_later.value_or(states_of(*event.observation.tcp))) +
           fmt::format(R"(,"agree":{})", event.difference == Difference::none);
    if (event.inferred_later) last += R"(,"read_late":true)";
    if (event.difference != Difference::none) last += fmt::format(R"(,"difference":"{}")", to_string(event.difference));
  }
  return to_json(event.observation, language_, {.kind = "wire", .first = first, .last = last});
}

std::string JsonStory::line(const CallEvent& event) const {
  std::string out =
      fmt::format(R"({{"v":1,"kind":"call","role":"{}","call":{},"time":"{}","phase":"{}","arguments":{})",
                  to_string(event.host), json_string(event.call), std::string_view(capture::UnixTime(event.time)),
                  event.returned ? "return" : "start", json_string(event.arguments));
  if (event.returned) out += fmt::format(R"(,"result":{})", json_string(event.result));
  return out + fmt::format(R"(,"text":{}}})", json_string(event.text));
}

std::string JsonStory::line(const OutputEvent& event) const {
  return fmt::format(R"({{"v":1,"kind":"output","role":"{}","program":{},"error":{},"text":{}}})",
                     to_string(event.host), json_string(event.program), event.error, json_string(event.line));
}

std::string JsonStory::line(const ExitEvent& event) const {
  return fmt::format(R"({{"v":1,"kind":"exit","role":"{}","program":{},"{}":{}}})", to_string(event.host),
                     json_string(event.program), event.status < 0 ? "signal" : "status", std::abs(event.status));
}

std::string JsonStory::end(const Scenario&, const std::vector<Judge::Verdict>& verdicts) {
  std::string out;
  bool all = true;
  for (const Judge::Verdict& verdict : verdicts) {
    out += fmt::format(R"({{"v":1,"kind":"check","text":{},"held":{})", json_string(verdict.check->text.in(language_)),
                       verdict.held);
    if (!verdict.held) out += fmt::format(R"(,"missing":{})", json_string(verdict.missing));
    out += "}\n";
    all = all && verdict.held;
  }
  out += R"({"v":1,"kind":"summary")";
  for (const FateRow& row : fates)
    if (!row.counted.empty()) out += fmt::format(R"(,"{}":{})", row.event, tally_.of(row.fate));
  return out +
         fmt::format(R"(,"agreed":{},"named":{},"unnamed":{},"held":{}}})", tally_.agreed, tally_.named, tally_.unnamed,
                     all) +
         "\n";
}

}  // namespace

std::unique_ptr<Story> json_story(Language language) { return std::make_unique<JsonStory>(language); }

}  // namespace echolab::lab
