#include "capture/render/note_guide.hpp"

#include <string_view>

#include "capture/explain/notes.hpp"
#include "capture/render/annotation.hpp"
#include "capture/render/json_string.hpp"
#include "capture/render/width.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {
namespace {

/// Calls `use` with the name of each note of the set.
template <class Use>
void for_each_name(NoteSet notes, const Use& use) {
  for (const NoteRule& rule : notes::rules)
    if (notes.has(rule.note)) use(rule.name);
}

std::string list_of(NoteSet notes, std::string_view between) {
  std::string list;
  for_each_name(notes, [&](std::string_view name) { list.append(list.empty() ? "" : between).append(name); });
  return list;
}

void draw_indented(std::string& out, std::string_view text, int columns) {
  constexpr int indent = 4;
  for (const std::string& line : wrap(text, columns - indent)) out.append(indent, ' ').append(line).append("\n");
}

void append_names(JsonBuffer& out, std::string_view key, NoteSet notes) {
  append<",\"{}\":[">(out, key);
  std::string_view comma;
  for_each_name(notes, [&](std::string_view name) {
    append<"{}\"{}\"">(out, comma, name);
    comma = ",";
  });
  append(out, "]");
}

void append_member(JsonBuffer& out, std::string_view key, std::string_view text) {
  append<",\"{}\":">(out, key);
  append_json_string(out, text);
}

}  // namespace

std::string to_text(Note note, Language language, int columns) {
  const NoteRule& rule = rule_of(note);
  const auto labelled = [language](const Text& label, std::string_view text) {
    return std::string(label.in(language)).append(text);
  };
  std::string out(rule.name);
  out += '\n';
  draw_indented(out, sentence(note, language), columns);
  draw_indented(out, labelled(words::set_when, text_of(note).when.in(language)), columns);
  if (!rule.with.empty())
    draw_indented(out, labelled(words::never_without, list_of(rule.with, words::or_else.in(language))), columns);
  if (!rule.replaces.empty()) draw_indented(out, labelled(words::in_place_of, list_of(rule.replaces, ", ")), columns);
  draw_indented(out, text_of(note).look.text.in(language), columns);
  if (!rule.sections.empty()) draw_indented(out, rule.sections, columns);
  return out;
}

std::string to_json(Note note, Language language) {
  const NoteRule& rule = rule_of(note);
  JsonBuffer out;
  append<"{{\"v\":1,\"kind\":\"note\",\"note\":\"{}\"">(out, rule.name);
  append_member(out, "says", sentence(note, language));
  append_member(out, "when", text_of(note).when.in(language));
  append_member(out, "look", text_of(note).look.text.in(language));
  append_member(out, "sections", rule.sections);
  append_names(out, "with", rule.with);
  append_names(out, "replaces", rule.replaces);
  append(out, "}");
  return out;
}

}  // namespace echolab::capture
