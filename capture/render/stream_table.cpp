#include "capture/render/stream_table.hpp"

#include <fmt/format.h>

#include "capture/render/digits.hpp"
#include "capture/render/stream_words.hpp"
#include "capture/render/width.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {
namespace {

using Lean = CellTable::Lean;

constexpr auto nothing = "-";
constexpr int usual_stamp = 8;  // "0.000123"

std::string ends(const StreamSummary& stream) {
  return fmt::format("{} > {}", to_string(stream.client), to_string(stream.server));
}

template <std::size_t count>
std::vector<std::string> in(const std::array<Text, count>& texts, Language language) {
  std::vector<std::string> cells;
  for (const Text& text : texts) cells.emplace_back(text.in(language));
  return cells;
}

std::string datagrams(std::uint64_t count, Language language) {
  return fmt::format(fmt::runtime((count == 1 ? words::one_datagram : words::many_datagrams).in(language)), count);
}

}  // namespace

// As wide as what is usual. In 80 columns a row takes two lines: how the conversation began and ended, then what it
// did and when.
StreamTable::StreamTable(Options options)
    : options_(options),
      table_({{.width = 6},
              {.width = 32},
              {.width = columns(words::handshake_half.in(options.language))},
              {.width = 7, .lean = Lean::right},
              {.width = columns(words::client_side.in(options.language)) + 4},
              {.width = 13},
              {.width = 13},
              {.width = columns(words::stream_columns[7].in(options.language)), .lean = Lean::right},
              {.width = columns(words::stream_columns[8].in(options.language)), .lean = Lean::right},
              {.width = columns(words::stream_columns[9].in(options.language)), .lean = Lean::right},
              {.width = columns_of(options.times, usual_stamp), .lean = Lean::right},
              {.width = 7, .lean = Lean::right}},
             options.columns),
      stamps_(options.times, columns_of(options.times, usual_stamp)) {}

std::string StreamTable::head() {
  if (head_shown_) return {};
  head_shown_ = true;
  return table_.row(in(words::stream_columns, options_.language));
}

std::string StreamTable::row(const StreamSummary& stream) {
  const Language language = options_.language;
  const bool tcp = stream.protocol == Protocol::tcp;
  const auto initial = stream.round_trip.initial();
  std::vector<std::string> cells{fmt::format("{} {}", tcp ? "TCP" : "UDP", stream.number), ends(stream)};
  if (tcp) {
    cells.emplace_back(handshake_word(stream.handshake, language));
    cells.push_back(initial ? duration(*initial) : nothing);
    cells.push_back(closed_by(stream, language));
    cells.push_back(marked(stream.client_state, stream.client_certainty));
    cells.push_back(marked(stream.server_state, stream.server_certainty));
    assumed_shown_ = assumed_shown_ || cells[5].ends_with('?') || cells[6].ends_with('?');
  } else {
    cells.insert(cells.end(), 3, nothing);
    cells.push_back(datagrams(stream.packets_client, language));
    cells.push_back(datagrams(stream.packets_server, language));
  }
  cells.push_back(fmt::format("{}", stream.bytes_client));
  cells.push_back(fmt::format("{}", stream.bytes_server));
  cells.push_back(tcp ? fmt::format("{}", stream.retransmissions()) : nothing);
  const auto lasted = stream.duration();
  cells.push_back(stamps_.next(stream.first));
  cells.push_back(lasted ? duration(*lasted) : nothing);
  return head() + table_.row(cells);
}

std::string StreamTable::totals(const CaptureSummary& summary) const {
  std::string out;
  if (assumed_shown_)
    for (const std::string& part : wrap(words::legend.in(options_.language), options_.columns)) out += part + '\n';
  out += stays(summary) + notes(summary);
  return head_shown_ || !out.empty() ? out + '\n' : out;
}

std::string StreamTable::stays(const CaptureSummary& summary) const {
  CellTable table({{.width = 10},
                   {.width = 12},
                   {.width = 11, .lean = Lean::right},
                   {.width = 9, .lean = Lean::right},
                   {.width = 9, .lean = Lean::right},
                   {.width = 9, .lean = Lean::right}},
                  options_.columns);
  const std::string head = '\n' + table.row(in(words::stay_columns, options_.language));
  std::string out;
  for (const Side side : {Side::client, Side::server}) {
    for (int i = 0; i < state_count; ++i) {
      const auto state = static_cast<State>(i);
      const Durations& stays = summary.stays.of(side, state);
      if (stays.count() == 0) continue;
      out += table.row({std::string(side_word(side, options_.language)), std::string(to_string(state)),
                        fmt::format("{}", stays.count()), duration(stays.least()), duration(stays.median()),
                        duration(stays.most())});
    }
  }
  return out.empty() ? out : head + out;
}

std::string StreamTable::notes(const CaptureSummary& summary) const {
  CellTable table({{.width = 28}, {.width = 7, .lean = Lean::right}}, options_.columns);
  const std::string head = '\n' + table.row({std::string(words::notes_column.in(options_.language)),
                                             std::string(words::packets_column.in(options_.language))});
  std::string out;
  for (std::size_t i = 0; i < note_count; ++i)
    if (summary.notes[i] > 0)
      out += table.row({std::string(to_string(static_cast<Note>(i))), fmt::format("{}", summary.notes[i])});
  return out.empty() ? out : head + out;
}

}  // namespace echolab::capture
