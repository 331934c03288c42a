#include <fmt/format.h>

#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"
#include "tools/lab/story/story.hpp"
#include "tools/lab/story/texts.hpp"

namespace echolab::lab {
namespace {

using capture::Ink;

class TextStory final : public Story {
 public:
  explicit TextStory(const capture::LadderOptions& options)
      : options_(options), ladder_(options), paint_(options.color) {}

  std::string begin(const Scenario& scenario) override;
  std::string tell(const Event& event) override;
  std::string end(const Scenario& scenario, const std::vector<Judge::Verdict>& verdicts) override;

 private:
  template <class... Args>
  std::string say(const Text& text, const Args&... args) const {
    return fmt::format(fmt::runtime(text.in(options_.language)), args...);
  }
  std::string name(Host host) const { return say(host == Host::client ? texts::client : texts::server); }
  static Ink ink(Host host) { return host == Host::client ? Ink::client : Ink::server; }
  std::string safe(std::string_view text) const { return capture::printable(text, options_.ascii); }
  std::string paragraph(std::string_view text, Ink ink) const;

  std::string tell(const WireEvent& event);
  std::string tell(const CallEvent& event);
  std::string tell(const OutputEvent& event);
  std::string tell(const ExitEvent& event);
  std::string fate(const WireEvent& event) const;
  std::string kernels(const WireEvent& event) const;
  std::string of_kernel(capture::State state) const {
    return state == capture::State::unknown ? say(texts::no_kernel) : std::string(to_string(state));
  }
  bool quiet() const { return options_.verbosity == Verbosity::quiet; }
  std::string waiting_call();
  std::string call_line(const CallEvent& start, const CallEvent* end);

  capture::LadderOptions options_;
  capture::Ladder ladder_;
  capture::Paint paint_;
  std::optional<CallEvent> started_;  // told with its return, if nothing comes between
  Tally tally_;
};

std::string TextStory::paragraph(std::string_view text, Ink ink) const {
  std::string out;
  for (const std::string& line : capture::wrap(text, options_.columns)) {
    paint_(out, ink, line);
    out += '\n';
  }
  return out;
}

std::string TextStory::begin(const Scenario& scenario) {
  const auto words = [&](const OwnedText& both) { return capture::printable_lines(both.in(options_.language)); };
  std::string out = paragraph(words(scenario.title), Ink::bold);
  if (!words(scenario.question).empty()) out += paragraph(say(texts::question, words(scenario.question)), Ink::plain);
  std::string rules;
  for (const Rule& rule : scenario.rules) rules += (rules.empty() ? "" : " · ") + to_string(rule);
  if (!rules.empty()) out += paragraph(say(texts::rules, rules), Ink::plain);
  return out + "\n";
}

std::string TextStory::tell(const Event& event) {
  tally_.count(event);
  const auto* call = std::get_if<CallEvent>(&event);
  std::string out;
  const bool goes_on =
      call && call->returned && started_ && started_->host == call->host && started_->call == call->call;
  if (!goes_on) out = waiting_call();
  return out + std::visit([&](const auto& what) { return tell(what); }, event);
}

/// A call that has not returned yet: something else happens while it waits.
std::string TextStory::waiting_call() {
  if (!started_) return {};
  const CallEvent start = *std::exchange(started_, std::nullopt);
  return call_line(start, nullptr);
}

std::string TextStory::call_line(const CallEvent& start, const CallEvent* end) {
  std::string text = fmt::format("{}: {}({})", name(start.host), start.call, start.arguments);
  if (end) text += " = " + end->result;
  const std::string& meaning = end && !end->text.empty() ? end->text : start.text;
  if (!meaning.empty() && !quiet()) text += " · " + meaning;
  return ladder_.happening(start.time, safe(text), ink(start.host));
}

std::string TextStory::tell(const CallEvent& event) {
  if (!event.returned) {
    started_ = event;
    return {};
  }
  if (started_) {
    const CallEvent start = *std::exchange(started_, std::nullopt);
    return call_line(start, &event);
  }
  std::string text = fmt::format("{}: {} = {}", name(event.host), event.call, event.result);
  if (!event.text.empty() && !quiet()) text += " · " + event.text;
  return ladder_.happening(event.time, safe(text), ink(event.host));
}

std::string TextStory::tell(const OutputEvent& event) {
  return ladder_.happening(event.time, say(texts::says, name(event.host), safe(event.program), safe(event.line)),
                           ink(event.host));
}

std::string TextStory::tell(const ExitEvent& event) {
  const auto& text = event.status < 0 ? texts::killed : texts::ended;
  return ladder_.happening(event.time, say(text, name(event.host), safe(event.program), std::abs(event.status)),
                           ink(event.host));
}

std::string TextStory::tell(const WireEvent& event) {
  const Arrival arrival = row_of(event.fate).arrival;
  const bool lost = arrival == Arrival::never || arrival == Arrival::damaged;
  std::string out = ladder_.line(event.observation, lost ? capture::Arrival::lost : capture::Arrival::told);
  if (const std::string what = fate(event); !what.empty()) out += ladder_.aside(what, Ink::warning);
  return out + kernels(event);
}

std::string TextStory::fate(const WireEvent& event) const {
  std::string text = say(row_of(event.fate).told);
  if (text.empty()) return text;
  if (!event.rule.empty()) text += say(texts::by_rule, event.rule);
  if (event.by_chance) text += say(texts::by_chance);
  return text;
}

std::string TextStory::kernels(const WireEvent& event) const {
  if (!event.kernel) return {};
  const auto states = [&](const Text& text) {
    return say(text, of_kernel(event.kernel->client), of_kernel(event.kernel->server));
  };
  const bool later = event.inferred_later.has_value();
  if (event.difference == Difference::none)
    return quiet() ? std::string()
                   : ladder_.aside(states(later ? texts::kernel_agrees_later : texts::kernel_agrees), Ink::faint);
  std::string out = ladder_.aside(states(later ? texts::kernel_differs_later : texts::kernel_differs), Ink::note);
  switch (event.difference) {
    case Difference::none: break;
    case Difference::no_listener: return out + ladder_.aside(say(texts::no_listener), Ink::note);
    case Difference::gave_up: return out + ladder_.aside(say(texts::gave_up), Ink::note);
    case Difference::timed_out: return out + ladder_.aside(say(texts::timed_out), Ink::note);
    case Difference::unnamed: return out + ladder_.aside(say(texts::unnamed), Ink::warning);
  }
  return out;
}

std::string TextStory::end(const Scenario& scenario, const std::vector<Judge::Verdict>& verdicts) {
  std::string out = waiting_call() + "\n";
  if (!verdicts.empty()) out += paragraph(say(texts::checks), Ink::bold);
  for (const Judge::Verdict& verdict : verdicts) {
    const std::string mark = options_.ascii ? (verdict.held ? "[ok] " : "[NO] ") : (verdict.held ? "✓ " : "✗ ");
    out += paragraph(mark + capture::printable_lines(verdict.check->text.in(options_.language)),
                     verdict.held ? Ink::plain : Ink::warning);
    if (!verdict.held) out += paragraph("  " + say(texts::missing, safe(verdict.missing)), Ink::warning);
  }
  std::string counted;
  for (const FateRow& row : fates)
    if (!row.counted.empty()) counted += (counted.empty() ? "" : ", ") + say(row.counted, tally_.of(row.fate));
  out += paragraph(say(texts::wire, counted), Ink::plain);
  const auto compared = tally_.agreed + tally_.named + tally_.unnamed;
  if (compared > tally_.agreed)
    out += paragraph(say(texts::differed, compared, tally_.named, tally_.unnamed), Ink::plain);
  else if (compared > 0)
    out += paragraph(say(texts::agreed, compared), Ink::plain);
  const std::string answer = capture::printable_lines(scenario.answer.in(options_.language));
  if (!answer.empty()) out += "\n" + paragraph(say(texts::answer, answer), Ink::plain);
  return out;
}

}  // namespace

std::unique_ptr<Story> text_story(const capture::LadderOptions& options) {
  return std::make_unique<TextStory>(options);
}

void Tally::count(const Event& event) {
  const auto* wire = std::get_if<WireEvent>(&event);
  if (!wire) return;
  ++fates[static_cast<std::size_t>(wire->fate)];
  if (!wire->kernel) return;
  ++(wire->difference == Difference::none ? agreed : wire->difference == Difference::unnamed ? unnamed : named);
}

}  // namespace echolab::lab
