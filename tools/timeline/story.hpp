// One story of calls and packets for a reader: a line each, at most `columns` wide where the words allow it.
#pragma once

#include <string>
#include <string_view>

#include "capture/render/annotation.hpp"
#include "capture/track/observation.hpp"
#include "net/call_log.hpp"
#include "tools/timeline/options.hpp"

namespace echolab::timeline {

/// How the story is drawn, and the time that it counts from.
struct Style {
  Options options;
  net::WallTime zero{};
};

/// "   0.000051  connect(3, 127.0.0.1:9000) · sends SYN and blocks until the handshake ends". With its line break.
std::string story_of(const net::CallRecord& record, const Style& style);

/// The packet's arrow and notation, and under it each endpoint that it moved:
/// "   0.000102    → S 0:0(0) win 65495 · SYN: may I open a connection?" / "               client CLOSED → SYN_SENT"
std::string story_of(const capture::Observation& seen, const capture::Annotation& meaning, const Style& style);

/// A sentence between the events.
std::string story_of(std::string_view sentence, net::WallTime time, const Style& style);

/// Half a sentence on an error of a call; empty where its name says all.
std::string error_meaning(const net::CallRecord& record, const Options& options);

/// Who says that the call fails: "icmp", "peer" (its RST), or "local": our own kernel. Empty: nobody says anything.
std::string_view error_origin(const net::CallRecord& record);

/// The bytes of a call as text: "hello", "aaaaaaaa"... (65536 bytes).
std::string quoted(std::span<const std::byte> bytes, bool ascii, bool with_size = true);

}  // namespace echolab::timeline
