// The observations as JSON for programs: one object a line, without the line break.
#pragma once

#include <string>
#include <string_view>

#include "capture/explain/annotation.hpp"
#include "capture/render/summary.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

/// `text` as a JSON string with its quotes. What is not valid UTF-8 becomes U+FFFD, a byte each; characters that steer
/// a terminal are written as \uNNNN.
std::string json_string(std::string_view text);

/// "kind":"packet". `raw_numbers`: seq and ack as on the wire instead of relative.
std::string to_json(const Observation& observation, const Annotation& annotation, bool raw_numbers = false);
/// The same with another kind, and with members of its own before and behind the packet's: JSON, each with the comma
/// before it.
struct JsonPacket {
  std::string_view kind = "packet";
  std::string_view first = {}, last = {};
  bool raw_numbers = false;
};
std::string to_json(const Observation& observation, const Annotation& annotation, const JsonPacket& as);
/// "kind":"stream".
std::string to_json(const StreamSummary& summary);
/// "kind":"unfinished": a fragmented packet that never became whole, and in `text` why.
std::string to_json(const UnfinishedPacket& packet, std::string_view text);
/// "kind":"summary".
std::string to_json(const CaptureSummary& summary);

}  // namespace echolab::capture
