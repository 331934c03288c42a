// TCP's options and ECN flags in words: RFC 9293 3.2, RFC 7323, RFC 2018, RFC 7413, RFC 3168.
#include <fmt/format.h>

#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::capture {
namespace {

constexpr Detail offers{"It offers {name}.", "제시한 옵션: {name}."};
constexpr Fact scale_too_wide{"Its window scale {number} is above the maximum of 14 and counts as 14: x16384 (RFC 7323 2.3).",
                              "window scale 값({number})이 최댓값 14를 넘어 14로 봅니다: x16384 (RFC 7323 2.3)."};
constexpr Fact asks_for_cookie{"It asks for a Fast Open cookie: with the one that a SYN,ACK may give, the next SYN can carry data (RFC 7413).",
                               "Fast Open cookie를 달라고 합니다. SYN,ACK로 받으면 다음 SYN부터 데이터를 실을 수 있습니다(RFC 7413)."};
constexpr Fact brings_cookie{"It brings a Fast Open cookie of {bytes} (RFC 7413).",
                             "{bytes}짜리 Fast Open cookie를 가져왔습니다(RFC 7413)."};
constexpr Fact gives_cookie{"It gives a Fast Open cookie of {bytes}: with that the {peer}'s next SYN can carry data (RFC 7413).",
                            "{bytes}짜리 Fast Open cookie를 줍니다. {peer}는 이것으로 다음 SYN부터 데이터를 실을 수 있습니다(RFC 7413)."};
constexpr Detail as_experiment{"The option has its experimental form (kind 254, RFC 6994).",
                               "이 옵션은 실험용 형식입니다(kind 254, RFC 6994)."};
constexpr Fact sack_block_in_syn{"The SACK block in it means nothing, for a SYN has nothing to report yet (RFC 2018 3); no TCP puts one there, so most likely a tool made this packet.",
                                 "SYN에 든 SACK 블록은 아무 뜻이 없습니다. SYN에는 아직 보고할 것이 없기 때문입니다(RFC 2018 3). TCP라면 넣지 않으므로, 도구로 만든 패킷인 듯합니다."};
constexpr Fact sack_in_syn{"The {number} SACK blocks in it mean nothing, for a SYN has nothing to report yet (RFC 2018 3); no TCP puts them there, so most likely a tool made this packet.",
                           "SYN에 든 SACK 블록 {number}개는 아무 뜻이 없습니다. SYN에는 아직 보고할 것이 없기 때문입니다(RFC 2018 3). TCP라면 넣지 않으므로, 도구로 만든 패킷인 듯합니다."};
constexpr Fact options_cut{"The last {bytes} of the TCP header are not in the capture: whether there were more options is not known.",
                           "TCP 헤더의 마지막 {bytes}가 캡처에 없어, 옵션이 더 있었는지 알 수 없습니다."};
constexpr Fact option_cut{"The capture ends inside an option ({name}, kind {number}) that says it takes {had} bytes; the last {bytes} of the TCP header are missing: whether there were more options is not known.",
                          "{had}바이트라고 적힌 옵션({name}, kind {number})의 중간에서 캡처가 끝났습니다. TCP 헤더의 마지막 {bytes}가 캡처에 없어, 옵션이 더 있었는지 알 수 없습니다."};
constexpr Fact last_option_cut{"The capture ends inside the last option ({name}, kind {number}), which says it takes {had} bytes: the last {bytes} of it, and so of the TCP header, are missing.",
                               "{had}바이트라고 적힌 마지막 옵션({name}, kind {number})의 중간에서 캡처가 끝났습니다. 그 옵션의 마지막 {bytes}, 곧 TCP 헤더의 끝이 캡처에 없습니다."};
constexpr Fact reports_beyond{"Beyond that it already has {name} (SACK).",
                              "그 뒤로 {name} 구간도 이미 받았습니다(SACK)."};
constexpr Fact reports_twice{"It got {name} twice (D-SACK, RFC 2883): one of the two was not needed.",
                             "{name} 구간을 두 번 받았습니다(D-SACK, RFC 2883). 둘 중 하나는 보낼 필요가 없었습니다."};
constexpr Fact reports_syn_twice{"A SYN and a SYN,ACK both carry number 0: it got that number twice, and says so (D-SACK, RFC 2883). Nothing is wrong.",
                                 "SYN도 SYN,ACK도 번호는 0입니다. 그 번호를 두 번 받았다고 알리는 것이며(D-SACK, RFC 2883), 잘못된 것은 없습니다."};
constexpr Fact reports_unsent{"It reports {name} (SACK), numbers that the capture has not seen the {peer} send.",
                              "{name} 구간을 받았다고 알리지만(SACK), {peer}가 그런 번호를 보낸 것은 여기까지 캡처에 보이지 않습니다."};
constexpr Fact reports_foreign{"It reports {name} (SACK), numbers that the {who} cannot have received: none of its windows ever reached there. A middlebox that renumbers a connection but skips this option leaves such blocks, which are no use to the {peer}; so does rewriting the numbers in a capture file.",
                               "{name} 구간을 받았다고 알리지만(SACK), {who}의 window가 한 번도 닿지 않은 번호여서 받았을 수 없습니다. 중간 장비가 연결의 번호를 바꾸면서 이 옵션은 그대로 두면 이런 블록이 남고, {peer}에는 쓸모가 없습니다. 캡처 파일의 번호를 나중에 고쳐 써도 이렇게 됩니다."};
constexpr Detail asks_for_ecn{"It asks to be told of congestion instead of losing packets (ECN, RFC 3168).",
                              "혼잡해지면 패킷을 버리는 대신 알려 달라고 합니다(ECN, RFC 3168)."};
constexpr Detail asks_for_accurate_ecn{"It asks to be told how many packets meet congestion (accurate ECN, RFC 9768).",
                                       "혼잡을 겪은 패킷 수를 알려 달라고 합니다(accurate ECN, RFC 9768)."};
constexpr Detail agrees_to_accurate_ecn{"It agrees to accurate ECN: from now on AE, CWR and ECE together are a count, which begins at 5.",
                                        "accurate ECN을 쓰기로 합니다. 이제부터 AE, CWR, ECE는 5에서 시작하는 하나의 카운터입니다."};
constexpr Detail tells_how_syn_ack_came{"AE, CWR and ECE tell here how the SYN,ACK came (RFC 9768 3.2.2.1).",
                                        "여기서 AE, CWR, ECE는 SYN,ACK가 어떤 표시로 왔는지 알려 줍니다(RFC 9768 3.2.2.1)."};
constexpr Fact marked_packets{"Packets to the {who} that were marked on their way, because a queue was filling up: {number} more (accurate ECN).",
                              "{who}에 온 패킷 가운데 오는 길에 혼잡 표시를 받은 것이 {number}개 늘었습니다(accurate ECN). 어딘가 큐가 차고 있습니다."};
constexpr Detail agrees_to_ecn{"It agrees to ECN.", "ECN을 쓰기로 합니다."};
constexpr Detail refuses_ecn{"It does not take up the ECN that the SYN asked for: this connection goes without it.",
                             "SYN이 ECN을 쓰자고 했지만 받아들이지 않습니다. 이 연결은 ECN 없이 갑니다."};
constexpr Detail accurate_ecn{"The flag AE (the letter e) belongs to accurate ECN, and means nothing where the handshake has not agreed on that.",
                              "AE 플래그(글자 e)는 accurate ECN의 것으로, 핸드셰이크에서 그것을 쓰기로 하지 않았다면 뜻이 없습니다."};
constexpr Fact reserved_bits{"Reserved bits of its header are set: they must be 0, and a receiver ignores them (RFC 9293 3.1).",
                             "헤더의 예약된 비트가 켜져 있습니다. 0이어야 하며, 받는 쪽은 무시합니다(RFC 9293 3.1)."};
constexpr Fact congestion_echoed{"ECE: a packet to the {who} was marked on its way, because a queue was filling up.",
                                 "ECE: {who}에 온 패킷이 오는 길에 혼잡 표시를 받았습니다. 어딘가 큐가 차고 있습니다."};
constexpr Fact congestion_answered{"CWR: the {who} has slowed down because of that.",
                                   "CWR: 그래서 {who}가 속도를 줄였습니다."};
constexpr Detail unknown_option{"It carries an option that is not known here: kind {number}.",
                                "여기서 알지 못하는 옵션이 실려 있습니다: kind {number}."};
constexpr Fact misshapen_option{"The {name} option (kind {number}) says that it takes {had} bytes, but it must take {field}, so it is not read.",
                                "{name} 옵션(kind {number})은 {field}바이트여야 하는데 길이가 {had}바이트라고 적혀 있어 읽지 않습니다."};

constexpr std::uint8_t widest_scale = 14;  // RFC 7323, 2.3

/// "MSS 1460, window scale 7 (x128), SACK, timestamps": the names are the same in every language.
fmt::memory_buffer offers_of(const TcpOptions& options) {
  fmt::memory_buffer list;
  const auto add = [&list](fmt::string_view offer, const auto&... numbers) {
    fmt::format_to(fmt::appender(list), "{}", list.size() == 0 ? "" : ", ");
    fmt::format_to(fmt::appender(list), fmt::runtime(offer), numbers...);
  };
  if (options.maximum_segment_size) add("MSS {}", *options.maximum_segment_size);
  if (const auto scale = options.window_scale; scale && *scale <= widest_scale)
    add("window scale {} (x{})", *scale, 1 << *scale);
  if (options.sack_permitted) add("SACK");
  if (options.timestamp_value) add("timestamps");
  return list;
}

/// As in `offers_of`.
std::string name_of_kind(std::uint8_t kind) {
  switch (kind) {
    case 2: return "MSS";
    case 3: return "window scale";
    case 4: return "SACK permitted";
    case 5: return "SACK";
    case 8: return "timestamps";
    case 34: return "Fast Open";
    default: return "?";
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
void tell_fast_open(const SegmentStory& story) {
  const int length = *story.segment.options.fast_open_cookie;
  Plan& plan = story.plan;
  if (story.segment.flags.ack())
    plan.say<gives_cookie>(bytes(static_cast<std::uint64_t>(length)), peer(story.to()));
  else if (length == 0)
    plan.say<asks_for_cookie>();
  else
    plan.say<brings_cookie>(bytes(static_cast<std::uint64_t>(length)));
  if (story.segment.options.fast_open_by_experiment) plan.say<as_experiment>();
}

void tell_offers(const SegmentStory& story) {
  const TcpOptions& options = story.segment.options;
  Plan& plan = story.plan;
  if (plan.details)
    if (const auto list = offers_of(options); list.size() > 0) plan.say<offers>(plan.name({list.data(), list.size()}));
  if (options.window_scale.value_or(0) > widest_scale) plan.say<scale_too_wide>(number(*options.window_scale));
  if (options.fast_open_cookie) tell_fast_open(story);
  if (options.sack_blocks == 1) plan.say<sack_block_in_syn>();
  if (options.sack_blocks > 1) plan.say<sack_in_syn>(number(options.sack_blocks));
}

/// What the SACK blocks of a segment say, as lists of "101:201, 301:401", relative to the peer's first number.
struct Reports {
  std::string beyond;   // received, though something before it is missing
  std::string twice;    // RFC 2883: a first block below the acknowledgement was received twice
  std::string unsent;   // the capture has not seen the peer send it
  std::string foreign;  // and its receiver cannot have taken it
};

Reports reports_of(const SegmentStory& story) {
  Reports said;
  const Segment& segment = story.segment;
  const std::uint32_t isn = segment.ack - story.tcp.ack;
  const SeqNum acknowledged(segment.ack), sent = SeqNum(isn) + story.tcp.peer_next;
  const bool known = story.tcp.peer_next != 0;  // of a peer that the capture has not seen nothing is
  const auto* foreign = story.found<finding::ForeignBlocks>();
  const auto blocks = segment.options.sack();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const SeqNum left(blocks[i].left), right(blocks[i].right);
    std::string& list = foreign && (foreign->bits >> i & 1)                    ? said.foreign
                        : !left.before(right) || (known && sent.before(right)) ? said.unsent
                        : !acknowledged.before(right) && i == 0                ? said.twice
                                                                               : said.beyond;
    fmt::format_to(std::back_inserter(list), "{}{}:{}", list.empty() ? "" : ", ", blocks[i].left - isn,
                   blocks[i].right - isn);
  }
  return said;
}

void tell_reports(const SegmentStory& story) {
  Plan& plan = story.plan;
  const Reports said = reports_of(story);
  if (!said.beyond.empty()) plan.say<reports_beyond>(plan.name(said.beyond));
  if (!said.twice.empty()) {
    if (story.answers_old_syn())
      plan.say<reports_syn_twice>();
    else
      plan.say<reports_twice>(plan.name(said.twice));
  }
  if (!said.unsent.empty()) plan.say<reports_unsent>(plan.name(said.unsent), peer(story.to()));
  if (!said.foreign.empty()) plan.say<reports_foreign>(plan.name(said.foreign), who(story.from()), peer(story.to()));
}

/// RFC 3168, 6.1.1: both flags in a SYN ask, ECE alone in a SYN,ACK agrees. Then ECE reports a mark and CWR answers it.
/// RFC 9293, 3.1: in a SYN that asks for ECN, and in the answer to it, AE is a part of that. RFC 9768 has more of it.
void tell_classic_ecn(const SegmentStory& story) {
  Plan& plan = story.plan;
  const TcpFlags flags = story.segment.flags;
  if (flags.syn() && !flags.ack()) {
    if (flags.ece() && flags.cwr()) plan.say<asks_for_ecn>();
  } else if (flags.syn()) {
    if (flags.ece() && !flags.cwr()) plan.say<agrees_to_ecn>();
  } else if (!flags.ae()) {  // with AE they mean something else: see accurate_ecn
    if (flags.ece()) plan.say<congestion_echoed>(who(story.from()));
    if (flags.cwr()) plan.say<congestion_answered>(who(story.from()));
  }
  const bool negotiates = flags.syn() && (flags.ack() || (flags.ece() && flags.cwr()));
  if (flags.ae() && !negotiates) plan.say<accurate_ecn>();
}

void tell_accurate_ecn(const SegmentStory& story, const finding::AccurateEcn& found) {
  using Says = finding::AccurateEcn::Says;
  Plan& plan = story.plan;
  switch (found.says) {
    case Says::asks: plan.say<asks_for_accurate_ecn>(); break;
    case Says::agrees: plan.say<agrees_to_accurate_ecn>(); break;
    case Says::handshake: plan.say<tells_how_syn_ack_came>(); break;
    case Says::counts: break;
  }
  if (found.marked > 0) plan.say<marked_packets>(who(story.from()), number(found.marked));
}

void tell_ecn(const SegmentStory& story) {
  if (const auto* accurate = story.found<finding::AccurateEcn>())
    tell_accurate_ecn(story, *accurate);
  else
    tell_classic_ecn(story);
  if (story.found<finding::EcnRefused>()) story.plan.say<refuses_ecn>();
  if (story.segment.flags.reserved()) story.plan.say<reserved_bits>();
}

/// The option that the capture ends inside, where its kind and length are there; else only how much is missing.
void tell_cut(Plan& plan, const TcpOptions& options) {
  if (options.cut_kind == 0) {
    plan.say<options_cut>(bytes(options.cut));
  } else if (options.cut_is_last) {
    plan.say<last_option_cut>(plan.name(name_of_kind(options.cut_kind)), number(options.cut_kind),
                              had(options.cut_length), bytes(options.cut));
  } else {
    plan.say<option_cut>(plan.name(name_of_kind(options.cut_kind)), number(options.cut_kind), had(options.cut_length),
                         bytes(options.cut));
  }
}

}  // namespace

void tell_options(const SegmentStory& story) {
  const TcpOptions& options = story.segment.options;
  Plan& plan = story.plan;
  const auto* repeats = story.found<finding::Repeats>();
  const bool syn = story.segment.flags.syn();
  if (syn && (!story.sent_again() || (repeats && repeats->other_options))) tell_offers(story);
  if (options.cut > 0) tell_cut(plan, options);
  if (options.sack_blocks > 0 && !syn) tell_reports(story);
  tell_ecn(story);
  if (options.unknown_kind != 0) plan.say<unknown_option>(number(options.unknown_kind));
  if (options.misshapen_kind != 0)
    plan.say<misshapen_option>(plan.name(name_of_kind(options.misshapen_kind)), number(options.misshapen_kind),
                               had(options.misshapen_length),
                               plan.text<Blank::field>(length_of_kind(options.misshapen_kind)));
}

void list_options(ExclusiveSentences& all) {
  all.among({&asks_for_ecn, &asks_for_accurate_ecn, &agrees_to_ecn, &agrees_to_accurate_ecn, &refuses_ecn});
  all.between({&marked_packets, &tells_how_syn_ack_came}, {&congestion_echoed, &congestion_answered, &accurate_ecn});
  all.between({&accurate_ecn}, {&congestion_echoed, &congestion_answered});
  all.among({&reports_twice, &reports_syn_twice});
  all.among({&sack_block_in_syn, &sack_in_syn});
  all.among({&options_cut, &option_cut, &last_option_cut});
}

}  // namespace echolab::capture
