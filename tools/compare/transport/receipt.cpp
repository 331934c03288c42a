#include "tools/compare/transport/receipt.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace echolab::compare {
namespace {

struct Named {
  std::string_view name;
  Unit unit;
};
constexpr std::array<Named, measure_count> measures{{
    {"packets", Unit::packets},
    {"packets_dropped", Unit::packets},
    {"bytes", Unit::bytes},
    {"overhead", Unit::share},
    {"handshake_packets", Unit::packets},
    {"first_answer_packets", Unit::packets},
    {"first_answer_rtts", Unit::round_trips},
    {"retransmissions", Unit::packets},
    {"messages_sent", Unit::messages},
    {"messages_answered", Unit::messages},
    {"messages_lost", Unit::messages},
    {"wire_lost", Unit::messages},
    {"messages_doubled", Unit::messages},
    {"messages_out_of_order", Unit::messages},
    {"first_answer", Unit::milliseconds},
    {"round_trip_min", Unit::milliseconds},
    {"round_trip_median", Unit::milliseconds},
    {"round_trip_p99", Unit::milliseconds},
    {"exchange_time", Unit::milliseconds},
    {"rate_1", Unit::per_second},
    {"rate_64", Unit::per_second},
    {"bulk_rate", Unit::bytes_per_second},
    {"bulk_delivered", Unit::share},
    {"kernel_sockets", Unit::sockets},
    {"kernel_bytes", Unit::bytes},
    {"kernel_queued", Unit::bytes},
    {"program_bytes", Unit::bytes},
    {"server_work", Unit::microseconds},
    {"loss_noticed_by", Unit::word},
    {"loss_noticed_after", Unit::milliseconds},
    {"closed_port", Unit::word},
    {"closed_port_after", Unit::milliseconds},
    {"dead_server", Unit::word},
    {"dead_server_after", Unit::milliseconds},
    {"cut_wire", Unit::word},
    {"cut_wire_after", Unit::milliseconds},
    {"cut_wire_lost", Unit::messages},
}};

double milliseconds(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }
double microseconds(Nanoseconds time) { return std::chrono::duration<double, std::micro>(time).count(); }

/// What a run gave for one measure; nullopt: nothing.
using OfRun = std::function<std::optional<double>(const Exchange&)>;

/// A count of the packets.
OfRun counted(std::uint64_t Counts::*count) {
  return [count](const Exchange& run) -> std::optional<double> {
    if (!run.packets) return std::nullopt;
    return static_cast<double>((*run.packets).*count);
  };
}
/// A number of messages.
template <typename Count>
OfRun told(Count count) {
  return [count](const Exchange& run) -> std::optional<double> {
    return static_cast<double>(std::invoke(count, run.talk));
  };
}
/// A time, from all round trips of the run.
OfRun round_trip(double share) {
  return [share](const Exchange& run) -> std::optional<double> {
    if (run.talk.round_trips.empty()) return std::nullopt;
    std::vector<double> times;
    for (const Nanoseconds time : run.talk.round_trips) times.push_back(milliseconds(time));
    return percentile(std::move(times), share);
  };
}
std::optional<double> first_answer(const Exchange& run) {
  if (!run.talk.first_answer) return std::nullopt;
  return milliseconds(*run.talk.first_answer);
}
std::optional<double> overhead(const Exchange& run) {
  if (!run.packets || run.packets->bytes == 0) return std::nullopt;
  return 1 - static_cast<double>(run.packets->payload) / static_cast<double>(run.packets->bytes);
}
/// What must have got lost, by what the wire delivered.
OfRun wire_lost(std::size_t size) {
  return [size](const Exchange& run) -> std::optional<double> {
    if (!run.packets) return std::nullopt;
    return static_cast<double>(run.talk.sent - run.packets->answer_bytes_delivered / size);
  };
}

/// A row out of the runs of both sides. Counts are the first run's, times the median.
Row of_runs(const Findings& findings, Measure measure, const OfRun& of_run) {
  Row row{.measure = measure};
  for (const Protocol protocol : both) {
    std::vector<double> values;
    for (const Exchange& run : findings.sides[protocol].runs)
      if (const auto value = of_run(run)) values.push_back(*value);
    if (values.empty()) continue;
    const Spread spread = spread_of(values);
    row.value[protocol] = unit_of(measure) == Unit::milliseconds ? spread.median : values.front();
    if (values.size() > 1) row.spread[protocol] = spread;
  }
  return row;
}

/// A row out of something that was measured once.
template <typename Get>
Row of_sides(const Findings& findings, Measure measure, Get get) {
  Row row{.measure = measure};
  for (const Protocol protocol : both) row.value[protocol] = get(findings.sides[protocol]);
  return row;
}

Value to_value(const std::optional<double>& number) { return number ? Value(*number) : Value(); }
Value to_value(const std::optional<Nanoseconds>& time) { return time ? Value(milliseconds(*time)) : Value(); }

Word word_of(FailureKind kind) {
  constexpr std::array words{Word::silence, Word::refused, Word::closed, Word::reset, Word::other};
  return words[static_cast<std::size_t>(kind)];
}

/// The word, and how long it took.
void add_failure(std::vector<Row>& rows, const Findings& findings, Measure kind, Measure after,
                 std::optional<Failure> Side::*failure) {
  rows.push_back(of_sides(findings, kind, [failure](const Side& side) {
    return side.*failure ? Value(word_of((side.*failure)->kind)) : Value();
  }));
  rows.push_back(of_sides(findings, after, [failure](const Side& side) {
    return side.*failure ? Value(milliseconds((side.*failure)->after)) : Value();
  }));
}

void add_exchange(std::vector<Row>& rows, const Findings& findings) {
  const auto add = [&](Measure measure, const OfRun& of_run) { rows.push_back(of_runs(findings, measure, of_run)); };
  add(Measure::packets, counted(&Counts::packets));
  if (findings.plan.place == Place::lab)  // elsewhere there is no wire to ask
    add(Measure::packets_dropped, counted(&Counts::dropped));
  else
    rows.push_back({.measure = Measure::packets_dropped});
  add(Measure::bytes, counted(&Counts::bytes));
  add(Measure::overhead, overhead);
  add(Measure::handshake_packets, counted(&Counts::handshake_packets));
  add(Measure::first_answer_packets, counted(&Counts::packets_before_answer));
  add(Measure::first_answer_rtts, counted(&Counts::round_trips_before_answer));
  add(Measure::retransmissions, counted(&Counts::retransmissions));
  add(Measure::messages_sent, told(&Talk::sent));
  add(Measure::messages_answered, told(&Talk::answered));
  add(Measure::messages_lost, told(&Talk::lost));
  add(Measure::wire_lost, wire_lost(findings.plan.size));
  add(Measure::messages_doubled, told(&Talk::doubled));
  add(Measure::messages_out_of_order, told(&Talk::out_of_order));
  add(Measure::first_answer, first_answer);
  add(Measure::round_trip_min, round_trip(0));
  add(Measure::round_trip_median, round_trip(0.5));
  add(Measure::round_trip_p99, round_trip(0.99));
  add(Measure::exchange_time, [](const Exchange& run) { return std::optional(milliseconds(run.talk.total)); });
}

void add_load(std::vector<Row>& rows, const Findings& findings) {
  const auto add = [&](Measure measure, auto get) { rows.push_back(of_sides(findings, measure, get)); };
  add(Measure::rate_1, [](const Side& side) { return to_value(side.rate_one); });
  add(Measure::rate_64, [](const Side& side) { return to_value(side.rate_many); });
  add(Measure::bulk_rate, [](const Side& side) { return to_value(side.bulk_rate); });
  add(Measure::bulk_delivered, [](const Side& side) { return to_value(side.bulk_share); });
  const auto of_kernel = [&](Measure measure, auto bytes) {
    add(measure, [bytes](const Side& side) { return side.kernel ? Value(bytes(*side.kernel)) : Value(); });
  };
  constexpr auto clients = static_cast<double>(many_clients);
  of_kernel(Measure::kernel_sockets,
            [](const KernelState& kept) { return static_cast<double>(kept.sockets) / clients; });
  of_kernel(Measure::kernel_bytes,
            [](const KernelState& kept) { return static_cast<double>(kept.sockets * kept.object_bytes) / clients; });
  of_kernel(Measure::kernel_queued,
            [](const KernelState& kept) { return static_cast<double>(kept.queued_bytes) / clients; });
  add(Measure::program_bytes, [](const Side& side) {
    return side.kept_by_program ? Value(static_cast<double>(*side.kept_by_program)) : Value();
  });
  add(Measure::server_work, [](const Side& side) { return side.work ? Value(microseconds(*side.work)) : Value(); });
}

Value who_noticed(const Side& side) {
  if (!side.lost_one) return {};
  if (side.lost_one->noticed_by_kernel) return Word::kernel;
  return side.lost_one->noticed_by_client ? Word::client : Word::nobody;
}

void add_faults(std::vector<Row>& rows, const Findings& findings) {
  rows.push_back(of_sides(findings, Measure::loss_noticed_by, who_noticed));
  rows.push_back(of_sides(findings, Measure::loss_noticed_after, [](const Side& side) {
    Value after;
    if (const auto& lost = side.lost_one)
      after = to_value(lost->noticed_by_kernel ? lost->noticed_by_kernel : lost->noticed_by_client);
    return after;
  }));
  add_failure(rows, findings, Measure::closed_port, Measure::closed_port_after, &Side::closed_port);
  add_failure(rows, findings, Measure::dead_server, Measure::dead_server_after, &Side::dead_server);
  const auto of_cut = [&](Measure measure, auto get) {
    rows.push_back(
        of_sides(findings, measure, [get](const Side& side) { return side.cut ? get(*side.cut) : Value(); }));
  };
  of_cut(Measure::cut_wire, [](const Cut& cut) -> Value {
    if (cut.answered == cut.sent) return Word::goes_on;
    return cut.answered > 2 ? Word::goes_on_short : Word::silence;  // two were answered before it was cut, at most
  });
  of_cut(Measure::cut_wire_after, [](const Cut& cut) { return Value(milliseconds(cut.silence)); });
  of_cut(Measure::cut_wire_lost, [](const Cut& cut) { return Value(static_cast<double>(cut.sent - cut.answered)); });
}

}  // namespace

std::string_view to_string(Measure measure) { return measures[static_cast<std::size_t>(measure)].name; }
Unit unit_of(Measure measure) { return measures[static_cast<std::size_t>(measure)].unit; }

std::string_view to_string(Unit unit) {
  static constexpr std::array<std::string_view, 11> names{"packets",          "bytes",   "share", "round_trips",
                                                          "messages",         "ms",      "us",    "per_second",
                                                          "bytes_per_second", "sockets", "word"};
  return names[static_cast<std::size_t>(unit)];
}

std::string_view to_string(Word word) {
  static constexpr std::array<std::string_view, word_count> names{
      "silence", "refused", "closed", "reset", "other", "kernel", "client", "nobody", "goes_on", "goes_on_short"};
  return names[static_cast<std::size_t>(word)];
}

std::vector<Row> receipt(const Findings& findings) {
  std::vector<Row> rows;
  add_exchange(rows, findings);
  add_load(rows, findings);
  add_faults(rows, findings);
  return rows;
}

const Row& row_of(const std::vector<Row>& rows, Measure measure) {
  return *std::ranges::find(rows, measure, &Row::measure);
}

std::optional<double> number(const Value& value) {
  if (const auto* found = std::get_if<double>(&value)) return *found;
  return std::nullopt;
}

}  // namespace echolab::compare
