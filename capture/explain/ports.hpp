// What port numbers hint at: nothing in UDP says who asks.
#pragma once

#include <cstdint>

namespace echolab::capture {

/// Whether what goes from port `from` to port `to` looks like a server's answer. Servers have the ports below 1024
/// (RFC 6335, 6); to clients Linux lends those from 32768 on, others from 49152 on.
constexpr bool looks_like_an_answer(std::uint16_t from, std::uint16_t to) {
  constexpr int first_registered = 1024, first_lent = 32768;
  constexpr int nfs = 2049, first_of_root = 512, last_of_root = 1023;  // NFS is called from ports that only root takes
  const auto calls_nfs = [](int client, int server) {
    return server == nfs && client >= first_of_root && client <= last_of_root;
  };
  if (calls_nfs(from, to)) return false;
  const bool from_well_known = from < first_registered && from < to;
  const bool to_lent = from < first_lent && to >= first_lent;
  return from_well_known || to_lent || calls_nfs(to, from);
}

}  // namespace echolab::capture
