// The receipt: a row a measure, made of the findings and nothing else. Text, JSON and Markdown draw the same rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/compare/transport/findings.hpp"
#include "tools/compare/transport/statistics.hpp"

namespace echolab::compare {

enum class Measure : std::uint8_t {
  // What was sent.
  packets,
  packets_dropped,
  bytes,
  overhead,
  handshake_packets,
  first_answer_packets,
  first_answer_rtts,
  retransmissions,
  // What became of the messages, as the application saw it.
  messages_sent,
  messages_answered,
  messages_lost,
  wire_lost,
  messages_doubled,
  messages_out_of_order,
  // How long it took.
  first_answer,
  round_trip_min,
  round_trip_median,
  round_trip_p99,
  exchange_time,
  // How much goes through.
  rate_1,
  rate_64,
  bulk_rate,
  bulk_delivered,
  // What is kept for each client, and what a request costs.
  kernel_sockets,
  kernel_bytes,
  kernel_queued,
  program_bytes,
  server_work,
  // What each notices.
  loss_noticed_by,
  loss_noticed_after,
  closed_port,
  closed_port_after,
  dead_server,
  dead_server_after,
  cut_wire,
  cut_wire_after,
  cut_wire_lost,
};
inline constexpr std::size_t measure_count = 37;
/// "packets", "first_answer_rtts": the JSON's word.
std::string_view to_string(Measure measure);

enum class Unit : std::uint8_t {
  packets,
  bytes,
  share,  // 0 to 1
  round_trips,
  messages,
  milliseconds,
  microseconds,
  per_second,
  bytes_per_second,
  sockets,
  word,
};
std::string_view to_string(Unit unit);
Unit unit_of(Measure measure);

/// A value that is no number.
enum class Word : std::uint8_t {
  silence,
  refused,
  closed,
  reset,
  other,
  kernel,
  client,
  nobody,
  goes_on,
  goes_on_short
};
inline constexpr std::size_t word_count = 10;
/// "silence", "goes_on": the JSON's word.
std::string_view to_string(Word word);

/// monostate: not measured here.
using Value = std::variant<std::monostate, double, Word>;

struct Row {
  Measure measure = Measure::packets;
  Both<Value> value = {};                   // of counts: the first run's, whose packets -w has; of times: the median
  Both<std::optional<Spread>> spread = {};  // of the runs, where there were several
};

/// A row for each measure, in their order.
std::vector<Row> receipt(const Findings& findings);
const Row& row_of(const std::vector<Row>& rows, Measure measure);
/// The number; nullopt: not measured, or a word.
std::optional<double> number(const Value& value);

}  // namespace echolab::compare
