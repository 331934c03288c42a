#include "capture/render/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "capture/render/clock.hpp"
#include "capture/render/rung.hpp"
#include "capture/render/stream_words.hpp"
#include "capture/render/width.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {
namespace {

using words::say;

constexpr int narrowest = 48, widest = 140;
constexpr std::size_t usual_length = 1024;  // bytes; a packet that needs more gets more
constexpr int roomy = 72;                   // from here on the columns stand two spaces apart

struct Lines {
  std::string_view rail, line, dashed, to_right, to_left, lost, rule, bullet, dash, next;
};
constexpr Lines drawn{"│", "─", "╌", "►", "◄", "✗", "─", "▸ ", " — ", "→ "};
constexpr Lines ascii{"|", "-", "-", ">", "<", "x", "-", "> ", " - ", "-> "};
const Lines& lines(const LadderOptions& options) { return options.ascii ? ascii : drawn; }

std::string_view name(Protocol protocol) { return protocol == Protocol::tcp ? "TCP" : "UDP"; }

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::plain: return Ink::plain;
    case Severity::note: return Ink::note;
    case Severity::warning: return Ink::warning;
  }
  return Ink::plain;
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
const words::Text& left_end(Audience audience) { return audience == Audience::one ? words::client : words::sender; }

/// Who stands at the right: a server, or those that a datagram for many is meant for.
const words::Text& right_end(Audience audience) {
  switch (audience) {
    case Audience::one: break;
    case Audience::group: return words::group;
    case Audience::everybody: return words::everybody;
  }
  return words::server;
}

}  // namespace

Ladder::Ladder(LadderOptions options) : options_(options), layout_{}, paint_(options.color) {
  options_.columns = std::clamp(options.columns, narrowest, widest);
  layout_ = layout(options_.columns);
  line_ = repeat(lines(options_).line, layout_.arrow);
  dashed_ = repeat(lines(options_).dashed, layout_.arrow);
}

// time, client's state, rail, arrow, rail, server's state. SYN_RECEIVED has 12 letters; the space before the rail takes
// its question mark.
Ladder::Layout Ladder::layout(int columns) {
  const bool wide = columns >= roomy;
  Layout made{.time = wide ? 10 : 9, .state = 12, .arrow = 0, .indent = 0};
  made.indent = made.time + (wide ? 2 : 1);
  made.arrow = columns - made.indent - 2 * (made.state + 2);
  return made;
}

std::string Ladder::line(const Observation& observation, const Annotation& annotation, Arrival arrival) {
  if (!start_) start_ = observation.packet.time;
  std::string out;
  out.reserve(usual_length);
  if (observation.stream) {
    draw_head(out, observation);
    draw_rung(out, observation, annotation, arrival);
    draw_explanation(out, observation.packet.frame, annotation);
  } else {
    draw_rail_less(out, observation, annotation);
  }
  if (!observation.notes.empty()) draw_advice(out, observation.notes, annotation.unsuited);
  return out;
}

std::string Ladder::aside(std::string_view text, Ink ink) const {
  std::string out;
  draw_paragraph(out, text, ink, 0);
  return out;
}

std::string Ladder::happening(Time time, std::string_view text, Ink ink) {
  if (!start_) start_ = time;
  std::string out;
  paint_(out, Ink::faint, seconds_since(*start_, time, layout_.time));
  return out + aside(text, ink).substr(static_cast<std::size_t>(layout_.time));  // the stamp takes its indentation
}

void Ladder::draw_rule(std::string& out, std::string_view left, std::string_view right) const {
  const std::string_view unit = lines(options_).rule;
  const std::string end = cut(right, options_.columns - columns(left) - 9, options_.ascii ? "..." : "…");
  const int fill = options_.columns - columns(left) - columns(end) - 8;
  paint_(out, Ink::faint, repeat(unit, 2) + " ");
  paint_(out, Ink::bold, left);
  paint_(out, Ink::faint, fmt::format(" {} {} {}", repeat(unit, fill), end, repeat(unit, 2)));
  out += '\n';
}

void Ladder::draw_head(std::string& out, const Observation& observation) {
  const StreamView& stream = *observation.stream;
  const Shown shown{stream.protocol, stream.number};
  if (last_ == shown) return;
  last_ = shown;
  const bool first = stream.packet == 1 && !std::holds_alternative<IcmpError>(observation.decoded);
  if (!first) return draw_reminder(out, stream);
  const std::string title = say(words::stream, options_.language, name(stream.protocol), stream.number);
  draw_rule(out, title, utc(observation.packet.time));
  const std::string client = say(left_end(stream.audience), options_.language, names_(stream.client));
  const std::string server = say(right_end(stream.audience), options_.language, names_(stream.server));
  const int gap = options_.columns - columns(client) - columns(server);
  paint_(out, Ink::client, client);
  out += gap >= 2 ? repeat(" ", gap) : "\n";
  paint_(out, Ink::server, server);
  out += '\n';
  if (stream.protocol == Protocol::udp || legend_shown_) return;
  legend_shown_ = true;
  for (const std::string& line : {std::string(words::legend.in(options_.language)),
                                  say(words::post_legend, options_.language, lines(options_).bullet)}) {
    for (const std::string& part : wrap(line, options_.columns)) {
      paint_(out, Ink::faint, part);
      out += '\n';
    }
  }
}

/// One line tells whose turn it is.
void Ladder::draw_reminder(std::string& out, const StreamView& stream) {
  Reminder& reminder = reminders_[stream.number % reminders_.size()];
  const bool known = !reminder.rule.empty() && reminder.shown == last_ && reminder.client == stream.client &&
                     reminder.server == stream.server;
  if (!known) {
    reminder = {*last_, stream.client, stream.server, {}};
    draw_rule(reminder.rule, say(words::stream, options_.language, name(stream.protocol), stream.number),
              names_(stream.client) + " > " + names_(stream.server));
  }
  out += reminder.rule;
}

void Ladder::draw_state(std::string& out, const Observation& observation, Side side) const {
  const std::string mark = state_mark(observation, side);
  const Ink ink = mark.ends_with('?') ? Ink::plain : side == Side::client ? Ink::client : Ink::server;
  if (side == Side::client) {
    const std::size_t width = static_cast<std::size_t>(layout_.state);
    const bool beside_the_rail = mark.size() <= width;  // the longest takes the space there, too
    if (beside_the_rail) out.append(width - mark.size(), ' ');
    paint_(out, ink, mark);
    if (beside_the_rail) out += ' ';
  } else {
    if (!mark.empty()) out += ' ';
    paint_(out, ink, mark);
  }
}

std::string Ladder::arrow(const Observation& observation, std::string_view label, Arrival arrival) const {
  const Lines& look = lines(options_);
  const bool dashed = observation.stream->protocol == Protocol::udp;
  const std::string_view unit = dashed ? look.dashed : look.line;
  const auto shaft = [&](int length) {
    return std::string_view(dashed ? dashed_ : line_).substr(0, unit.size() * static_cast<std::size_t>(length));
  };
  const bool to_right = observation.stream->from == Side::client;
  const std::string_view tip = arrival == Arrival::lost ? look.lost : to_right ? look.to_right : look.to_left;
  std::string out;
  out.reserve(usual_length / 2);
  if (label.empty()) {
    if (!to_right) out += tip;
    out += shaft(layout_.arrow - 1);
  } else {  // "─ label ──────►": the label stands beside its sender
    const auto far = shaft(layout_.arrow - columns(label) - 4);
    if (!to_right) out.append(tip).append(far).append(" ").append(label).append(" ").append(unit);
    if (to_right) out.append(unit).append(" ").append(label).append(" ").append(far);
  }
  if (to_right) out += tip;
  return out;
}

void Ladder::draw_rung(std::string& out, const Observation& observation, const Annotation& annotation,
                       Arrival arrival) {
  const auto* error = std::get_if<IcmpError>(&observation.decoded);
  const std::string packet = error ? error->v6 ? "ICMPv6" : "ICMP" : notation(observation, options_.raw_numbers);
  const int room = layout_.arrow - 4;
  // Packet and payload on the arrow where they fit; else under it.
  std::string label = columns(packet) <= room ? packet : "";
  const int left = room - columns(packet) - 1;
  std::string payload = quoted_payload(observation, options_.columns - layout_.indent, options_.ascii);
  if (!label.empty() && !payload.empty() && left >= std::min(columns(payload), 12)) {
    label.append(" ").append(quoted_payload(observation, left, options_.ascii));
    payload.clear();
  }
  const std::string_view rail = lines(options_).rail;
  paint_(out, Ink::faint, seconds_since(*start_, observation.packet.time, layout_.time));
  out.append(static_cast<std::size_t>(layout_.indent - layout_.time), ' ');
  draw_state(out, observation, Side::client);
  out += rail;
  paint_(out, ink_of(annotation.severity), arrow(observation, label, arrival));
  out += rail;
  draw_state(out, observation, Side::server);
  out += '\n';
  if (label.empty()) draw_paragraph(out, packet, Ink::plain, 0);
  if (!payload.empty()) out += repeat(" ", layout_.indent) + payload + "\n";
}

void Ladder::draw_rail_less(std::string& out, const Observation& observation, const Annotation& annotation) {
  paint_(out, Ink::faint, seconds_since(*start_, observation.packet.time, layout_.time));
  if (const std::string pair = ends(observation.decoded); !pair.empty())
    out += repeat(" ", layout_.indent - layout_.time) + pair;
  out += '\n';
  draw_explanation(out, observation.packet.frame, annotation);
}

void Ladder::draw_paragraph(std::string& out, std::string_view text, Ink ink, std::size_t bold_bytes) const {
  for (const std::string& part : wrap(text, options_.columns - layout_.indent)) {
    out += repeat(" ", layout_.indent);
    const std::size_t bold = std::min(bold_bytes, part.size());
    paint_(out, Ink::bold, std::string_view(part).substr(0, bold));
    paint_(out, ink, std::string_view(part).substr(bold));
    out += '\n';
    bold_bytes -= std::min(bold_bytes, part.size() + 1);  // the space that became the line break
  }
}

/// The packet's number stands under its time.
void Ladder::draw_explanation(std::string& out, std::uint64_t frame, const Annotation& annotation) {
  std::string text;
  text.reserve(usual_length / 2);
  text.append(annotation.headline);
  if (!annotation.text.empty()) text.append(lines(options_).dash).append(annotation.text);
  const std::size_t length = text.size();
  if (!annotation.post.empty()) text.append(lines(options_).bullet).append(annotation.post);
  const std::string& explanation = explanations_.recall(text, [&] {
    std::string drawn;
    const std::string_view whole = text;
    draw_paragraph(drawn, whole.substr(0, length), Ink::plain, annotation.headline.size());
    if (length < whole.size()) draw_paragraph(drawn, whole.substr(length), Ink::post, 0);
    return drawn;
  });
  const fmt::format_int digits(frame);
  const auto width = static_cast<std::size_t>(layout_.time);
  std::string number(width - std::min(width, digits.size() + 1), ' ');
  paint_(out, Ink::faint, number.append("#").append(digits.data(), digits.size()));
  out += std::string_view(explanation).substr(std::min(explanation.size(), width));
}

void Ladder::draw_advice(std::string& out, NoteSet notes, NoteSet unsuited) {
  for (std::size_t i = 0; i < note_count; ++i) {
    const auto note = static_cast<Note>(i);
    if (!notes.has(note) || unsuited.has(note) || advised_.has(note)) continue;
    advised_.add(note);
    draw_paragraph(out, std::string(lines(options_).next).append(advice(note, options_.language)), Ink::faint, 0);
  }
}

std::string Ladder::stream_line(const StreamSummary& summary) {
  last_.reset();
  const std::string text = course(summary, names_(summary.client), names_(summary.server), options_.language);
  std::string out;
  for (const std::string& part : wrap(text, options_.columns)) out += part + "\n";
  return out;
}

}  // namespace echolab::capture
