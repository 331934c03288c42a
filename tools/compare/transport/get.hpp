// Where the values of the receipt come from: out of one run of the exchange, or out of what was measured once.
#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "tools/compare/transport/findings.hpp"
#include "tools/compare/transport/statistics.hpp"
#include "tools/compare/transport/value.hpp"

namespace echolab::compare {

/// nullopt: the run gave nothing for it.
using OfRun = std::optional<double> (*)(const Exchange& run, const Plan& plan);
using OfSide = Value (*)(const Side& side);
using Get = std::variant<OfRun, OfSide>;

inline double milliseconds(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }
inline double microseconds(Nanoseconds time) { return std::chrono::duration<double, std::micro>(time).count(); }

namespace get {

/// A count of the packets.
template <std::uint64_t Counts::*count>
std::optional<double> counted(const Exchange& run, const Plan&) {
  if (!run.packets) return std::nullopt;
  return static_cast<double>((*run.packets).*count);
}
/// The same, where there is a wire to ask what it dropped.
template <std::uint64_t Counts::*count>
std::optional<double> counted_by_wire(const Exchange& run, const Plan& plan) {
  return plan.place == Place::lab ? counted<count>(run, plan) : std::nullopt;
}
/// A number of messages.
template <auto count>
std::optional<double> told(const Exchange& run, const Plan&) {
  return static_cast<double>(std::invoke(count, run.talk));
}
/// A time that not every run has.
inline std::optional<double> first_answer(const Exchange& run, const Plan&) {
  if (!run.talk.first_answer) return std::nullopt;
  return milliseconds(*run.talk.first_answer);
}
inline std::optional<double> total(const Exchange& run, const Plan&) { return milliseconds(run.talk.total); }
/// Of all round trips of the run.
template <int percent>
std::optional<double> round_trip(const Exchange& run, const Plan&) {
  if (run.talk.round_trips.empty()) return std::nullopt;
  std::vector<double> times;
  for (const Nanoseconds time : run.talk.round_trips) times.push_back(milliseconds(time));
  return percentile(std::move(times), percent / 100.0);
}
inline std::optional<double> overhead(const Exchange& run, const Plan&) {
  if (!run.packets || run.packets->bytes == 0) return std::nullopt;
  return 1 - static_cast<double>(run.packets->payload) / static_cast<double>(run.packets->bytes);
}
/// What must have got lost, by what the wire delivered.
inline std::optional<double> lost_by_wire(const Exchange& run, const Plan& plan) {
  if (!run.packets) return std::nullopt;
  return static_cast<double>(run.talk.sent - run.packets->answer_bytes_delivered / plan.size);
}

/// Something that was measured once.
template <auto member>
Value once(const Side& side) {
  const auto& found = side.*member;
  return found ? Value(static_cast<double>(*found)) : Value();
}
inline Value work(const Side& side) { return side.work ? Value(microseconds(*side.work)) : Value(); }

constexpr auto per_client = static_cast<double>(many_clients);
inline Value kernel_sockets(const Side& side) {
  return side.kernel ? Value(static_cast<double>(side.kernel->sockets) / per_client) : Value();
}
inline Value kernel_bytes(const Side& side) {
  if (!side.kernel) return {};
  return static_cast<double>(side.kernel->sockets * side.kernel->object_bytes) / per_client;
}
inline Value kernel_queued(const Side& side) {
  return side.kernel ? Value(static_cast<double>(side.kernel->queued_bytes) / per_client) : Value();
}

inline Value who_noticed(const Side& side) {
  if (!side.lost_one) return {};
  if (side.lost_one->noticed_by_kernel) return Word::kernel;
  return side.lost_one->noticed_by_client ? Word::client : Word::nobody;
}
inline Value noticed_after(const Side& side) {
  if (!side.lost_one) return {};
  const auto& lost = *side.lost_one;
  const auto after = lost.noticed_by_kernel ? lost.noticed_by_kernel : lost.noticed_by_client;
  return after ? Value(milliseconds(*after)) : Value();
}

/// What a failure looks like, and how long that took.
template <std::optional<Failure> Side::*failure>
Value looks_like(const Side& side) {
  constexpr std::array names{Word::silence, Word::refused, Word::closed, Word::reset, Word::other};
  return side.*failure ? Value(names[static_cast<std::size_t>((side.*failure)->kind)]) : Value();
}
template <std::optional<Failure> Side::*failure>
Value after(const Side& side) {
  return side.*failure ? Value(milliseconds((side.*failure)->after)) : Value();
}

inline Value after_the_cut(const Side& side) {
  if (!side.cut) return {};
  if (side.cut->answered == side.cut->sent) return Word::goes_on;
  return side.cut->answered > 2 ? Word::goes_on_short : Word::silence;  // two were answered before the cut, at most
}
inline Value cut_silence(const Side& side) { return side.cut ? Value(milliseconds(side.cut->silence)) : Value(); }
inline Value cut_lost(const Side& side) {
  return side.cut ? Value(static_cast<double>(side.cut->sent - side.cut->answered)) : Value();
}

}  // namespace get
}  // namespace echolab::compare
