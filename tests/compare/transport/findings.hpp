// Findings as a clean run in the lab gives them, to be changed by a test.
#pragma once

#include "tools/compare/transport/findings.hpp"

namespace echolab::test {

inline compare::Findings clean_findings() {
  using namespace std::chrono_literals;
  using namespace compare;
  const auto run = [](std::uint64_t packets, std::uint64_t handshake, Nanoseconds first) {
    Exchange exchange;
    exchange.talk = {
        .sent = 2, .answered = 2, .first_answer = first, .round_trips = {20ms, 21ms}, .total = first + 21ms};
    exchange.packets = Counts{.packets = packets,
                              .bytes = 1000,
                              .payload = 256,
                              .handshake_packets = handshake,
                              .round_trips_before_answer = handshake ? 2U : 1U,
                              .answer_bytes_delivered = 128};
    return exchange;
  };
  Findings findings{.plan = {.messages = 2, .line = {.delay = 10ms}}};
  Side& tcp = findings.sides.tcp;
  tcp.runs = {run(12, 3, 40ms), run(13, 3, 42ms), run(12, 3, 41ms)};
  tcp.rate_one = 49.5, tcp.rate_many = 3000, tcp.bulk_rate = 3e7, tcp.bulk_share = 1;
  tcp.kernel = KernelState{.sockets = many_clients, .queued_bytes = 0, .object_bytes = 2304};
  tcp.kept_by_program = 248, tcp.work = 6us;
  tcp.lost_one = LostOne{.noticed_by_kernel = 220ms};
  tcp.closed_port = Failure{FailureKind::refused, 20ms}, tcp.dead_server = Failure{FailureKind::closed, 10ms};
  tcp.cut = Cut{.duration = 600ms, .sent = 6, .answered = 6, .silence = 950ms};
  Side& udp = findings.sides.udp;
  udp.runs = {run(4, 0, 20ms), run(4, 0, 20ms), run(4, 0, 20ms)};
  udp.rate_one = 49.6, udp.rate_many = 3100, udp.bulk_rate = 2.9e7, udp.bulk_share = 0.1;
  udp.kernel = KernelState{};
  udp.kept_by_program = 0, udp.work = 5500ns;
  udp.lost_one = LostOne{.noticed_by_client = 240ms};
  udp.closed_port = Failure{FailureKind::refused, 20ms}, udp.dead_server = Failure{FailureKind::refused, 20ms};
  udp.cut = Cut{.duration = 600ms, .sent = 6, .answered = 3, .silence = 240ms};
  Side& retry = findings.sides.udp_retry = udp;
  retry.bulk_rate.reset(), retry.bulk_share.reset();
  retry.cut = Cut{.duration = 600ms, .sent = 6, .answered = 6, .silence = 900ms};
  return findings;
}

}  // namespace echolab::test
