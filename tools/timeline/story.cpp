#include "tools/timeline/story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "capture/render/escape.hpp"
#include "capture/render/rung.hpp"
#include "capture/render/width.hpp"
#include "tools/timeline/texts.hpp"

namespace echolab::timeline {
namespace {

constexpr int time_columns = 11, call_column = 13, packet_column = 15, state_column = 17;

// 16 colours, as every terminal has them. They only repeat what the words say.
constexpr std::string_view bold = "1", faint = "2", red = "31", green = "32", yellow = "33", cyan = "36";

std::string painted(std::string_view text, std::string_view color, const Style& style) {
  if (!style.options.color || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", color, text);
}

std::string stamp(net::WallTime time, int column, const Style& style) {
  const std::chrono::duration<double> since = time - style.zero;
  return painted(fmt::format("{:>{}.6f}", since.count(), time_columns), faint, style) +
         capture::repeat(" ", column - time_columns);
}

/// What happened, and what it means: beside it where there is room, else below it.
std::string with_meaning(std::string head, std::string_view what, std::string_view color, std::string_view meaning,
                         int column, const Style& style) {
  const std::string_view dot = style.options.ascii ? " - " : " · ";
  const int width = style.options.columns;
  std::string line = std::move(head) + painted(what, color, style);
  const int used = column + capture::columns(what);
  if (meaning.empty()) return line + "\n";
  if (used + 3 + capture::columns(meaning) <= width)
    return line + painted(fmt::format("{}{}", dot, meaning), faint, style) + "\n";
  line += "\n";
  for (const std::string& part : capture::wrap(meaning, std::max(width - column - 2, 20)))
    line += capture::repeat(" ", column + 2) + painted(part, faint, style) + "\n";
  return line;
}

std::string_view arrow_to(capture::Side to, const Style& style) {
  if (style.options.ascii) return to == capture::Side::server ? "->" : "<-";
  return to == capture::Side::server ? "→" : "←";
}

/// "FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT": every state that the packet took the side through, as far as the rules that
/// fired lead from `before` to `after`.
std::string path(capture::Side side, const capture::TcpView& tcp, const Style& style) {
  const capture::SideChange& change = side == capture::Side::client ? tcp.client : tcp.server;
  const std::string_view arrow = style.options.ascii ? " -> " : " → ";
  std::string text{to_string(change.before)};
  std::string between;
  capture::State reached = change.before;
  for (const capture::Firing& firing : tcp.firings()) {
    if (firing.side != side || firing.rule->from != reached || firing.rule->to == reached) continue;
    reached = firing.rule->to;
    if (reached != change.after) between.append(arrow).append(to_string(reached));
  }
  if (reached == change.after) text += between;
  return text.append(arrow).append(to_string(change.after));
}

std::string moved(capture::Side side, const capture::TcpView& tcp, const Style& style) {
  const capture::SideChange& change = side == capture::Side::client ? tcp.client : tcp.server;
  if (!change.changed()) return {};
  const std::string text = fmt::format("{} {}", to_string(side), path(side, tcp, style));
  std::string line =
      capture::repeat(" ", state_column) + painted(text, side == capture::Side::client ? green : cyan, style);
  if (change.certainty == capture::Certainty::assumed)
    line += painted(fmt::format(" ({})", texts::if_it_arrived.in(style.options.language)), faint, style);
  return line + "\n";
}

/// The sender moves first: its packet moves it, and only then can the packet move the receiver.
std::string moves(const capture::StreamView& stream, const capture::TcpView& tcp, const Style& style) {
  const std::string client = moved(capture::Side::client, tcp, style);
  const std::string server = moved(capture::Side::server, tcp, style);
  return stream.from == capture::Side::client ? client + server : server + client;
}

std::string notation(const capture::Observation& seen) {
  if (const auto* error = std::get_if<capture::IcmpError>(&seen.decoded)) return error->v6 ? "ICMPv6" : "ICMP";
  return capture::notation(seen, false);
}

}  // namespace

std::string quoted(std::span<const std::byte> bytes, bool ascii, bool with_size) {
  constexpr std::size_t longest = 18;
  const std::string text = fmt::format("\"{}\"", capture::excerpt(bytes, longest, ascii));
  if (bytes.size() <= longest) return text;
  return with_size ? fmt::format("{}... ({} bytes)", text, bytes.size()) : text + "...";
}

std::string_view error_origin(const net::CallRecord& record) {
  if (record.icmp != nullptr) return "icmp";
  switch (record.error) {
    case ECONNREFUSED:
    case ECONNRESET: return "peer";
    case EAGAIN:
    case EINTR:
    case ETIMEDOUT: return {};
    default: return "local";
  }
}

std::string error_meaning(const net::CallRecord& record, const Options& options) {
  const auto in = [&](const Text& text) { return std::string(text.in(options.language)); };
  if (record.icmp != nullptr && !(options.protocol == Protocol::udp && record.icmp->port_unreachable()))
    return fmt::format(fmt::runtime(texts::icmp.in(options.language)), net::host_string(record.icmp->from),
                       net::name(*record.icmp));
  switch (record.error) {
    case EADDRINUSE: return in(texts::in_use);
    case EACCES: return in(record.call == "bind" ? texts::low_port : texts::own_kernel);
    case EPERM:
    case EINVAL: return in(texts::own_kernel);
    case ECONNREFUSED: return in(options.protocol == Protocol::tcp ? texts::refused : texts::unreachable_port);
    case ETIMEDOUT: return in(texts::timed_out);
    case EAGAIN: return in(record.call.starts_with("recv") ? texts::nothing_came : texts::no_room);
    case ENETUNREACH: return in(texts::no_way);
    case EHOSTUNREACH:
      return in(record.call == "connect" || record.call == "sendto" ? texts::own_kernel : texts::no_way);
    case ECONNRESET: return in(texts::reset);
    case EPIPE: return in(texts::broken_pipe);
    case EMSGSIZE: return in(texts::too_large);
    default: return {};
  }
}

std::string story_of(const net::CallRecord& record, const Style& style) {
  const Language language = style.options.language;
  const bool has_data =
      record.carries_data &&
      (record.phase == net::CallRecord::Phase::start ? record.data.data() != nullptr : !record.data.empty());
  const std::string data = has_data
                               ? quoted(record.data, style.options.ascii, record.phase == net::CallRecord::Phase::start)
                               : std::string();
  const std::string meaning =
      record.error != 0 ? error_meaning(record, style.options) : std::string(record.explanation.in(language));
  std::string story =
      with_meaning(stamp(record.time, call_column, style), net::line(record, data),
                   record.error != 0 && record.error != EAGAIN ? red : bold, meaning, call_column, style);
  if (record.kernel_state.empty()) return story;
  const std::string state = fmt::format(fmt::runtime(texts::kernel_says.in(language)), record.kernel_state);
  return story + capture::repeat(" ", state_column) + painted(state, green, style) + "\n";
}

std::string story_of(const capture::Observation& seen, const capture::Annotation& meaning, const Style& style) {
  const capture::StreamView& stream = *seen.stream;
  std::string what = style.options.role == Role::server ? capture::to_string(stream.client) + " " : "";  // one of many
  what += fmt::format("{} {}", arrow_to(capture::other(stream.from), style), notation(seen));
  const Verbosity verbosity = style.options.verbosity;
  const std::string_view headline = verbosity == Verbosity::quiet ? std::string_view() : meaning.headline;
  std::string story =
      with_meaning(stamp(seen.packet.time, packet_column, style), what, {}, headline, packet_column, style);
  if (seen.tcp) story += moves(stream, *seen.tcp, style);
  const bool remarkable = meaning.severity != capture::Severity::plain && verbosity == Verbosity::usual;
  const std::string& told = remarkable ? meaning.usual : meaning.text;
  if (told.empty() || !(remarkable || verbosity == Verbosity::verbose)) return story;
  for (const std::string& part : capture::wrap(told, style.options.columns - state_column))
    story += capture::repeat(" ", state_column) + painted(part, remarkable ? yellow : faint, style) + "\n";
  return story;
}

std::string story_of(std::string_view sentence, net::WallTime time, const Style& style) {
  std::string story;
  for (const std::string& part : capture::wrap(sentence, style.options.columns - call_column))
    story += (story.empty() ? stamp(time, call_column, style) : capture::repeat(" ", call_column)) + part + "\n";
  return story;
}

}  // namespace echolab::timeline
