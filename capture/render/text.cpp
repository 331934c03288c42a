#include "capture/render/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "capture/explain/explain.hpp"
#include "capture/explain/notes.hpp"
#include "capture/render/clock.hpp"
#include "capture/render/digits.hpp"
#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {
namespace {

using words::say;

constexpr int narrowest = 48, widest = 140;

/// A longer stamp needs its room besides.
int columns_for(const LadderOptions& options) {
  constexpr int usual = 9;
  return std::clamp(options.columns, narrowest + columns_of(options.times, usual) - usual, widest);
}

std::string_view name(Protocol protocol) { return protocol == Protocol::tcp ? "TCP" : "UDP"; }

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::plain: return Ink::plain;
    case Severity::note: return Ink::note;
    case Severity::warning: return Ink::warning;
  }
  return Ink::plain;
}

/// "TCP stream 3": the same in every language.
std::string title_of(const StreamView& stream) {
  return std::string(name(stream.protocol)).append(" stream ").append(Digits(stream.number));
}

/// A space at which no line breaks.
constexpr char hard_space = '\x01';

std::string with_hard_spaces(std::string_view text) {
  std::string hard(text);
  std::ranges::replace(hard, ' ', hard_space);
  return hard;
}

/// Where nothing is put into words.
Severity severity_without_words(const Observation& seen) {
  const auto* segment = std::get_if<Segment>(&seen.decoded);
  return segment && segment->flags.rst() ? Severity::warning : severity_of(seen.notes);
}

/// Who speaks to whom, for packets that stand on no rails.
std::string ends(const Decoded& decoded) {
  const auto pair = [](const auto& source, const auto& destination) {
    return fmt::format("{} > {}", to_string(source), to_string(destination));
  };
  if (const auto* error = std::get_if<IcmpError>(&decoded)) return pair(error->source, error->destination);
  if (const auto* other = std::get_if<Other>(&decoded); other && other->source && other->destination)
    return pair(*other->source, *other->destination);
  if (const auto* bad = std::get_if<Malformed>(&decoded); bad && bad->source && bad->destination)
    return pair(*bad->source, *bad->destination);
  if (const auto* segment = std::get_if<Segment>(&decoded)) return pair(segment->source, segment->destination);
  if (const auto* datagram = std::get_if<Datagram>(&decoded)) return pair(datagram->source, datagram->destination);
  return {};
}

/// Who stands at the left. Of a datagram for many nobody can say that it asks something.
const Text& left_end(Audience audience) { return audience == Audience::one ? words::client : words::sender; }

/// Who stands at the right: a server, or those that a datagram for many is meant for.
const Text& right_end(Audience audience) {
  switch (audience) {
    case Audience::one: break;
    case Audience::group: return words::group;
    case Audience::everybody: return words::everybody;
  }
  return words::server;
}

}  // namespace

Ladder::Ladder(LadderOptions options)
    : options_(options),
      layout_(Layout::of(columns_for(options), options.times)),
      paint_(options.color),
      rung_(layout_, columns_for(options), options.ascii, options.raw_numbers, paint_),
      blocks_(options.keeps_blocks ? 4096 : 0),
      stamps_(options.times, layout_.time) {
  options_.columns = columns_for(options);
  blanks_.assign(static_cast<std::size_t>(layout_.time), ' ');
  rule_ = repeat(strokes(options_.ascii).rule, options_.columns);
  plan_.details = options_.verbosity == Verbosity::verbose;
}

void Ladder::draw(std::string& out, const Observation& seen, Arrival arrival) {
  const std::string stamp = stamps_.next(seen.packet.time);
  const bool quiet = options_.verbosity == Verbosity::quiet;
  if (!quiet || !seen.stream) explain(seen, plan_);
  if (seen.stream) {
    draw_head(out, seen);
    rung_.draw(out, seen, stamp, ink_of(quiet ? severity_without_words(seen) : plan_.severity), arrival);
  } else {
    draw_rail_less(out, seen, stamp);
  }
  append_payload(out, payload_of(seen.decoded), options_.payload, layout_.indent, options_.ascii);
  if (!quiet || !seen.stream) draw_explanation(out, seen.packet.frame);
  if (!quiet) draw_comments(out, seen.packet);
}

std::string Ladder::line(const Observation& seen, Arrival arrival) {
  std::string out;
  draw(out, seen, arrival);
  return out;
}

std::string Ladder::aside(std::string_view text, Ink ink) const {
  std::string out;
  draw_paragraph(out, text, ink, 0);
  return out;
}

std::string Ladder::happening(Time time, std::string_view text, Ink ink) {
  std::string out;
  paint_(out, Ink::faint, stamps_.next(time));
  return out + aside(text, ink).substr(static_cast<std::size_t>(layout_.time));  // the stamp takes its indentation
}

void Ladder::draw_rule(std::string& out, std::string_view left, std::string_view right) const {
  const std::string_view unit = strokes(options_.ascii).rule;
  const auto line = [&](int length) {
    return std::string_view(rule_).substr(0, unit.size() * static_cast<std::size_t>(length));
  };
  const int room = options_.columns - columns(left) - 9;
  const std::string cut_off = columns(right) <= room ? "" : cut(right, room, options_.ascii ? "..." : "…");
  const std::string_view end = cut_off.empty() ? right : cut_off;
  paint_(out, Ink::faint, {line(2), " "});
  paint_(out, Ink::bold, left);
  paint_(out, Ink::faint, {" ", line(options_.columns - columns(left) - columns(end) - 8), " ", end, " ", line(2)});
  out += '\n';
}

void Ladder::draw_head(std::string& out, const Observation& seen) {
  const StreamView& stream = *seen.stream;
  const Shown shown{stream.protocol, stream.number};
  if (last_ == shown) return;
  last_ = shown;
  const bool first = stream.packet == 1 && !std::holds_alternative<IcmpError>(seen.decoded);
  if (!first) return draw_reminder(out, stream);
  const std::string title = title_of(stream);
  draw_rule(out, title,
            seen.packet.has_time() ? utc(seen.packet.time) : std::string(words::no_time.in(options_.language)));
  const std::string client = say(left_end(stream.audience), options_.language, names_(stream.client));
  const std::string server = say(right_end(stream.audience), options_.language, names_(stream.server));
  const int gap = options_.columns - columns(client) - columns(server);
  paint_(out, Ink::client, client);
  out.append(gap >= 2 ? static_cast<std::size_t>(gap) : 1, gap >= 2 ? ' ' : '\n');
  paint_(out, Ink::server, server);
  out += '\n';
  if (stream.protocol == Protocol::udp || legend_shown_) return;
  draw_legend(out);
}

/// Both signs on one line where they fit, each at its end.
void Ladder::draw_legend(std::string& out) {
  legend_shown_ = true;
  const std::string_view state = words::legend.in(options_.language);
  const std::string post = say(words::post_legend, options_.language, strokes(options_.ascii).bullet);
  const bool tells_post = options_.verbosity != Verbosity::quiet;
  const int gap = options_.columns - columns(state) - columns(post);
  paint_(out, Ink::faint, state);
  if (tells_post) out += gap >= 2 ? repeat(" ", gap) : "\n";
  if (tells_post) paint_(out, Ink::faint, post);
  out += '\n';
}

/// One line tells whose turn it is.
void Ladder::draw_reminder(std::string& out, const StreamView& stream) {
  Reminder& reminder = reminders_[stream.number % reminders_.size()];
  const bool known = !reminder.rule.empty() && reminder.shown == last_ && reminder.client == stream.client &&
                     reminder.server == stream.server;
  if (!known) {
    reminder = {*last_, stream.client, stream.server, {}};
    draw_rule(reminder.rule, title_of(stream), names_(stream.client) + " > " + names_(stream.server));
  }
  out += reminder.rule;
}

void Ladder::draw_rail_less(std::string& out, const Observation& seen, std::string_view stamp) const {
  paint_(out, Ink::faint, stamp);
  if (const std::string pair = ends(seen.decoded); !pair.empty())
    out += repeat(" ", layout_.indent - layout_.time) + pair;
  out += '\n';
}

void Ladder::draw_paragraph(std::string& out, std::string_view text, Ink ink, std::size_t bold_bytes) const {
  for (std::string& part : wrap(text, options_.columns - layout_.indent)) {
    out.append(static_cast<std::size_t>(layout_.indent), ' ');
    std::ranges::replace(part, hard_space, ' ');
    const std::size_t bold = std::min(bold_bytes, part.size());
    paint_(out, Ink::bold, std::string_view(part).substr(0, bold));
    paint_(out, ink, std::string_view(part).substr(bold));
    out += '\n';
    bold_bytes -= std::min(bold_bytes, part.size() + 1);  // the space that became the line break
  }
}

/// Whether it is told in full: an advice and a step of the post are once, with -v every time.
bool Ladder::is_new(const Plan::Item& item) {
  const bool every_time = options_.verbosity == Verbosity::verbose;
  if (item.part || item.unsuited || options_.verbosity == Verbosity::quiet) return false;
  if (item.sentence->level == Level::advice) {
    const bool first = !advised_.has(item.note);
    advised_.add(item.note);
    return first || every_time;
  }
  if (item.sentence->level != Level::post) return false;
  const Told step{item.values[0].number, plan_.part_of(item.values[2])->sentence};
  const bool first = std::ranges::find(told_, step) == told_.end();
  if (first) told_.push_back(step);
  return first || every_time;
}

void Ladder::note_what_is_new() {
  new_ = 0;
  const auto items = plan_.items();
  for (std::size_t i = 0; i < std::min(items.size(), most_items); ++i)
    if (is_new(items[i])) new_ |= std::uint64_t{1} << i;
}

/// The names of the steps and advices that stand in full elsewhere.
void Ladder::draw_names(std::string& text) const {
  const Strokes& look = strokes(options_.ascii);
  std::string before = " " + with_hard_spaces(look.next);
  for (std::size_t i = 0; i < plan_.items().size(); ++i) {
    const Plan::Item& item = plan_.items()[i];
    if (item.part || is_told_in_full(i)) continue;
    if (item.sentence->level == Level::post)
      text.append(" ").append(with_hard_spaces(look.bullet)).append(Digits(item.values[0].number));
    if (item.sentence->level != Level::advice) continue;
    text.append(before).append(to_string(item.note));
    before = ", ";
  }
}

/// Headline and sentences, and the names of what was told before; below them what is told in full.
void Ladder::draw_block(std::string& out, std::vector<std::uint8_t>* slots) const {
  const Strokes& look = strokes(options_.ascii);
  const Wording words(plan_, options_.language, options_.verbosity == Verbosity::verbose, slots);
  std::string text;
  std::size_t headline = 0;
  for (const Plan::Item& item : plan_.items()) {
    const Level level = item.sentence->level;
    if (!is_told(item, options_.verbosity) || level == Level::advice || level == Level::post) continue;
    if (!text.empty()) text += text.size() == headline ? look.dash : " ";
    words.append(text, item);
    if (level == Level::headline) headline = text.size();
  }
  if (options_.verbosity != Verbosity::quiet) draw_names(text);
  draw_paragraph(out, text, Ink::plain, headline);
  for (std::size_t i = 0; i < plan_.items().size(); ++i) {
    const Plan::Item& item = plan_.items()[i];
    if (!is_told_in_full(i)) continue;
    const bool post = item.sentence->level == Level::post;
    std::string line(post ? look.bullet : look.next);
    if (!post) line.append(to_string(item.note)).append(": ");
    words.append(line, item);
    draw_paragraph(out, line, post ? Ink::post : Ink::faint, 0);
  }
}

/// The packet's number stands under its time, in front of the block: it takes that one's indentation.
void Ladder::draw_explanation(std::string& out, std::uint64_t frame) {
  note_what_is_new();
  shape_.assign(reinterpret_cast<const char*>(&new_), sizeof new_);
  append_shape(shape_, plan_, numbers_);
  const Digits text(frame);
  const std::string_view digits = text;
  const auto width = static_cast<std::size_t>(layout_.time);
  const std::size_t begin = out.size();
  blocks_.append(out, shape_, numbers_,
                 [this](std::string& to, std::vector<std::uint8_t>* slots) { draw_block(to, slots); });
  const std::size_t taken = std::min(width, digits.size() + 1);
  if (!options_.color && digits.size() < width) {
    out[begin + width - taken] = '#';
    digits.copy(out.data() + begin + width - digits.size(), digits.size());
    return;
  }
  number_.clear();
  paint_(number_, Ink::faint, {std::string_view(blanks_).substr(0, width - taken), "#", digits});
  out.replace(begin, width, number_);
}

/// What a file says of the packet: foreign text, made safe like payload.
void Ladder::draw_comments(std::string& out, const Packet& packet) const {
  constexpr std::size_t most = 10, longest = 400;  // JSON has all
  const std::string_view ellipsis = options_.ascii ? "..." : "…";
  for (const std::string_view comment : packet.comments.first(std::min(packet.comments.size(), most))) {
    const std::string_view shown = beginning(comment, longest);
    const std::string text = printable(shown, options_.ascii);
    draw_paragraph(out, say(words::comment, options_.language, text, shown.size() < comment.size() ? ellipsis : "\""),
                   Ink::note, 0);
  }
  if (packet.comments.size() > most) draw_paragraph(out, ellipsis, Ink::note, 0);
}

/// The first line, and below it, or behind it where there are no states, the rest.
void Ladder::draw_end_block(std::string& out, std::string_view between, std::vector<std::uint8_t>* slots) const {
  const Wording words(plan_, options_.language, true, slots);
  std::string text;
  bool first_line = true;
  for (const Plan::Item& item : plan_.items()) {
    if (item.part) continue;
    const bool goes_on = item.sentence->level == Level::headline;
    if (!goes_on && options_.verbosity == Verbosity::quiet) break;
    if (!text.empty()) text += first_line && !goes_on ? between : " ";
    first_line = goes_on;
    words.append(text, item);
  }
  for (const std::string& part : wrap(text, options_.columns)) out.append(part) += '\n';
}

void Ladder::draw_end(std::string& out, const StreamSummary& stream) {
  last_.reset();
  explain(stream, plan_);
  const std::string_view between = stream.protocol == Protocol::tcp ? "\n" : " ";
  shape_ = between;
  append_shape(shape_, plan_, numbers_);
  blocks_.append(out, shape_, numbers_,
                 [&](std::string& to, std::vector<std::uint8_t>* slots) { draw_end_block(to, between, slots); });
}

std::string Ladder::stream_line(const StreamSummary& stream) {
  std::string out;
  draw_end(out, stream);
  return out;
}

}  // namespace echolab::capture
