#include "capture/render/rung.hpp"

#include <algorithm>

#include "capture/decode/notation.hpp"
#include "capture/render/digits.hpp"
#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"

namespace echolab::capture {
namespace {

constexpr int roomy = 72;  // from here on the columns stand two spaces apart

constexpr Strokes drawn{"│", "─", "╌", "►", "◄", "✗", "─", "▸ ", " — ", "→ "};
constexpr Strokes plain{"|", "-", "-", ">", "<", "x", "-", "> ", " - ", "-> "};

/// What stands for itself, a column each: most payload of lessons.
bool is_plain(std::span<const std::byte> bytes) {
  return std::ranges::all_of(bytes, [](std::byte byte) {
    return byte >= std::byte{' '} && byte <= std::byte{'~'} && byte != std::byte{'\\'};
  });
}

void append_quoted(std::string& out, std::span<const std::byte> payload, int width, bool ascii) {
  if (payload.empty() || width < 4) return;
  const auto longest = static_cast<std::size_t>(width);
  const std::string_view ellipsis = ascii ? "..." : "…";
  const std::size_t begin = out.size();
  out += '"';
  if (const auto shown = payload.first(std::min(payload.size(), longest)); is_plain(shown)) {
    const bool whole = shown.size() == payload.size() && shown.size() + 2 <= longest;
    const std::size_t kept = whole ? shown.size() : longest - 1 - static_cast<std::size_t>(columns(ellipsis));
    out.append(reinterpret_cast<const char*>(shown.data()), std::min(kept, shown.size()));
    out += whole ? "\"" : ellipsis;
    return;
  }
  out.append(excerpt(payload, longest, ascii)).append(1, '"');
  const int wide = columns(std::string_view(out).substr(begin));
  if (payload.size() <= longest && wide <= width) return;
  out.pop_back();
  const int room = width - columns(ellipsis);
  if (wide - 1 > room) {
    const std::string kept = cut(std::string_view(out).substr(begin), room, "");
    out.replace(begin, out.npos, kept);
  }
  out += ellipsis;
}

/// "64*1024": the field, and what both SYNs agreed to multiply it by (RFC 7323, 2.2); "64*?" where the capture lacks
/// that. Shown on a SYN, and where it changes or is 0; that of an RST means nothing.
std::string window_of(const Segment& segment, const TcpView& tcp) {
  const bool told = segment.flags.syn() || tcp.window_changed || segment.window == 0;
  if (!told || segment.flags.rst()) return {};
  std::string window(Digits(segment.window));
  if (!tcp.scale_known) return window + "*?";
  const std::uint32_t factor = segment.window == 0 ? 1 : tcp.scaled_window / segment.window;
  return factor == 1 ? window : window.append("*").append(Digits(factor));
}

void append_notation(std::string& out, const Observation& seen, bool raw) {
  if (const auto* datagram = std::get_if<Datagram>(&seen.decoded)) return append_notation(out, *datagram);
  const auto* segment = std::get_if<Segment>(&seen.decoded);
  if (!segment) return;
  const bool relative = !raw && seen.tcp;
  append_notation(out, *segment, relative ? seen.tcp->seq : segment->seq, relative ? seen.tcp->ack : segment->ack,
                  seen.tcp ? window_of(*segment, *seen.tcp) : "");
}

std::string mark_of(State state, bool assumed) { return std::string(to_string(state)).append(assumed ? "?" : ""); }

/// The client's state stands at the rail, the server's begins there.
std::string cell_of(Side side, State state, bool assumed, const Layout& layout, const Paint& paint) {
  const std::string mark = mark_of(state, assumed);
  const Ink ink = assumed ? Ink::plain : side == Side::client ? Ink::client : Ink::server;
  const auto width = static_cast<std::size_t>(layout.state);
  const bool beside_the_rail = mark.size() <= width;  // the longest takes the space there, too
  std::string cell;
  if (side == Side::server) cell += ' ';
  if (side == Side::client && beside_the_rail) cell.append(width - mark.size(), ' ');
  paint(cell, ink, mark);
  if (side == Side::client && beside_the_rail) cell += ' ';
  return cell;
}

}  // namespace

const Strokes& strokes(bool ascii) { return ascii ? plain : drawn; }

// time, client's state, rail, arrow, rail, server's state. SYN_RECEIVED has 12 letters; the space before the rail takes
// its question mark.
Layout Layout::of(int columns, TimeStyle times) {
  const bool wide = columns >= roomy;
  Layout made{.time = columns_of(times, wide ? 10 : 9), .state = 12, .arrow = 0, .indent = 0};
  made.indent = made.time + (wide ? 2 : 1);
  made.arrow = columns - made.indent - 2 * (made.state + 2);
  return made;
}

Rung::Rung(const Layout& layout, int columns, bool ascii, bool raw_numbers, const Paint& paint)
    : columns_(columns),
      ascii_(ascii),
      raw_numbers_(raw_numbers),
      layout_(layout),
      paint_(paint),
      line_(repeat(strokes(ascii).line, layout_.arrow)),
      dashed_(repeat(strokes(ascii).dashed, layout_.arrow)) {
  for (const Side side : {Side::client, Side::server})
    for (int assumed = 0; assumed < 2; ++assumed)
      for (int state = 0; state < state_count; ++state)
        states_[static_cast<std::size_t>(side)][static_cast<std::size_t>(assumed)][static_cast<std::size_t>(state)] =
            cell_of(side, static_cast<State>(state), assumed != 0, layout_, paint_);
}

void Rung::draw_state(std::string& out, const Observation& seen, Side side) const {
  if (!seen.tcp) {
    if (side == Side::client) out.append(static_cast<std::size_t>(layout_.state + 1), ' ');
    return;
  }
  const SideChange& change = side == Side::client ? seen.tcp->client : seen.tcp->server;
  const bool assumed = change.certainty == Certainty::assumed;
  out += states_[static_cast<std::size_t>(side)][assumed][static_cast<std::size_t>(change.after)];
}

std::string_view Rung::shaft(bool dashed, int length) const {
  const std::string_view unit = dashed ? strokes(ascii_).dashed : strokes(ascii_).line;
  return std::string_view(dashed ? dashed_ : line_).substr(0, unit.size() * static_cast<std::size_t>(length));
}

/// "─ label ──────►": the label stands beside its sender.
void Rung::draw_arrow(std::string& out, const Observation& seen, std::string_view label, int label_columns, Ink ink,
                      Arrival arrival) {
  const Strokes& look = strokes(ascii_);
  const bool dashed = seen.stream->protocol == Protocol::udp, to_right = seen.stream->from == Side::client;
  const std::string_view unit = dashed ? look.dashed : look.line;
  const std::string_view tip = arrival == Arrival::lost ? look.lost : to_right ? look.to_right : look.to_left;
  arrow_.clear();
  if (!to_right) arrow_ += tip;
  if (label.empty()) {
    arrow_ += shaft(dashed, layout_.arrow - 1);
  } else {
    const std::string_view far = shaft(dashed, layout_.arrow - label_columns - 4);
    if (to_right) arrow_.append(unit).append(" ").append(label).append(" ").append(far);
    if (!to_right) arrow_.append(far).append(" ").append(label).append(" ").append(unit);
  }
  if (to_right) arrow_ += tip;
  paint_(out, ink, arrow_);
}

void Rung::draw(std::string& out, const Observation& seen, std::string_view stamp, Ink ink, Arrival arrival) {
  const auto* error = std::get_if<IcmpError>(&seen.decoded);
  label_.clear();
  if (error)
    label_ += error->v6 ? "ICMPv6" : "ICMP";
  else
    append_notation(label_, seen, raw_numbers_);
  // Packet and payload on the arrow where they fit; else under it.
  const int room = layout_.arrow - 4, used = static_cast<int>(label_.size()), left = room - used - 1;
  int label_columns = used;
  const bool fits = used <= room;
  const auto bytes = payload_of(seen.decoded);
  payload_.clear();
  if (!bytes.empty()) append_quoted(payload_, bytes, columns_ - layout_.indent, ascii_);
  if (const int wide = payload_.empty() ? 0 : columns(payload_); wide > 0 && fits && left >= std::min(wide, 12)) {
    label_ += ' ';
    if (wide <= left) {
      label_ += payload_;
      label_columns += 1 + wide;
    } else {
      append_quoted(label_, bytes, left, ascii_);
      label_columns = columns(label_);
    }
    payload_.clear();
  }
  paint_(out, Ink::faint, stamp);
  out.append(static_cast<std::size_t>(layout_.indent - layout_.time), ' ');
  draw_state(out, seen, Side::client);
  out += strokes(ascii_).rail;
  draw_arrow(out, seen, fits ? std::string_view(label_) : "", label_columns, ink, arrival);
  out += strokes(ascii_).rail;
  draw_state(out, seen, Side::server);
  out += '\n';
  const auto indent = static_cast<std::size_t>(layout_.indent);
  if (!fits)
    for (const std::string& part : wrap(label_, columns_ - layout_.indent))
      out.append(indent, ' ').append(part) += '\n';
  if (!payload_.empty()) out.append(indent, ' ').append(payload_) += '\n';
}

std::string notation(const Observation& seen, bool raw) {
  std::string text;
  append_notation(text, seen, raw);
  return text;
}

std::string quoted_payload(const Observation& seen, int width, bool ascii) {
  std::string text;
  append_quoted(text, payload_of(seen.decoded), width, ascii);
  return text;
}

std::string state_mark(const Observation& seen, Side side) {
  if (!seen.tcp) return {};
  const SideChange& change = side == Side::client ? seen.tcp->client : seen.tcp->server;
  return mark_of(change.after, change.certainty == Certainty::assumed);
}

}  // namespace echolab::capture
