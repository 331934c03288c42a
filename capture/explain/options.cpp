// TCP's options and ECN flags in words: RFC 9293 3.2, RFC 7323, RFC 2018, RFC 7413, RFC 3168.
#include <fmt/format.h>

#include "capture/explain/sentences.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::capture {
namespace {

/// "MSS 1460, window scale 7 (x128), SACK, timestamps": the names are the same in every language.
std::string offers(const TcpOptions& options, const Catalog& words) {
  std::string list;
  const auto add = [&list](std::string_view offer) { list.append(list.empty() ? "" : ", ").append(offer); };
  if (options.maximum_segment_size) add(fmt::format("MSS {}", *options.maximum_segment_size));
  if (const auto scale = options.window_scale) {
    constexpr int widest = 14;  // RFC 7323, 2.3
    add(*scale > widest ? filled(words[Phrase::scale_too_wide], {.number = *scale})
                        : fmt::format("window scale {} (x{})", *scale, 1 << *scale));
  }
  if (options.sack_permitted) add("SACK");
  if (options.timestamp_value) add("timestamps");
  return list;
}

/// As in `offers`.
std::string_view name_of_kind(std::uint8_t kind, const Catalog& words) {
  switch (kind) {
    case 2: return "MSS";
    case 3: return "window scale";
    case 4: return "SACK permitted";
    case 5: return "SACK";
    case 8: return "timestamps";
    case 34: return "Fast Open";
    default: return words[Phrase::unknown_name];
  }
}

/// What an option takes, with its kind and length. Only kinds whose length is settled can have a wrong one.
std::string_view length_of_kind(std::uint8_t kind) {
  switch (kind) {
    case 2: return "4";
    case 3: return "3";
    case 4: return "2";
    case 5: return "10, 18, 26, 34";  // RFC 2018, 3: 8 a block
    default: return "10";
  }
}

/// RFC 7413, 3.1: a SYN asks for a cookie or brings one, a SYN,ACK gives one.
void say_fast_open(std::string& text, const Segment& segment, std::string_view peer, const Catalog& words) {
  const int length = *segment.options.fast_open_cookie;
  const std::string bytes = byte_count(static_cast<std::uint64_t>(length), words);
  const Phrase phrase = segment.flags.ack() ? Phrase::gives_cookie
                        : length == 0       ? Phrase::asks_for_cookie
                                            : Phrase::brings_cookie;
  say(text, words[phrase], {.peer = peer, .bytes = bytes});
  if (segment.options.fast_open_by_experiment) say(text, words[Phrase::as_experiment], {});
}

/// What the SACK blocks of a segment say, as lists of "101:201, 301:401", relative to the peer's first number.
struct Reports {
  std::string beyond;   // received, though something before it is missing
  std::string twice;    // RFC 2883: a first block below the acknowledgement was received twice
  std::string unsent;   // the capture has not seen the peer send it
  std::string foreign;  // and its receiver cannot have taken it
};

Reports reports(const Segment& segment, const TcpView& tcp) {
  Reports said;
  const auto* found = tcp.findings.find<finding::ForeignBlocks>();
  const std::uint32_t isn = segment.ack - tcp.ack;
  const SeqNum ack(segment.ack), sent = SeqNum(isn) + tcp.peer_next;
  const auto blocks = segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const SackBlock& block = blocks[i];
    const SeqNum left(block.left), right(block.right);
    const bool first = i == 0;
    const bool known = tcp.peer_next != 0;  // of a peer that the capture has not seen nothing is
    const bool foreign = found && (found->bits >> i & 1);
    std::string& list = foreign                                                ? said.foreign
                        : !left.before(right) || (known && sent.before(right)) ? said.unsent
                        : ack.before(right)                                    ? said.beyond
                        : first                                                ? said.twice
                                                                               : said.beyond;
    list += fmt::format("{}{}:{}", list.empty() ? "" : ", ", block.left - isn, block.right - isn);
  }
  return said;
}

/// RFC 3168, 6.1.1: both flags in a SYN ask, ECE alone in a SYN,ACK agrees. Then ECE reports a mark and CWR answers it.
void say_ecn(std::string& text, const Segment& segment, const Blanks& blanks, const Catalog& words) {
  const TcpFlags flags = segment.flags;
  if (flags.syn() && !flags.ack()) {
    if (flags.ece() && flags.cwr()) say(text, words[Phrase::asks_for_ecn], blanks);
  } else if (flags.syn()) {
    if (flags.ece() && !flags.cwr()) say(text, words[Phrase::agrees_to_ecn], blanks);
  } else {
    if (flags.ece()) say(text, words[Phrase::congestion_echoed], blanks);
    if (flags.cwr()) say(text, words[Phrase::congestion_answered], blanks);
  }
}

/// The option that the capture ends inside, where its kind and length are there; else only how much is missing.
void say_cut(std::string& text, const TcpOptions& options, const Catalog& words) {
  const std::string bytes = byte_count(options.cut, words);
  const Phrase phrase = options.cut_kind == 0 ? Phrase::options_cut
                        : options.cut_is_last ? Phrase::last_option_cut
                                              : Phrase::option_cut;
  say(text, words[phrase],
      {.bytes = bytes,
       .name = name_of_kind(options.cut_kind, words),
       .number = options.cut_kind,
       .had = options.cut_length});
}

/// RFC 9293, 3.1. In a SYN that asks for ECN, and in the answer to it, AE is a part of that.
void say_odd_bits(std::string& text, TcpFlags flags, const Catalog& words) {
  const bool negotiates = flags.syn() && (flags.ack() || (flags.ece() && flags.cwr()));
  if (flags.ae() && !negotiates) say(text, words[Phrase::accurate_ecn], {});
  if (flags.reserved()) say(text, words[Phrase::reserved_bits], {});
}

bool has_other_options(const TcpView& tcp) {
  const auto* copy = tcp.findings.find<finding::Repeats>();
  return copy && copy->other_options;
}

}  // namespace

bool answers_old_syn(const Observation& seen) {
  const auto& segment = std::get<Segment>(seen.decoded);
  if (segment.options.sack_blocks == 0 || !segment.flags.ack()) return false;
  const SackBlock& first = segment.options.sack().front();
  const std::uint32_t isn = segment.ack - seen.tcp->ack;
  return first.left == isn && first.right == isn + 1;
}

void say_options(std::string& text, const Observation& seen, const Catalog& words) {
  const auto& segment = std::get<Segment>(seen.decoded);
  const TcpOptions& options = segment.options;
  if (segment.flags.syn() && (!seen.notes.has(Note::retransmission) || has_other_options(*seen.tcp))) {
    const std::string list = offers(options, words);
    if (!list.empty()) say(text, words[Phrase::offers], {.name = list});
    if (options.fast_open_cookie) say_fast_open(text, segment, name_of(other(seen.stream->from), words), words);
    if (options.sack_blocks > 0)
      say(text, words[options.sack_blocks == 1 ? Phrase::sack_block_in_syn : Phrase::sack_in_syn],
          {.number = options.sack_blocks});
  }
  if (options.cut > 0) say_cut(text, options, words);
  if (options.sack_blocks > 0 && !segment.flags.syn()) {
    const Reports said = reports(segment, *seen.tcp);
    if (!said.beyond.empty()) say(text, words[Phrase::reports], {.name = said.beyond});
    if (!said.twice.empty())
      say(text, words[answers_old_syn(seen) ? Phrase::reports_syn_twice : Phrase::reports_twice], {.name = said.twice});
    const std::string_view peer = name_of(other(seen.stream->from), words);
    if (!said.unsent.empty()) say(text, words[Phrase::reports_unsent], {.peer = peer, .name = said.unsent});
    const std::string_view who = name_of(seen.stream->from, words);
    if (!said.foreign.empty())
      say(text, words[Phrase::reports_foreign], {.who = who, .peer = peer, .name = said.foreign});
    if (seen.tcp->foreign_copy > 0)
      say(text, words[seen.tcp->foreign_keep_alive ? Phrase::reports_keep_alive : Phrase::reports_copy],
          {.who = who, .frame = seen.tcp->foreign_copy});
    if (seen.tcp->foreign_alike > 0) say(text, words[Phrase::reports_alike], {.frame = seen.tcp->foreign_alike});
  }
  if (segment.flags.ece() || segment.flags.cwr())
    say_ecn(text, segment, {.who = name_of(seen.stream->from, words)}, words);
  if (seen.tcp->findings.has<finding::EcnRefused>()) say(text, words[Phrase::refuses_ecn], {});
  say_odd_bits(text, segment.flags, words);
  if (options.unknown_kind != 0) say(text, words[Phrase::unknown_option], {.number = options.unknown_kind});
  if (options.misshapen_kind != 0)
    say(text, words[Phrase::misshapen_option],
        {.bytes = length_of_kind(options.misshapen_kind),
         .name = name_of_kind(options.misshapen_kind, words),
         .number = options.misshapen_kind,
         .had = options.misshapen_length});
}

}  // namespace echolab::capture
