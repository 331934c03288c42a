// The members of a packet's line that only TCP has: both ends' states, what the packet says of earlier ones, options.
#include "capture/explain/post.hpp"
#include "capture/render/json_parts.hpp"

namespace echolab::capture {
namespace {

void append_steps(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.step_bits == 0) return;
  append(out, ",\"steps\":[");
  std::string_view comma;
  for (const Step step : {Step::syn, Step::syn_ack, Step::ack, Step::data}) {
    if (!tcp.is_step(step)) continue;
    append<"{}{}">(out, comma, static_cast<int>(step));
    comma = ",";
  }
  append(out, "]");
}

void append_post(JsonBuffer& out, const Observation& seen, std::string_view why) {
  append_steps(out, *seen.tcp);
  const std::optional<PostView> post = post_of(seen);
  if (!post) return;
  append<",\"post\":{{\"step\":{},\"agrees\":{}">(out, static_cast<int>(post->step), post->agrees());
  if (post->missing) append(out, ",\"missing\":true");
  append<",\"why\":\"{}\"}}">(out, why);
}

void append_take_backs(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.take_backs().empty()) return;
  append(out, ",\"taken_back\":[");
  std::string_view comma;
  for (const TakeBack& back : tcp.take_backs()) {
    append<"{}{{\"side\":\"{}\",\"believed\":\"{}\",\"truth\":\"{}\",\"frame\":{},\"lost\":{}}}">(
        out, comma, to_string(back.side), to_string(back.believed), to_string(back.truth), back.frame, back.lost);
    comma = ",";
  }
  append(out, "]");
}

/// What was found of the packet: of earlier ones by their frames, times in seconds, as `time`.
class Finder {
 public:
  Finder(JsonBuffer& out, const Findings& findings) : out_(out), findings_(findings) {}

  void operator()(const finding::Acknowledges& it) const {
    append<",\"acks\":{{\"frame\":{}">(out_, it.frame);
    if (it.or_frame > 0) number("or", it.or_frame);
    if (it.after) time("rtt", *it.after);
    append(out_, "}");
  }
  void operator()(const finding::Repeats& it) const {
    number("copy_of", it.frame);
    if (it.age) time("copy_age", *it.age);
  }
  void operator()(const finding::AskedBySack&) const { yes("asked_by_sack"); }
  void operator()(const finding::Overtaken&) const { yes("overtaken"); }
  void operator()(const finding::OneDirection&) const { yes("one_direction"); }
  void operator()(const finding::Waited& it) const { append<",\"waited\":\"{}\"">(out_, to_string(it.side)); }
  void operator()(const finding::SentBefore& it) const { number("sent_before", it.frame); }
  void operator()(const finding::AnsweredBefore& it) const { number("answered_before", it.frame); }
  void operator()(const finding::ResetAnswers& it) const { number("reset_answers", it.frame); }
  void operator()(const finding::PerhapsAnswers& it) const { number("perhaps_answers", it.frame); }
  void operator()(const finding::AfterSilence& it) const { time("silence", it.lasted); }
  void operator()(const finding::ArrivedInPart& it) const {
    append<",\"partial\":{{\"frame\":{},\"before\":{}}}">(out_, it.frame, it.number);
  }
  void operator()(const finding::GoesOnAfterReset& it) const { number("goes_on_after_reset", it.frame); }
  void operator()(finding::FitsNothing) const { yes("fits_nothing"); }
  void operator()(finding::EchoesNothing) const { yes("echo_never_sent"); }
  void operator()(const finding::OtherIsn& it) const { number("other_isn", it.frame); }
  void operator()(const finding::HoleStays& it) const { time("hole_stays", it.since); }
  void operator()(const finding::NeverDelivered& it) const { all("never_delivered", it); }
  void operator()(const finding::ArrivedAfterAll& it) const { all("arrived_after_all", it); }

  void operator()(const finding::NotTaken&) const { yes("dropped"); }
  void operator()(const finding::TakenAllTheSame& it) const { number("taken_all_the_same", it.frame); }
  void operator()(const finding::NothingSent& it) const { number("nothing_sent", it.frame); }

  // `steps` and `post` tell these:
  void operator()(const finding::StepUnseen&) const {}
  void operator()(const finding::HandshakeEnded&) const {}
  // and words alone, so far, these:
  void operator()(const finding::Original&) const {}
  void operator()(const finding::FinWithoutAck&) const {}
  void operator()(const finding::MisplacedFin&) const {}
  void operator()(const finding::TooSoon&) const {}
  void operator()(const finding::NumberWraps&) const {}
  void operator()(const finding::WindowWasZero&) const {}
  void operator()(const finding::AskedItself&) const {}
  void operator()(const finding::CookieRefused&) const {}
  void operator()(const finding::EcnRefused&) const {}
  void operator()(const finding::AccurateEcn&) const {}
  void operator()(const finding::AnswersSynData&) const {}
  void operator()(const finding::RefusedWithSyn&) const {}
  void operator()(const finding::ForeignBlocks&) const {}
  void operator()(const finding::FinPerhapsMissed&) const {}

 private:
  void number(std::string_view name, std::uint64_t value) const { append<",\"{}\":{}">(out_, name, value); }
  void yes(std::string_view name) const { append<",\"{}\":true">(out_, name); }
  void time(std::string_view name, Time::duration value) const {
    append(out_, ",");
    append_seconds(out_, name, value);
  }
  /// The frames of all findings of the kind, told at its first.
  template <class Kind>
  void all(std::string_view name, const Kind& it) const {
    if (&it != findings_.find<Kind>()) return;
    append<",\"{}\":[">(out_, name);
    std::string_view comma;
    findings_.each([&](const auto& found) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(found)>, Kind>) {
        append<"{}{}">(out_, comma, found.frame);
        comma = ",";
      }
    });
    append(out_, "]");
  }

  JsonBuffer& out_;
  const Findings& findings_;
};

void append_numbers(JsonBuffer& out, const TcpView& tcp) {
  if (tcp.in_flight > 0) append<",\"in_flight\":{}">(out, tcp.in_flight);
  if (tcp.duplicate > 0) append<",\"duplicate\":{}">(out, tcp.duplicate);
}

}  // namespace

void append_side(JsonBuffer& out, std::string_view side, const SideChange& change) {
  append<",\"{}\":{{\"before\":\"{}\",\"after\":\"{}\",\"certainty\":\"{}\"}}">(
      out, side, to_string(change.before), to_string(change.after), to_string(change.certainty));
}

void append_tcp(JsonBuffer& out, const Observation& seen, std::string_view why) {
  const TcpView& tcp = *seen.tcp;
  append_side(out, "client", tcp.client);
  append_side(out, "server", tcp.server);
  append_post(out, seen, why);
  append_take_backs(out, tcp);
  append_numbers(out, tcp);
  tcp.findings.each(Finder(out, tcp.findings));
}

/// SACK blocks are raw numbers.
void append_options(JsonBuffer& out, const Segment& segment) {
  const TcpOptions& options = segment.options;
  std::string_view before = ",\"options\":{";
  const auto add = [&](std::string_view name, std::integral auto value) {
    append<"{}\"{}\":{}">(out, before, name, value);
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
    append<"{}\"sack\":[">(out, before);
    std::string_view comma;
    for (const SackBlock& block : options.sack()) {
      append<"{}[{},{}]">(out, comma, block.left, block.right);
      comma = before = ",";
    }
    append(out, "]");
  }
  if (before == ",") append(out, "}");
}

}  // namespace echolab::capture
