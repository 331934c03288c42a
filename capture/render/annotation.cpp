#include "capture/render/annotation.hpp"

#include "capture/explain/explain.hpp"
#include "capture/explain/notes.hpp"
#include "capture/render/wording.hpp"

namespace echolab::capture {
namespace {

void append_sentence(std::string& out, const Wording& words, const Plan::Item& item) {
  if (!out.empty()) out += ' ';
  words.append(out, item);
}

}  // namespace

void append_rule(std::string& out, const Firing& firing) {
  const Rule& rule = *firing.rule;
  out.append(to_string(firing.side)).append(": ").append(to_string(rule.from)).append(", ");
  out.append(to_string(rule.event)).append(" -> ").append(to_string(rule.to));
  out.append(" (RFC 9293 ").append(rule.section).append(")");
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
      case Level::advice: whole.append(told.advice.emplace_back(), item); break;
      case Level::post: whole.append(told.post, item); break;
      case Level::move:
      case Level::fact:
      case Level::detail:
        append_sentence(told.text, whole, item);
        if (is_told(item, Verbosity::usual)) append_sentence(told.usual, usual, item);
    }
  }
  if (seen.tcp)
    for (const Firing& firing : seen.tcp->firings()) append_rule(told.rules.emplace_back(), firing);
  told.section.append(plan.protocol).append(plan.section.empty() ? "" : " ").append(plan.section);
  told.severity = plan.severity;
  return told;
}

std::string sentence(const UnfinishedPacket& packet, Language language) {
  Plan plan;
  explain(packet, plan);
  std::string text;
  for (const Plan::Item& item : plan.items()) append_sentence(text, Wording(plan, language, true), item);
  return text;
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
