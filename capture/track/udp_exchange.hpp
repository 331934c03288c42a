// A UDP conversation is two addresses that exchange datagrams: there is nothing else to know.
#pragma once

#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

struct UdpExchange {
  Endpoint client, server;
  Audience audience = Audience::one;
  std::uint32_t icmp_errors = 0;
  IcmpNotice first_icmp{};
  std::uint64_t packets = 0, packets_client = 0, bytes_client = 0, bytes_server = 0;
  Time first{}, last{};

  void count(Side from, std::uint32_t bytes, Time at) {
    if (packets++ == 0) first = at;
    last = at;
    if (from == Side::client) ++packets_client;
    (from == Side::client ? bytes_client : bytes_server) += bytes;
  }
  void quoted(const IcmpNotice& error) {
    if (icmp_errors++ == 0) first_icmp = error;
  }
  StreamSummary summary() const {
    StreamSummary summary;
    summary.protocol = Protocol::udp;
    summary.client = client, summary.server = server, summary.audience = audience;
    summary.packets = packets, summary.packets_client = packets_client,
    summary.packets_server = packets - packets_client;
    summary.bytes_client = bytes_client, summary.bytes_server = bytes_server;
    summary.icmp_errors = icmp_errors, summary.first_icmp = first_icmp;
    summary.first = first, summary.last = last;
    return summary;
  }
};

}  // namespace echolab::capture
