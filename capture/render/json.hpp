// The observations as JSON for programs: one object a line, without the line break.
#pragma once

#include <string>
#include <string_view>

#include "capture/render/drawn.hpp"
#include "capture/render/summary.hpp"
#include "capture/track/observation.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

/// `text` as a JSON string with its quotes. What is not valid UTF-8 becomes U+FFFD, a byte each; characters that steer
/// a terminal are written as \uNNNN.
std::string json_string(std::string_view text);

/// A packet's line; `kind` may be another one, with members of its own before and behind the packet's: JSON, each with
/// the comma before it.
struct JsonPacket {
  std::string_view kind = "packet";
  std::string_view first = {}, last = {};
  bool raw_numbers = false;  // seq and ack as on the wire instead of relative
};

/// Writes packets' lines in one language.
class PacketJson {
 public:
  /// `keeps_blocks`: words that were made once are not made again, only their digits change.
  explicit PacketJson(Language language, bool keeps_blocks = true)
      : language_(language), steps_(keeps_blocks ? 4096 : 0), blocks_(keeps_blocks ? 4096 : 0) {}
  void append(std::string& out, const Observation& seen, const JsonPacket& as = {});

 private:
  Language language_;
  Plan plan_;
  std::string shape_, words_;
  Numbers numbers_;
  DrawnBlocks steps_, blocks_;  // of the post, and of the rest
};
std::string to_json(const Observation& seen, Language language, const JsonPacket& as = {});
/// "kind":"stream".
std::string to_json(const StreamSummary& summary);
/// "kind":"unfinished": a fragmented packet that never became whole, and in `text` why.
std::string to_json(const UnfinishedPacket& packet, std::string_view text);
/// "kind":"summary".
std::string to_json(const CaptureSummary& summary);

}  // namespace echolab::capture
