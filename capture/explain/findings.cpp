// What a segment shows of others, and what is wrong with it: a sentence for each kind of finding.
#include "capture/explain/exclusive.hpp"
#include "capture/explain/segment.hpp"

namespace echolab::capture {
namespace {

constexpr Fact fin_came_before{"The {who} tried to close before: packet {frame} already carried this FIN, but without an ACK it had no effect, so this one counts as the first.",
                               "{who}는 이미 닫으려 했습니다. 패킷 {frame}번에 같은 FIN이 있었지만 ACK가 없어 효력이 없었으므로, 이번 것을 첫 FIN으로 셉니다."};
constexpr Fact misplaced_fin{"This FIN takes number {number}, which data has already taken: the {peer} is past it, so it must drop this segment and answer with an ACK (RFC 9293 3.10.7.4).",
                             "이 FIN의 번호({number})는 데이터가 이미 쓴 번호입니다. {peer}는 그 번호를 지났으므로 이 세그먼트를 버리고 ACK로 답해야 합니다(RFC 9293 3.10.7.4)."};
constexpr Fact fin_in_syn_place{"This FIN takes number {number}, which is the SYN's: the {peer} is past it, so it must drop this segment and answer with an ACK (RFC 9293 3.10.7.4).",
                                "이 FIN의 번호({number})는 SYN이 이미 쓴 번호입니다. {peer}는 그 번호를 지났으므로 이 세그먼트를 버리고 ACK로 답해야 합니다(RFC 9293 3.10.7.4)."};
constexpr Fact answered_before{"Packet {frame}, which acknowledges this, comes before it: the capture has the two in the wrong order.",
                               "이것을 확인한 패킷 {frame}번이 캡처에서는 더 앞에 있습니다. 캡처에서 두 패킷의 순서가 뒤바뀌었습니다."};
constexpr Fact sent_before{"Its number shows that it was sent before packet {frame}.",
                           "번호로 보아 패킷 {frame}번보다 먼저 보낸 것입니다."};
constexpr Fact overtaken{"Its timestamp is older than that of a packet above it: it was overtaken on the way.",
                         "타임스탬프가 위에 있는 패킷의 것보다 오래되었습니다. 오는 길에 순서가 바뀐 것입니다."};
constexpr Fact too_soon{"That is too soon for a timer, and nothing asked for it; but the IP identifications differ, so these are two packets, not one captured twice.",
                        "타이머로 재전송했다기에는 너무 빠르고 상대가 요청한 것도 아닙니다. 그래도 IP identification이 다르므로 하나가 두 번 잡힌 것이 아니라 서로 다른 두 패킷입니다."};
constexpr Fact too_soon_alone{"That is too soon for a timer; whether the {peer} asked for it is not known, since the capture has none of its packets so far. But the IP identifications differ, so these are two packets, not one captured twice.",
                              "타이머로 재전송했다기에는 너무 빠릅니다. {peer}가 요청했는지는, 이 캡처에 지금까지 {peer}의 패킷이 없어 알 수 없습니다. 그래도 IP identification이 다르므로 하나가 두 번 잡힌 것이 아니라 서로 다른 두 패킷입니다."};
constexpr Fact reported_missing{"The {peer}'s SACK blocks show a hole here (RFC 6675).",
                                "{peer}의 SACK 블록을 보면 이 자리가 비어 있습니다(RFC 6675)."};
constexpr Fact number_wraps{"The raw sequence number wraps from 4294967295 to 0 here; the relative one counts on.",
                            "실제 sequence number는 여기서 4294967295를 지나 0부터 다시 시작합니다. 상대 번호는 이어서 셉니다."};
constexpr Fact window_opens{"The {who}'s window was 0: now the {peer} may send again.",
                            "{who}의 window가 0이었지만 {peer}는 이제 다시 보낼 수 있습니다."};
constexpr Fact waited_itself{"The {who} still held the earlier connection in TIME_WAIT. Its host reuses the addresses and ports early, which newer timestamps (RFC 6191) or a higher sequence number (RFC 9293 3.6.1) make safe.",
                             "{who}에는 앞선 연결이 아직 TIME_WAIT로 남아 있었습니다. 그런데도 그 호스트는 2MSL이 지나기 전에 같은 주소와 포트를 새 연결에 내주었습니다. 타임스탬프가 더 새롭거나(RFC 6191) sequence number가 더 크면(RFC 9293 3.6.1) 그래도 안전합니다."};
constexpr Fact waited_there{"The {who} still held the earlier connection in TIME_WAIT. It may take a new one early where newer timestamps (RFC 6191) or a higher sequence number (RFC 9293 3.6.1) make that safe.",
                            "{who}에는 앞선 연결이 아직 TIME_WAIT로 남아 있었습니다. 타임스탬프가 더 새롭거나(RFC 6191) sequence number가 더 커서(RFC 9293 3.6.1) 안전하면 새 연결을 일찍 받아들일 수 있습니다."};
constexpr Fact never_filled{"What was missing has not come in {time}, nor has a retransmission: most likely the {who} sent it, it arrived, and the capture missed it.",
                            "앞에서 빠진 것은 {time} 동안 재전송도 없었습니다. {who}가 보냈고 도착도 했는데 캡처가 놓친 것으로 보입니다."};
constexpr Fact gives_no_cookie{"It gives no Fast Open cookie, though the SYN asked for one.",
                               "SYN이 달라고 한 Fast Open cookie는 주지 않습니다."};
constexpr Fact arrived_in_part{"Of packet {frame} only what lies before number {number} had arrived: most likely the network card split large packets after they were captured (segmentation offload), and some of the pieces got lost.",
                               "패킷 {frame}번은 번호 {number} 앞까지만 도착했습니다. 큰 패킷은 캡처한 뒤에 네트워크 카드가 나누는데(segmentation offload), 나뉜 것 가운데 일부가 사라진 듯합니다."};
constexpr Fact refused_with_syn{"The data of packet {frame}, the SYN, comes again: the {peer} did not take it with the SYN.",
                                "SYN인 패킷 {frame}번의 데이터를 재전송합니다. {peer}가 SYN에서는 받아들이지 않았습니다."};
constexpr Fact reset_answers{"This RST, without an ACK, answers packet {frame}, which found no connection: the {who} had already dropped it.",
                             "ACK가 없는 이 RST는 패킷 {frame}번에 대한 답입니다. 그 패킷이 왔을 때 {who}는 이미 연결을 버린 뒤였습니다."};
constexpr Fact broke_off_before{"So packet {frame} moved nothing: the {who} was {to} when it broke off, not {from}.",
                                "따라서 패킷 {frame}번이 바꾼 것은 없고, 연결을 끊을 때 {who}는 {to} 상태였습니다(앞의 추정: {from})."};
constexpr Fact fin_perhaps_missed{"A FIN may be among what is missing: until that is ruled out, the states are marked with ? here.",
                                  "빠진 것 가운데 FIN이 있을 수도 있어, 아니라는 것이 드러날 때까지 상태에 물음표를 붙입니다."};
constexpr Fact reset_perhaps_fits{"If the capture lacks something that the {who} sent, it may fit after all, so the states are marked with ? until the {who} goes on.",
                                  "다만 {who}가 보낸 것 가운데 캡처에 없는 것이 있다면 맞는 번호일 수도 있어, {who}가 이어서 보낼 때까지 상태에 물음표를 붙입니다."};
constexpr Fact taken_all_the_same{"So packet {frame} was taken, though a host should drop it: what is wrong with it was done to the capture, not on the way. From here on that is no reason to think that a packet was dropped.",
                                  "따라서 버려졌어야 할 패킷 {frame}번을 받아들였습니다. 오는 길이 아니라 캡처에서 잘못된 것입니다. 여기서부터는 그런 잘못이 있어도 버려졌다고 보지 않습니다."};
constexpr Fact nothing_sent{"Its number shows that the {who} never sent what packet {frame} acknowledges: the {who} dropped that packet, and this ACK answers it (RFC 9293 3.10.7.4).",
                            "번호로 보아 {who}는 패킷 {frame}번이 확인한 것을 보낸 적이 없습니다. {who}가 그 패킷을 버리고 이 ACK로 답합니다(RFC 9293 3.10.7.4)."};
constexpr Fact perhaps_fin{"It acknowledges one number that is not in the capture so far: most likely the {peer}'s FIN. The states here do not count on it.",
                           "여기까지 캡처에 나오지 않은 번호 하나를 확인합니다. {peer}의 FIN인 듯하지만 상태에는 넣지 않았습니다."};
constexpr Fact one_direction{"So far the capture has no packet from the {peer}: what it sent is known from these ACKs alone.",
                             "이 캡처에는 지금까지 {peer}가 보낸 패킷이 하나도 없습니다. 무엇을 보냈는지는 이 ACK로만 알 수 있습니다."};
constexpr Fact gap_without_peer{"So far the capture has no packet from the {peer}, whose ACKs would tell whether the network lost it or the capture missed it.",
                                "네트워크가 잃었는지 캡처가 놓쳤는지는 {peer}의 ACK가 알려 줄 텐데, 이 캡처에는 지금까지 {peer}의 패킷이 없습니다."};
constexpr Fact arrived_after_all{"{frames} had arrived after all, as this answer shows.",
                                 "사라진 것이 아니었습니다. 이 답을 보면 도착했던 패킷: {frames}."};
constexpr Fact other_isn{"Its ISN is another than packet {frame}'s: the numbers begin anew here (SYN cookies, a SYN proxy, another server at this address, or a new attempt).",
                         "패킷 {frame}번과 ISN이 다릅니다. 번호는 여기서 새로 시작합니다(SYN cookie, SYN 프록시, 같은 주소의 다른 서버, 또는 새 시도)."};
constexpr Fact other_isn_later{"Its ISN is another than packet {frame}'s (SYN cookies, a SYN proxy, another server at this address): the {peer} has an answer already, so it replies with a challenge ACK (RFC 5961 4.2).",
                               "패킷 {frame}번과 ISN이 다릅니다(SYN cookie, SYN 프록시, 같은 주소의 다른 서버). {peer}는 이미 답을 받았으므로 challenge ACK로 답합니다(RFC 5961 4.2)."};
constexpr Fact goes_on_after_reset{"The {who} sends on after the RST of packet {frame}, so it was not CLOSED: most likely somebody else, a middlebox perhaps, sent that RST.",
                                   "{who}는 패킷 {frame}번의 RST 뒤에도 계속 보내므로 CLOSED가 아니었습니다. 그 RST는 중간 장비 같은 다른 누군가가 보낸 듯합니다."};
constexpr Fact echoes_nothing{"It echoes a timestamp that the {peer} never sent: the {peer} refuses it, and nothing moves. Most likely somebody else made it up.",
                              "{peer}가 보낸 적 없는 타임스탬프를 되돌려 보냅니다. {peer}는 받아들이지 않으며 상태는 그대로입니다. 다른 누군가가 꾸며 낸 패킷인 듯합니다."};
constexpr Fact fits_nothing{"Neither its number nor what it acknowledges is near those of this connection: nothing moves.",
                            "번호도, 확인하는 번호도 이 연결의 것과 동떨어져 있습니다. 상태는 그대로입니다."};
constexpr Fact fin_without_ack{"A FIN without an ACK means nothing, so the receiver drops it (RFC 9293 3.10.7).",
                               "ACK가 없는 FIN은 뜻이 없어 받는 쪽이 버립니다(RFC 9293 3.10.7)."};
constexpr Fact urgent_beyond{"Its urgent pointer ({number}) points beyond the {bytes} of this segment: the urgent data ends in a later one (RFC 9293 3.8.5).",
                             "urgent pointer({number})가 이 세그먼트의 {bytes} 너머를 가리킵니다. urgent 데이터는 뒤따르는 세그먼트에서 끝납니다(RFC 9293 3.8.5)."};

/// One sentence a finding. What another part of the story tells, or a list of all such, is left out here.
class Teller {
 public:
  explicit Teller(const SegmentStory& story) : story_(story), plan_(story.plan) {}

  void operator()(const finding::AnsweredBefore& it) { plan_.say<answered_before>(frame(it.frame)); }
  void operator()(const finding::FinWithoutAck& it) { plan_.say<fin_came_before>(who(story_.from()), frame(it.frame)); }
  void operator()(const finding::SentBefore& it) { plan_.say<sent_before>(frame(it.frame)); }
  void operator()(finding::Overtaken) { plan_.say<overtaken>(); }
  void operator()(finding::AskedBySack) { plan_.say<reported_missing>(peer(story_.to())); }
  void operator()(finding::NumberWraps) { plan_.say<number_wraps>(); }
  void operator()(finding::WindowWasZero) { plan_.say<window_opens>(who(story_.from()), peer(story_.to())); }
  void operator()(const finding::HoleStays& it) { plan_.say<never_filled>(who(story_.from()), time(it.since)); }
  void operator()(finding::CookieRefused) { plan_.say<gives_no_cookie>(); }
  void operator()(finding::OneDirection) { plan_.say<one_direction>(peer(story_.to())); }
  void operator()(const finding::RefusedWithSyn& it) {
    plan_.say<refused_with_syn>(frame(it.frame), peer(story_.to()));
  }
  void operator()(const finding::ArrivedInPart& it) { plan_.say<arrived_in_part>(frame(it.frame), number(it.number)); }

  void operator()(const finding::OtherIsn& it) {
    if (it.taken)
      plan_.say<other_isn>(frame(it.frame));
    else
      plan_.say<other_isn_later>(frame(it.frame), peer(story_.to()));
  }
  void operator()(const finding::GoesOnAfterReset& it) {
    plan_.say<goes_on_after_reset>(who(story_.from()), frame(it.frame));
  }
  void operator()(finding::EchoesNothing) { plan_.say<echoes_nothing>(peer(story_.to())); }
  void operator()(finding::FitsNothing) { plan_.say<fits_nothing>(); }
  void operator()(finding::MisplacedFin) {
    const std::uint32_t taken = story_.tcp.seq + story_.segment.payload_length;
    if (taken == 0)  // the SYN has number 0
      plan_.say<fin_in_syn_place>(number(taken), peer(story_.to()));
    else
      plan_.say<misplaced_fin>(number(taken), peer(story_.to()));
  }
  void operator()(finding::TooSoon) {
    if (story_.tcp.peer_next > 0)
      plan_.say<too_soon>();
    else
      plan_.say<too_soon_alone>(peer(story_.to()));
  }
  void operator()(const finding::Waited& it) {
    if (it.side == story_.from())
      plan_.say<waited_itself>(who(it.side));
    else
      plan_.say<waited_there>(who(it.side));
  }
  void operator()(const finding::ResetAnswers& it) {
    plan_.say<reset_answers>(who(story_.from()), frame(it.frame));
    if (it.believed != it.truth)
      plan_.say<broke_off_before>(who(story_.from()), from(it.believed), to(it.truth), frame(it.frame));
  }
  void operator()(finding::FinPerhapsMissed) {
    const bool known = story_.tcp.client.after != State::unknown || story_.tcp.server.after != State::unknown;
    if (!known || story_.acknowledges_fin_unseen()) return;
    if (story_.segment.flags.rst())
      plan_.say<reset_perhaps_fits>(who(story_.from()));
    else
      plan_.say<fin_perhaps_missed>();
  }

  void operator()(const finding::TakenAllTheSame& it) { plan_.say<taken_all_the_same>(frame(it.frame)); }
  void operator()(const finding::NothingSent& it) {
    plan_.say<nothing_sent>(who(story_.from()), frame(it.frame));
  }

  void operator()(const finding::Repeats&) {}          // in the sentence on the note: SegmentStory::copy
  void operator()(const finding::Original&) {}         // headline.cpp
  void operator()(finding::AskedItself) {}             // the same
  void operator()(const finding::Acknowledges&) {}     // acks.cpp
  void operator()(const finding::PerhapsAnswers&) {}   // moves.cpp
  void operator()(const finding::AfterSilence&) {}     // moves.cpp
  void operator()(const finding::ForeignBlocks&) {}    // options.cpp
  void operator()(finding::EcnRefused) {}              // the same
  void operator()(finding::AccurateEcn) {}             // the same
  void operator()(finding::AnswersSynData) {}          // handshake.cpp
  void operator()(finding::NotTaken) {}                // ip.cpp
  void operator()(const finding::NeverDelivered&) {}   // notes.cpp, all at once
  void operator()(const finding::ArrivedAfterAll&) {}  // below, all at once
  void operator()(finding::StepUnseen) {}              // post.cpp
  void operator()(const finding::HandshakeEnded&) {}   // the same

 private:
  const SegmentStory& story_;
  Plan& plan_;
};

/// What the segment shows by itself.
void tell_flaws(const SegmentStory& story) {
  const Segment& segment = story.segment;
  if (story.lacks_only_ack()) story.plan.say<fin_without_ack>();
  if (segment.flags.urg() && segment.urgent_pointer > segment.payload_length)
    story.plan.say<urgent_beyond>(number(segment.urgent_pointer), bytes(segment.payload_length));
}

}  // namespace

void tell_findings(const SegmentStory& story) {
  if (story.lacks_peer()) story.plan.say<gap_without_peer>(peer(story.to()));
  if (story.acknowledges_fin_unseen()) story.plan.say<perhaps_fin>(peer(story.to()));
  story.tcp.findings.each(Teller(story));
  if (const auto arrived = frames_of<finding::ArrivedAfterAll>(story.tcp.findings); !arrived.empty())
    story.plan.say<arrived_after_all>(story.plan.frames(arrived));
  tell_flaws(story);
}

void list_findings(ExclusiveSentences& all) {
  all.among({&fin_came_before, &fin_without_ack});
  all.among({&misplaced_fin, &fin_in_syn_place});
  all.between({&fin_without_ack}, {&sentence_of(Reason::first_close), &sentence_of(Reason::second_close)});
  all.between({&misplaced_fin, &fin_in_syn_place, &fin_without_ack}, {&sentence_of(Reason::fin_repeated)});
  all.among({&sent_before, &overtaken});
  all.among({&too_soon, &too_soon_alone});
  all.between({&too_soon, &too_soon_alone}, {&reported_missing, &sentence_of(Note::fast_retransmission)});
  all.between({&reported_missing}, {&sentence_of(Note::spurious_retransmission)});
  all.between({&refused_with_syn}, {&sentence_of(Note::retransmission)});
  all.among({&fin_perhaps_missed, &reset_perhaps_fits});
  all.between({&perhaps_fin}, {&sentence_of(Note::acked_unseen)});
  all.between({&one_direction}, {&sentence_of(Note::acked_unseen)});
}

}  // namespace echolab::capture
