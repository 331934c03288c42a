// The members of a packet's line that only TCP has: both ends' states, what the packet says of earlier ones, options.
#include "capture/render/json_parts.hpp"

namespace echolab::capture {
namespace {

void append_side(JsonBuffer& out, std::string_view side, const SideChange& change) {
  append(out, FMT_COMPILE(",\"{}\":{{\"before\":\"{}\",\"after\":\"{}\",\"certainty\":\"{}\"}}"), side,
         to_string(change.before), to_string(change.after), to_string(change.certainty));
}

void append_steps(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.step_bits == 0) return;
  append(out, ",\"steps\":[");
  std::string_view comma;
  for (const Step step : {Step::syn, Step::syn_ack, Step::ack, Step::data}) {
    if (!tcp.is_step(step)) continue;
    append(out, FMT_COMPILE("{}{}"), comma, static_cast<int>(step));
    comma = ",";
  }
  append(out, "]");
}

void append_post(JsonBuffer& out, const TcpView& tcp, std::string_view why) {
  append_steps(out, tcp);
  if (!tcp.post) return;
  append(out, FMT_COMPILE(",\"post\":{{\"step\":{},\"agrees\":{}"), static_cast<int>(tcp.post->step),
         tcp.post->agrees());
  if (tcp.post->missing) append(out, ",\"missing\":true");
  append(out, ",\"why\":");
  append_json_string(out, why);
  append(out, "}");
}

void append_take_backs(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.take_backs().empty()) return;
  append(out, ",\"taken_back\":[");
  std::string_view comma;
  for (const TakeBack& back : tcp.take_backs()) {
    append(out, FMT_COMPILE("{}{{\"side\":\"{}\",\"believed\":\"{}\",\"truth\":\"{}\",\"frame\":{},\"lost\":{}}}"),
           comma, to_string(back.side), to_string(back.believed), to_string(back.truth), back.frame, back.lost);
    comma = ",";
  }
  append(out, "]");
}

void append_frames(JsonBuffer& out, std::string_view name, const std::vector<std::uint64_t>& frames) {
  if (frames.empty()) return;
  append(out, FMT_COMPILE(",\"{}\":["), name);
  std::string_view comma;
  for (const std::uint64_t frame : frames) {
    append(out, FMT_COMPILE("{}{}"), comma, frame);
    comma = ",";
  }
  append(out, "]");
}

/// What the packet says of earlier ones, by their frames; times in seconds, as `time`.
void append_relations(JsonBuffer& out, const TcpView& tcp) {
  if (const auto& acknowledged = tcp.acknowledges) {
    append(out, FMT_COMPILE(",\"acks\":{{\"frame\":{}"), acknowledged->frame);
    if (acknowledged->or_frame > 0) append(out, FMT_COMPILE(",\"or\":{}"), acknowledged->or_frame);
    if (acknowledged->after) {
      append(out, ",");
      append_seconds(out, "rtt", *acknowledged->after);
    }
    append(out, "}");
  }
  if (tcp.in_flight > 0) append(out, FMT_COMPILE(",\"in_flight\":{}"), tcp.in_flight);
  if (tcp.duplicate > 0) append(out, FMT_COMPILE(",\"duplicate\":{}"), tcp.duplicate);
  if (tcp.copy_of) append(out, FMT_COMPILE(",\"copy_of\":{}"), *tcp.copy_of);
  if (tcp.copy_age) {
    append(out, ",");
    append_seconds(out, "copy_age", *tcp.copy_age);
  }
  if (tcp.asked_by_reports) append(out, ",\"asked_by_sack\":true");
  if (tcp.overtaken) append(out, ",\"overtaken\":true");
  if (tcp.waited) append(out, FMT_COMPILE(",\"waited\":\"{}\""), to_string(*tcp.waited));
  if (tcp.sent_before) append(out, FMT_COMPILE(",\"sent_before\":{}"), *tcp.sent_before);
  if (tcp.answered_before) append(out, FMT_COMPILE(",\"answered_before\":{}"), *tcp.answered_before);
  if (tcp.reset_answers) append(out, FMT_COMPILE(",\"reset_answers\":{}"), tcp.reset_answers->frame);
  if (tcp.perhaps_answers > 0) append(out, FMT_COMPILE(",\"perhaps_answers\":{}"), tcp.perhaps_answers);
  if (tcp.partial)
    append(out, FMT_COMPILE(",\"partial\":{{\"frame\":{},\"before\":{}}}"), tcp.partial->frame, tcp.partial->number);
  if (tcp.hole_stays) {
    append(out, ",");
    append_seconds(out, "hole_stays", *tcp.hole_stays);
  }
  if (tcp.one_direction) append(out, ",\"one_direction\":true");
  append_frames(out, "never_delivered", tcp.never_delivered);
  append_frames(out, "arrived_after_all", tcp.arrived_after_all);
}

}  // namespace

void append_tcp(JsonBuffer& out, const TcpView& tcp, std::string_view why) {
  append_side(out, "client", tcp.client);
  append_side(out, "server", tcp.server);
  append_post(out, tcp, why);
  append_take_backs(out, tcp);
  append_relations(out, tcp);
}

/// SACK blocks are raw numbers.
void append_options(JsonBuffer& out, const Segment& segment) {
  const TcpOptions& options = segment.options;
  std::string_view before = ",\"options\":{";
  const auto add = [&](std::string_view name, std::integral auto value) {
    append(out, FMT_COMPILE("{}\"{}\":{}"), before, name, value);
    before = ",";
  };
  if (options.maximum_segment_size) add("mss", *options.maximum_segment_size);
  if (options.window_scale) add("window_scale", static_cast<int>(*options.window_scale));
  if (options.sack_permitted) add("sack_permitted", true);
  if (segment.flags.syn() && options.timestamp_value) add("timestamps", true);
  if (options.fast_open_cookie) {
    add("fast_open", true);
    add("fast_open_cookie", static_cast<int>(*options.fast_open_cookie));
  }
  if (options.unknown_kind != 0) add("unknown", static_cast<int>(options.unknown_kind));
  if (options.sack_blocks > 0) {
    append(out, FMT_COMPILE("{}\"sack\":["), before);
    std::string_view comma;
    for (const SackBlock& block : options.sack()) {
      append(out, FMT_COMPILE("{}[{},{}]"), comma, block.left, block.right);
      comma = before = ",";
    }
    append(out, "]");
  }
  if (before == ",") append(out, "}");
}

}  // namespace echolab::capture
