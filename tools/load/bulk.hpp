// One client that sends as much as it can.
#pragma once

#include <chrono>
#include <cstdint>

#include "net/address.hpp"

namespace echolab::load {

struct BulkResult {
  std::uint64_t bytes_sent = 0, bytes_back = 0;  // never more back than sent
  std::chrono::nanoseconds time{};               // until the last byte came back
};
/// Sends as fast as its kernel takes it, and reads what comes back, for so long; then it waits for what is under way:
/// at most `patience` without a byte, and 20 times as long in all. Throws net::CallError; EPROTO: what comes back over
/// TCP is not what was sent. Datagrams that are no echo, or one again, do not count.
BulkResult run_bulk(int type, const net::Address& server, std::chrono::milliseconds duration,
                    std::chrono::milliseconds patience);

}  // namespace echolab::load
