#include "capture/render/annotation.hpp"

#include <array>

#include "capture/explain/explain.hpp"
#include "capture/explain/notes.hpp"
#include "capture/render/wording.hpp"

namespace echolab::capture {
namespace {

void append_sentence(std::string& out, const Wording& words, const Plan::Item& item) {
  if (!out.empty()) out += ' ';
  words.append(out, item);
}

std::string all_of(const Plan& plan, Language language) {
  std::string text;
  for (const Plan::Item& item : plan.items())
    if (!item.part) append_sentence(text, Wording(plan, language, true), item);
  return text;
}

std::string text_of(Side side, const Rule& rule) {
  std::string text(to_string(side));
  text.append(": ").append(to_string(rule.from)).append(", ").append(to_string(rule.event)).append(" -> ");
  return text.append(to_string(rule.to)).append(" (RFC 9293 ").append(rule.section).append(")");
}

}  // namespace

const std::string& rule_text(const Firing& firing) {
  static const auto texts = [] {
    std::array<std::vector<std::string>, 2> made;
    for (const Side side : {Side::client, Side::server})
      for (const Rule& rule : transition_table()) made[static_cast<std::size_t>(side)].push_back(text_of(side, rule));
    return made;
  }();
  const auto row = static_cast<std::size_t>(firing.rule - transition_table().data());
  return texts[static_cast<std::size_t>(firing.side)][row];
}

Annotation annotate(const Observation& seen, Language language) {
  Plan plan;
  explain(seen, plan);
  const Wording whole(plan, language, true), usual(plan, language, false);
  Annotation told;
  for (const Plan::Item& item : plan.items()) {
    if (item.part) continue;
    switch (item.sentence->level) {
      case Level::headline: whole.append(told.headline, item); break;
      case Level::advice:
        if (!item.unsuited) whole.append(told.advice.emplace_back(), item);
        break;
      case Level::post: whole.append(told.post, item); break;
      case Level::move:
      case Level::fact:
      case Level::detail:
        append_sentence(told.text, whole, item);
        if (is_told(item, Verbosity::usual)) append_sentence(told.usual, usual, item);
    }
  }
  if (seen.tcp)
    for (const Firing& firing : seen.tcp->firings()) told.rules.push_back(rule_text(firing));
  told.section.append(plan.protocol).append(plan.section.empty() ? "" : " ").append(plan.section);
  told.severity = plan.severity;
  return told;
}

std::string sentence(const UnfinishedPacket& packet, Language language) {
  Plan plan;
  explain(packet, plan);
  return all_of(plan, language);
}

std::string sentence(const StreamSummary& stream, Language language) {
  Plan plan;
  explain(stream, plan);
  return all_of(plan, language);
}

std::string sentence(Note note, Language language) {
  constexpr std::uint64_t one[] = {4};
  Plan plan;
  plan.say(text_of(note).says, who(Side::client), peer(Side::server), Plan::nothing<Blank::copy>(), ack(1001),
           number(65535), window(65535), plan.frames(one));
  std::string text;
  Wording(plan, language, true).append(text, plan.items().front());
  return text;
}

}  // namespace echolab::capture
