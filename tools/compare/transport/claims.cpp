#include "tools/compare/transport/claims.hpp"

#include <array>

namespace echolab::compare {
namespace {

/// Both numbers of a row; nullopt where one was not measured.
std::optional<Both<double>> numbers(const std::vector<Row>& rows, MeasureName measure) {
  const Row& row = row_of(rows, measure);
  const auto tcp = number(row.value.tcp), udp = number(row.value.udp);
  if (!tcp || !udp) return std::nullopt;
  return Both<double>{*tcp, *udp};
}
bool is(const std::vector<Row>& rows, MeasureName measure, Client client, Word word) {
  return row_of(rows, measure).value[client] == Value(word);
}
bool measured(const std::vector<Row>& rows, MeasureName measure) {
  return !std::holds_alternative<std::monostate>(row_of(rows, measure).value.tcp);
}

/// While its wire is gone a connection waits; when its server is gone it is lost.
Verdict after_a_cut(const std::vector<Row>& rows) {
  if (!measured(rows, "cut_wire") || !measured(rows, "dead_server")) return Verdict::not_measured;
  if (!is(rows, "cut_wire", Client::tcp, Word::goes_on)) return Verdict::not_borne_out;
  return Verdict::partly;  // nothing that TCP remembers outlives its server: `dead_server` has no word for going on
}

Verdict nobody_checks(const std::vector<Row>& rows) {
  if (!measured(rows, "loss_noticed_by")) return Verdict::not_measured;
  const bool tcp_checks = is(rows, "loss_noticed_by", Client::tcp, Word::kernel);
  const bool udp_does_not = !is(rows, "loss_noticed_by", Client::udp, Word::kernel);
  return tcp_checks && udp_does_not ? Verdict::borne_out : Verdict::not_borne_out;
}

/// "Faster" is two things: how soon the first answer comes, and how many come after it.
Verdict reliability_for_speed(const std::vector<Row>& rows) {
  constexpr double sooner = 0.8, much_the_same = 1.25;
  const auto first = numbers(rows, "first_answer"), rate = numbers(rows, "rate_1");
  if (!first || !rate) return Verdict::not_measured;
  const bool first_sooner = first->udp < sooner * first->tcp;
  const bool steady_faster = rate->udp > much_the_same * rate->tcp;
  if (first_sooner && steady_faster) return Verdict::borne_out;
  return first_sooner || steady_faster ? Verdict::partly : Verdict::not_borne_out;
}

Verdict no_session_state(const std::vector<Row>& rows) {
  const auto sockets = numbers(rows, "kernel_sockets"), bytes = numbers(rows, "program_bytes");
  if (!sockets || !bytes) return Verdict::not_measured;
  return sockets->udp == 0 && bytes->udp == 0 ? Verdict::borne_out : Verdict::not_borne_out;
}

/// Load is memory and work. The work of an echo is small: less than half of it is what a server would notice.
Verdict less_load(const std::vector<Row>& rows) {
  constexpr double clearly = 0.5;
  const auto memory = numbers(rows, "kernel_bytes"), work = numbers(rows, "server_work");
  if (!memory || !work) return Verdict::not_measured;
  const bool less_memory = memory->udp < memory->tcp, less_work = work->udp < clearly * work->tcp;
  if (less_memory && less_work) return Verdict::borne_out;
  return less_memory || less_work ? Verdict::partly : Verdict::not_borne_out;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  static constexpr std::array<std::string_view, verdict_count> names{"borne_out", "partly", "not_borne_out",
                                                                     "not_measured"};
  return names[static_cast<std::size_t>(verdict)];
}

Verdict judge(Claim claim, const std::vector<Row>& rows) {
  switch (claim) {
    case Claim::goes_on_after_a_cut: return after_a_cut(rows);
    case Claim::nobody_checks: return nobody_checks(rows);
    case Claim::reliability_for_speed: return reliability_for_speed(rows);
    case Claim::no_session_state: return no_session_state(rows);
    case Claim::less_load: return less_load(rows);
    case Claim::younger_than_tcp:
      return Verdict::not_borne_out;  // a matter of dates: RFC 768 is of 1980, RFC 793 of 1981
  }
  return Verdict::not_measured;
}

}  // namespace echolab::compare
