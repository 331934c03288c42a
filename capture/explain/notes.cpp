// The notes in words, each as it stands in track/note.hpp.
#include "capture/explain/notes.hpp"

#include <algorithm>
#include <array>

#include "capture/explain/exclusive.hpp"
#include "capture/explain/ip.hpp"
#include "capture/explain/segment.hpp"
#include "capture/track/timers.hpp"

namespace echolab::capture {
namespace {

// clang-format off
constexpr std::array<NoteText, note_count> texts{{
  {Note::retransmission, {"The {who} sends this again{copy}.", "{who}가 재전송합니다{copy}."},
    {"The segment takes sequence numbers; its sender has sent them before (for a SYN or FIN: the same one; for data: the capture has them, or left them out longer ago than a round trip); it is no probe and no frame that was captured twice; neither its timestamp nor its haste shows that it was overtaken.",
        "sequence number를 차지하는 세그먼트이고, 같은 쪽이 이미 보낸 번호입니다(SYN과 FIN은 같은 것이 다시 온 경우, 데이터는 캡처에 이미 있거나 왕복 시간보다 오래 비어 있던 자리인 경우). probe도 아니고 캡처에 두 번 담긴 것도 아니며, 타임스탬프나 빠르기로 보아 순서만 바뀐 것도 아닙니다."},
    {"Look at the time since the first copy: about 0.2 s (a SYN: 1 s), then doubling, up to 2 minutes: a timer. A few milliseconds after duplicate ACKs: the receiver asked for it. As soon, but without duplicate ACKs: a probe whether the last packet got lost (RFC 8985 7). Where none of these fits, copies in between may be missing here, it was dropped inside its sender's own host before the capture (Linux then tries again every 0.5 s), or no TCP timer sent it.",
        "처음 보낸 것과의 시간 간격을 보세요. 0.2초쯤(SYN은 1초쯤)에서 두 배씩, 길어도 2분까지 늘어나면 타이머가, 중복 ACK 직후 몇 밀리초라면 상대의 요청이, 중복 ACK 없이 그만큼 빠르면 끝부분이 사라졌는지 묻는 probe가 이유입니다(RFC 8985 7). 어느 것에도 맞지 않으면 그 사이의 것이 캡처에 빠졌거나, 캡처에 잡히기 전에 보낸 호스트 안에서 버려졌거나(그때 Linux는 0.5초마다 다시 시도합니다), TCP의 타이머가 보낸 것이 아닙니다."}},
  {Note::fast_retransmission, {"Duplicate ACKs make the {who} send this again{copy} before its timer runs out (fast retransmit).",
      "중복 ACK를 받은 {who}가 타이머를 기다리지 않고 곧바로 재전송합니다(빠른 재전송){copy}."},
    {"A retransmission; the peer has repeated its ACK at least twice and asks for just this number; the last of those ACKs is less than 20 ms old, or less than a round trip.",
        "재전송이고, 상대가 같은 ACK를 두 번 이상 되풀이해 바로 이 번호를 요구했으며, 마지막 ACK에서 20ms 또는 왕복 시간이 지나지 않았습니다."},
    {"Look at the duplicate ACKs before it: the first of them tells when the loss was noticed.",
        "앞에 나온 중복 ACK를 보세요. 그 첫 번째가 손실을 알아챈 때입니다."}},
  {Note::spurious_retransmission, {"The {who} sends this again{copy} although the {peer} had already acknowledged it.",
      "{peer}가 이미 받았다고 알렸는데도 {who}가 재전송합니다{copy}."},
    {"A retransmission of data; the peer had acknowledged all of it, as the capture shows.",
        "데이터의 재전송인데, 상대가 그 데이터를 모두 확인했음이 캡처에 있습니다."},
    {"Look at the ACK that covered it: mostly it was lost or late on its way back, or the sender's timer is too short for this path.",
        "그것을 확인한 ACK를 보세요. 대개 돌아오는 길에 사라졌거나 늦었거나, 보내는 쪽의 타이머가 이 경로에 비해 짧은 것이 이유입니다."}},
  {Note::out_of_order, {"This belongs before a packet that was already seen: it was overtaken on the way.",
      "앞서 본 패킷보다 먼저 왔어야 할 패킷입니다. 오는 길에 순서가 바뀌었습니다."},
    {"The segment takes sequence numbers before the highest one seen of its sender, and nothing asked for it; its timestamp is older than that of the one behind it, or no more than a round trip (3 ms where no handshake was seen) has gone by, or it fills a hole and IPv4's identification shows that it was sent there (within 0.2 s).",
        "같은 쪽에서 이미 본 가장 큰 번호보다 앞선 번호이고, 아무도 요구하지 않았습니다. 타임스탬프가 뒤 번호의 것보다 오래되었거나, 왕복 시간(핸드셰이크를 못 보았으면 3ms)이 지나지 않았거나, 빈자리를 채우고 IPv4의 identification으로 보아 그 자리에서 보낸 것입니다(0.2초 안)."},
    {"Look whether duplicate ACKs follow: many of them make the sender believe in a loss that was none.",
        "중복 ACK가 따라오는지 보세요. 많으면 보내는 쪽이 없는 손실을 있다고 믿게 됩니다."}},
  {Note::duplicate_ack, {"A duplicate ACK: the {who} still waits for number {ack}.",
      "중복 ACK입니다. {who}는 여전히 {ack}번을 기다립니다."},
    {"No data, no SYN, FIN or RST; acknowledgement number and window are the same as in the sender's packet before, and the window is not 0; something of the peer is outstanding, or the capture lacks what the peer sent; it answers no probe and no challenge, and carries no signal of MPTCP.",
        "데이터도 SYN, FIN, RST도 없고, 확인 번호와 window가 같은 쪽의 바로 앞 패킷과 같으며, window가 0이 아닙니다. 상대가 보내고 아직 확인받지 못한 것이 있거나, 상대가 보낸 것이 캡처에 빠져 있습니다. probe나 challenge에 대한 답이 아니고, MPTCP의 신호도 실려 있지 않습니다."},
    {"Look for the packet that begins at this number: after three such ACKs it should be sent again without waiting for a timer.",
        "이 번호로 시작하는 패킷을 찾아보세요. 이런 ACK가 세 번 오면 타이머를 기다리지 않고 재전송해야 합니다."}},
  {Note::zero_window, {"The {who}'s receive buffer is full: window 0 asks the {peer} to stop.",
      "{who}의 수신 버퍼가 가득 찼습니다. window 0은 {peer}에 멈춰 달라는 뜻입니다."},
    {"The window field is 0, and none of SYN, FIN and RST is set.",
        "window 필드가 0이고 SYN, FIN, RST가 모두 꺼져 있습니다."},
    {"Look at the program of the end that announces 0: it does not read as fast as the other one writes. A window update ends the pause.",
        "window 0을 알린 쪽의 프로그램을 보세요. 상대가 쓰는 만큼 빨리 읽지 못하고 있습니다. window update가 오면 멈춤이 끝납니다."}},
  {Note::zero_window_probe, {"The {who} probes whether the {peer} has room again.",
      "{who}가 {peer}에 다시 자리가 났는지 물어봅니다."},
    {"The peer's latest window is 0, and the segment carries nothing that counts: no byte at SND.NXT - 1 (as Linux probes), or the one byte at SND.NXT.",
        "상대가 마지막으로 알린 window가 0이고, 이 세그먼트에는 셈에 들어갈 것이 없습니다. SND.NXT - 1에 0바이트(Linux의 probe)이거나 SND.NXT에 1바이트입니다."},
    {"Look at the answer's window; the pauses between probes double while it stays 0.",
        "답의 window를 보세요. 0인 동안에는 probe 사이의 간격이 두 배씩 늘어납니다."}},
  {Note::zero_window_probe_ack, {"The {who} answers the probe: there is still no room.",
      "{who}가 아직 자리가 없다고 답합니다."},
    {"The peer's latest packet is a zero-window probe; this one has no data, a window of 0, and acknowledges nothing new but for the probe's byte.",
        "상대의 바로 앞 패킷이 zero-window probe이고, 이 패킷에는 데이터가 없고 window가 0이며, probe의 1바이트 말고는 새로 확인하는 것이 없습니다."},
    {"Look for the window update that ends the pause, or for the end of the program that does not read.",
        "멈춤을 끝낼 window update가 오는지, 아니면 읽지 않는 프로그램이 끝나 버리는지 보세요."}},
  {Note::window_update, {"This acknowledges nothing new; the {who} only announces a new window: {window} bytes.",
      "새로 확인하는 데이터는 없고, {who}의 window가 {window}바이트로 바뀌었다는 것만 알립니다."},
    {"No data, no SYN, FIN or RST; the acknowledgement number is that of the sender's packet before, the window is another one and not 0.",
        "데이터도 SYN, FIN, RST도 없고, 확인 번호는 같은 쪽의 앞 패킷과 같은데 window가 다르며 0이 아닙니다."},
    {"Look at the windows before it: while they shrink, the program reads more slowly than the other one writes; one that opens from 0, or after a SYN, lets the other go on.",
        "앞선 window들을 보세요. 줄어들기만 한다면 프로그램이 상대가 쓰는 만큼 빨리 읽지 못하는 것이고, 0이나 SYN 다음에 커졌다면 상대가 다시 보낼 수 있습니다."}},
  {Note::window_full, {"This fills the {peer}'s window to the last byte ({number} bytes in flight): now the {who} has to wait.",
      "이것으로 {peer}의 window가 마지막 바이트까지 찼습니다(보냈고 아직 확인받지 못한 것 {number}바이트). {who}는 이제 기다려야 합니다."},
    {"The segment has data that ends exactly where the peer's window ends (its latest acknowledgement plus its window, scaled by what both SYNs agreed on); the scale is known.",
        "데이터의 끝이 상대 window의 끝(마지막 확인 번호 + 양쪽 SYN이 합의한 scale을 적용한 window)과 정확히 같습니다. scale을 알 때만 판단합니다."},
    {"Look whether the next ACK opens the window again: if it is full all the time, the receiver's buffer limits the speed.",
        "다음 ACK가 window를 다시 여는지 보세요. 늘 가득 찬다면 받는 쪽 버퍼가 속도를 정하고 있습니다."}},
  {Note::keep_alive, {"The {who} has nothing to send; it only asks whether the {peer} is still there.",
      "{who}는 보낼 데이터 없이 {peer}가 아직 살아 있는지만 묻습니다."},
    {"The peer's window is not 0, and the segment carries nothing that counts: no byte, or one that was acknowledged, at SND.NXT - 1.",
        "상대의 window가 0이 아니고, 이 세그먼트에는 셈에 들어갈 것이 없습니다. SND.NXT - 1에 0바이트이거나 이미 확인된 1바이트입니다."},
    {"Look for the answer: a peer that still knows the connection acknowledges at once, one that was restarted answers with RST.",
        "답을 찾아보세요. 연결을 기억하는 상대는 곧바로 ACK로, 다시 시작한 상대는 RST로 답합니다."}},
  {Note::keep_alive_ack, {"The {who} answers the keep-alive: it is still there.",
      "{who}가 아직 살아 있다고 keep-alive에 답합니다."},
    {"The peer's latest packet is a keep-alive; this one has no data, and acknowledgement number and window are unchanged.",
        "상대의 바로 앞 패킷이 keep-alive이고, 이 패킷에는 데이터가 없으며 확인 번호와 window가 그대로입니다."},
    {"Nothing is wrong with the connection; the time since the keep-alive is a round trip on an idle connection.",
        "연결에는 문제가 없습니다. keep-alive부터 걸린 시간이 쉬고 있는 연결의 왕복 시간입니다."}},
  {Note::port_reused, {"These addresses and ports carried an earlier connection: this is a new one.",
      "같은 주소와 포트를 앞선 연결이 쓴 적이 있습니다. 이것은 새 연결입니다."},
    {"A SYN with another initial sequence number than the one before, from the same address and port to the same address and port.",
        "같은 주소와 포트에서 같은 주소와 포트로 가는 SYN인데 초기 sequence number가 앞의 것과 다릅니다."},
    {"Look how the earlier connection ended: here it is let go, and the new one counts as a stream of its own.",
        "앞선 연결이 어떻게 끝났는지 보세요. 앞선 연결은 여기서 더 따라가지 않고, 새 연결은 따로 stream 하나로 셉니다."}},
  {Note::lost_segment, {"Something that the {who} sent before this is not in the capture so far.",
      "{who}가 이보다 먼저 보낸 것이 여기까지 캡처에 없습니다."},
    {"The segment begins behind the highest number seen of its sender, is no SYN and no RST, and does not follow a fragment.",
        "같은 쪽에서 본 가장 큰 번호보다 뒤에서 시작하고, SYN도 RST도 아니며, fragment 바로 뒤도 아닙니다."},
    {"Look at the other side's ACKs: if they stand still the network lost it, if they go on only the capture did.",
        "상대의 ACK를 보세요. 멈춰 있으면 네트워크가 잃은 것이고, 계속 나아가면 캡처만 놓친 것입니다."}},
  {Note::acked_unseen, {"This acknowledges data that is not in the capture so far: the capture missed it, or has it further down. The {who} has it.",
      "캡처에 아직 나오지 않은 데이터를 받았다고 확인합니다. 캡처가 놓쳤거나 뒤에 나올 것이고, {who}는 받았습니다."},
    {"The acknowledgement number covers numbers that the capture has not seen from the peer, though it has seen packets of it; said once for the same numbers.",
        "확인 번호가 상대의 번호 가운데 캡처에 없는 것까지 덮습니다. 상대의 패킷을 본 적이 있을 때만, 같은 번호에는 한 번만 말합니다."},
    {"Look further down first, for a capture may mix the order; then at the capture's drop count and at where it was taken.",
        "뒤쪽에 나오는지 먼저 보세요. 캡처는 순서가 섞일 수 있습니다. 없으면 캡처가 버린 수와 캡처한 위치를 보세요."}},
  {Note::refused, {"The connection is refused.", "연결이 거절되었습니다."},
    {"An acceptable RST (one that acknowledges the SYN) reaches an end in SYN_SENT.",
        "받아들일 수 있는 RST(SYN을 확인하는 것)가 SYN_SENT 상태인 쪽에 왔습니다."},
    {"Look which port was asked for, and whether a program listens there: ss -ltn on the server tells.",
        "어느 포트에 연결하려 했는지, 그 포트에 listen 소켓이 있는지 보세요. 서버에서 ss -ltn으로 볼 수 있습니다."}},
  {Note::reset, {"The {who} ends the connection at once, with an RST.", "{who}가 RST로 연결을 곧바로 끝냅니다."},
    {"An RST that its receiver has to believe, and that refuses no SYN.",
        "받는 쪽이 받아들여야 하는 RST이고, SYN을 거절하는 것은 아닙니다."},
    {"Look at what came just before it: data that nobody read, a long silence, a packet for a connection that was gone; and at its TTL, which tells whether something on the way made it up.",
        "바로 앞을 보세요. 읽지 않고 남긴 데이터, 긴 침묵, 이미 없어진 연결로 온 패킷이 이유일 수 있습니다. TTL이 다르면 중간의 무언가가 만들어 보낸 것입니다."}},
  {Note::reset_ignored, {"The {peer} ignores this RST: its sequence number is not the expected one (RFC 9293 3.10.7.4).",
      "sequence number가 맞지 않아 {peer}는 이 RST를 무시합니다 (RFC 9293 3.10.7.4)."},
    {"An RST whose number is not the one that its receiver expects; in SYN_SENT: one that does not acknowledge the SYN.",
        "RST의 번호가 받는 쪽이 기다리는 번호가 아닙니다. SYN_SENT에서는 SYN을 확인하지 않는 RST입니다."},
    {"Look who sent it: an old connection (a late packet), a middlebox, or somebody guessing numbers; a challenge ACK may follow.",
        "누가 보냈는지 보세요. 옛 연결의 늦은 패킷이거나, 중간 장비이거나, 번호를 추측해 보낸 것입니다. challenge ACK가 따라올 수 있습니다."}},
  {Note::challenge_ack, {"A challenge ACK: the {who} says what it really expects (RFC 5961).",
      "challenge ACK입니다. {who}가 실제로 기다리는 번호를 알려 줍니다 (RFC 5961)."},
    {"An ACK without data and with nothing new, right after the peer sent an RST that does not fit; or an ACK of an older connection that answers a SYN.",
        "상대가 맞지 않는 RST를 보낸 바로 다음에 오는, 데이터도 새 확인도 없는 ACK입니다. 또는 SYN에 옛 연결의 번호로 답하는 ACK입니다."},
    {"Look at what comes back: a peer that has no such connection answers with an RST that fits, and then it counts.",
        "무엇이 돌아오는지 보세요. 그런 연결이 없는 상대는 번호가 맞는 RST로 답하고, 그것은 효력이 있습니다."}},
  {Note::half_close, {"Half-closed: one direction has ended, the other goes on.",
      "half-close 상태입니다. 한 방향은 끝났고 다른 방향은 계속됩니다."},
    {"Data that acknowledges the peer's FIN, of an end that has not sent its own.",
        "자기 FIN은 아직 보내지 않은 쪽이, 상대의 FIN을 받았다고 확인하면서 보낸 데이터입니다."},
    {"Nothing is wrong: shutdown(SHUT_WR) asks for exactly this. Look whether both programs expect it.",
        "문제는 없습니다. shutdown(SHUT_WR)이 하는 일이 바로 이것입니다. 두 프로그램이 이를 알고 쓰는지 보세요."}},
  {Note::simultaneous_open, {"Both ends asked before either heard the other: a simultaneous open.",
      "양쪽이 서로의 SYN을 받기 전에 요청했습니다. simultaneous open입니다."},
    {"A SYN from the end that has been sent a SYN and has not answered it.",
        "SYN을 받게 될 쪽이 거기에 답하지 않고 자기 SYN을 보냈습니다."},
    {"Look for the two SYN,ACKs that cross later: each acknowledges the other's SYN, and neither is a copy.",
        "뒤에서 엇갈리는 두 SYN,ACK를 보세요. 서로의 SYN을 확인하는 것이지 재전송이 아닙니다."}},
  {Note::simultaneous_close, {"Both ends closed before either heard of the other: a simultaneous close.",
      "양쪽이 서로의 FIN을 받기 전에 닫았습니다. simultaneous close입니다."},
    {"A FIN reaches an end in FIN_WAIT_1, whose own FIN it does not acknowledge.",
        "FIN_WAIT_1에 있는 쪽에, 그쪽의 FIN을 확인하지 않는 FIN이 왔습니다."},
    {"Look at the states: both pass through CLOSING, and both wait in TIME_WAIT.",
        "상태를 보세요. 양쪽 모두 CLOSING을 거치고 양쪽 모두 TIME_WAIT에서 기다립니다."}},
  {Note::self_connect, {"Source and destination are the same: a socket that is connected to itself, or a packet that somebody made up.",
      "출발지와 목적지가 같습니다. 자기 자신과 연결된 소켓이거나, 누군가 꾸며 낸 패킷입니다."},
    {"The first packet of a stream whose two ends are the same address and port.",
        "두 끝의 주소와 포트가 같은 stream의 첫 패킷입니다."},
    {"Look for a client that tries a local port again and again until its own port is by chance the one it asks for.",
        "같은 컴퓨터의 포트에 거듭 연결을 시도하는 클라이언트를 찾아보세요. 우연히 자기 포트가 찾던 포트가 된 것입니다."}},
  {Note::data_in_syn, {"The SYN already carries data: TCP allows that, and the program gets it when the handshake is complete (RFC 9293 3.10.7.2).",
      "SYN에 벌써 데이터가 실려 있습니다. TCP가 허용하는 일이며, 프로그램은 핸드셰이크가 끝난 뒤에 받습니다(RFC 9293 3.10.7.2)."},
    {"A SYN, or SYN,ACK, with payload.", "payload가 있는 SYN 또는 SYN,ACK입니다."},
    {"Look whether the SYN,ACK acknowledges the data too: if not, the server did not take it and it comes again.",
        "SYN,ACK가 데이터까지 확인하는지 보세요. 아니라면 서버가 받아들이지 않은 것이고, 클라이언트가 재전송합니다."}},
  {Note::data_after_fin, {"Data after the {who}'s own FIN: nothing may follow there.",
      "{who}가 FIN을 보낸 뒤에 온 데이터입니다. FIN 뒤에는 아무것도 올 수 없습니다."},
    {"Data that is no copy and ends behind the number of its sender's FIN.",
        "재전송이 아닌 데이터가 보내는 쪽 FIN의 번호보다 뒤에서 끝납니다."},
    {"Look at the sender: no correct TCP does this. It is a tool that makes its own packets, or something meant to mislead an observer.",
        "보낸 쪽을 보세요. 올바른 TCP는 이렇게 하지 않습니다. 패킷을 직접 만드는 도구이거나, 지켜보는 사람을 속이려는 것입니다."}},
  {Note::inconsistent_retransmission, {"The same sequence numbers, but other bytes than before: one of the two was changed or forged.",
      "sequence number는 같은데 내용이 전과 다릅니다. 둘 중 하나는 바뀌었거나 위조되었습니다."},
    {"Data again, where an earlier segment lies wholly within this one, both were captured whole, and the bytes differ.",
        "재전송된 데이터가 앞선 세그먼트를 완전히 덮고, 둘 다 온전히 캡처되었는데 바이트가 다릅니다."},
    {"Compare both packets byte by byte, and look at their TTL: a different one suggests a different sender.",
        "두 패킷을 바이트 단위로 비교하고 TTL도 보세요. TTL이 다르면 보낸 쪽이 다를 수 있습니다."}},
  {Note::duplicate_frame, {"The capture holds this packet twice{copy}; it was sent once.",
      "보낸 것은 한 번인데 캡처에는 두 번 담겼습니다{copy}."},
    {"The same IP identification (other than 0 and 1), numbers, flags, checksum, timestamp and payload as an earlier packet of the same end: on another link (other MAC addresses, another VLAN or interface) or with a lower TTL within 0.2 s, else within 1 ms. Without an identification timestamps take its place; with neither it is 1 ms on another link, else 0.1 ms and only where numbers are taken. It moves no state and does not count as a retransmission.",
        "같은 쪽의 앞선 패킷과 IP identification(0과 1은 빼고), 번호, 플래그, 체크섬, 타임스탬프, payload가 같습니다. 다른 링크(다른 MAC 주소, VLAN, 인터페이스)에서 잡혔거나 TTL이 더 작으면 0.2초 안, 아니면 1ms 안에 왔습니다. identification이 없으면 타임스탬프로 가리고, 둘 다 없으면 다른 링크에서는 1ms, 같은 링크에서는 번호를 차지하는 것만 0.1ms입니다. 상태를 움직이지 않고 재전송으로 세지 않습니다."},
    {"Look at how the capture was made: on the interface any, on a loopback or on a mirror port a packet may pass twice.",
        "캡처한 방법을 보세요. any 인터페이스나 loopback, 미러 포트에서는 같은 패킷이 두 번 지나갈 수 있습니다."}},
  {Note::illegal_flags, {"Flags that do not go together: scanners send these, and the receiver drops them.",
      "함께 쓰일 수 없는 플래그라서 받는 쪽이 버립니다. 스캐너가 이렇게 보냅니다."},
    {"SYN with FIN or RST, or none of SYN, ACK and RST.",
        "SYN이 FIN이나 RST와 함께 있거나, SYN, ACK, RST가 모두 없습니다."},
    {"Look at the sender's other packets: a scan tries many ports, or many strange flags, in a short time.",
        "같은 곳에서 온 다른 패킷도 보세요. 스캔은 짧은 시간에 여러 포트나 이상한 플래그를 두드립니다."}},
  {Note::urgent, {"It points at urgent data, which moves no state.",
      "urgent 데이터를 가리키지만 상태는 바뀌지 않습니다."},
    {"The URG flag is set.", "URG 플래그가 켜져 있습니다."},
    {"Look at the urgent pointer; few programs use it (RFC 6093 advises against it).",
        "urgent pointer를 보세요. 쓰는 프로그램은 드물고, RFC 6093은 쓰지 말라고 권합니다."}},
  {Note::fragment, {"A fragment: IP has cut a packet that was too large for a link, and this is one of the pieces.",
      "fragment입니다. 링크에 비해 큰 패킷을 IP가 나눈 조각입니다."},
    {"An offset other than 0, or more fragments to follow, in the header of IPv4 or in the fragment header of IPv6. A datagram's length is what its UDP header says, a segment's what its first fragment holds.",
        "IPv4 헤더나 IPv6의 fragment 헤더에서 offset이 0이 아니거나 뒤에 fragment가 더 있다고 합니다. 데이터그램의 길이는 UDP 헤더를 따르고, 세그먼트의 길이는 첫 fragment에 든 만큼입니다."},
    {"Look for the others with the same identification: only the first one has the header of what they carry (of TCP and UDP that is where the ports are), and if one is lost the receiver throws all of them away.",
        "identification이 같은 다른 fragment를 찾아보세요. 안에 든 프로토콜의 헤더(TCP와 UDP라면 포트가 적힌 곳)는 첫 fragment에만 있고, 하나라도 사라지면 받는 쪽은 모두 버립니다."}},
  {Note::truncated, {"The capture cut this packet off; its lengths are taken from the headers.",
      "캡처가 이 패킷의 뒷부분을 잘라 냈습니다. 길이는 헤더를 따릅니다."},
    {"Fewer bytes were captured than the packet had on the wire.", "캡처된 바이트가 실제 패킷보다 적습니다."},
    {"Capture with a larger snaplen (-s) where the payload matters; states and numbers hold as long as the first 20 bytes of the TCP header were kept.",
        "내용이 중요하면 snaplen(-s)을 늘려 다시 캡처하세요. TCP 헤더의 앞 20바이트가 남아 있는 한 상태와 번호는 그대로 맞습니다."}},
  {Note::tunnel, {"A packet inside another packet: the tunnel is named but not followed.",
      "패킷 안에 든 패킷입니다. 터널은 이름만 알려 주고 안은 추적하지 않습니다."},
    {"IP in IP, GRE, VXLAN, Geneve and their like.", "IP in IP, GRE, VXLAN, Geneve 같은 터널입니다."},
    {"Capture inside the tunnel, at one of its ends, to see the connections that it carries.",
        "안에 든 연결을 보려면 터널의 한쪽 끝, 터널 안쪽에서 캡처하세요."}},
  {Note::offload_length, {"The IP length is 0: the network card was to split this packet, or it is a jumbogram. Its length is the frame's.",
      "IP 길이가 0입니다. 네트워크 카드가 나눌 패킷이거나 jumbogram입니다. 프레임의 길이를 따릅니다."},
    {"The total length of IPv4, or the payload length of IPv6, is 0.",
        "IPv4의 total length나 IPv6의 payload length가 0입니다."},
    {"Look at its size: a large packet is one for the kernel and several on the wire, and nothing is wrong; in a small one the length itself is wrong.",
        "크기를 보세요. 큰 패킷이라면 커널에서는 하나, 네트워크에서는 여러 개일 뿐 문제가 없고, 작은 패킷이라면 길이가 잘못 적힌 것입니다."}},
  {Note::port_unreachable, {"No program listens on that port.", "그 포트에서 기다리는 프로그램이 없습니다."},
    {"ICMP destination unreachable with code port unreachable, or its ICMPv6 sister.",
        "ICMP destination unreachable의 port unreachable, 또는 같은 뜻의 ICMPv6입니다."},
    {"Look which datagram it quotes: its program gets ECONNREFUSED, if its socket is connected.",
        "어느 데이터그램을 인용하는지 보세요. 그 프로그램의 소켓이 connect된 것이라면 ECONNREFUSED를 받습니다."}},
  {Note::never_delivered, {"{frames} had no effect: lost on the way, or dropped by the receiver.", "효력이 없던 패킷: {frames}. 오는 길에 사라졌거나 받는 쪽이 버렸습니다."},
    {"A retransmission of what the peer had not acknowledged: what carried the numbers before had no effect. Or one of data that was acknowledged, longer ago than a round trip: that ACK had none. Or a SYN,ACK or FIN that comes again: its answer had none. Whether it was lost on the way or dropped by its receiver the capture does not tell. What came again sooner than a timer would have sent it (0.2 s) may be a probe: there the answer tells, and has this note. Taken back where the peer's timestamp (RFC 3522) or its report of a duplicate (RFC 2883) shows that it had arrived after all.",
        "상대가 확인하지 않은 것의 재전송이면 앞서 같은 번호를 실은 패킷이, 왕복 시간보다 오래전에 확인된 데이터의 재전송이면 그 ACK가, SYN,ACK나 FIN이 다시 오면 그 답이 효력이 없었던 것입니다. 오는 길에 사라졌는지 받는 쪽이 버렸는지는 캡처만으로 알 수 없습니다. 타이머(0.2초)보다 일찍 다시 온 것은 probe일 수 있어, 그 답이 와야 알 수 있고 그때는 답에 이 표시가 붙습니다. 상대의 타임스탬프(RFC 3522)나 중복 수신 보고(RFC 2883)가 도착했음을 보여 주면 거두어들입니다."},
    {"Look where it ended: a capture on the receiver's host shows whether it arrived. A receiver drops a SYN or a third packet while its accept queue is full, the third packet also with TCP_DEFER_ACCEPT, and a firewall drops what it does not like.",
        "어디에서 끊겼는지 보세요. 받는 호스트에서 캡처하면 도착했는지 알 수 있습니다. 받는 쪽은 accept 대기열이 가득 차면 SYN이나 세 번째 패킷을 버리고, TCP_DEFER_ACCEPT를 쓰면 세 번째 패킷을 버립니다. 방화벽이 막을 수도 있습니다."}},
  {Note::bad_checksum, {"Its checksum is wrong.", "체크섬이 틀립니다."},
    {"All bytes were captured, and the checksum of IPv4, TCP, UDP, ICMP or ICMPv6 does not fit them. What the pseudo-header alone comes to, or 0, is none: the sender's network card computes the rest after the capture. States count on the receiver dropping the packet, until an ACK shows that it took one.",
        "바이트가 모두 캡처되었는데 IPv4, TCP, UDP, ICMP, ICMPv6의 체크섬이 맞지 않습니다. pseudo-header만 더한 값이나 0은 보내는 쪽 네트워크 카드가 캡처 뒤에 마저 계산하므로 여기에 들지 않습니다. 상태는 받는 쪽이 이 패킷을 버린다고 보고 따르며, 받았음을 보여 주는 ACK가 오면 그때부터 체크섬을 따지지 않습니다."},
    {"Look whether the same numbers come again: then it was damaged on its way, and its receiver dropped it without a word. Where packets with wrong checksums are acknowledged, the capture is to blame: addresses were rewritten, or it was taken before a card finished them.",
        "같은 번호가 다시 오는지 보세요. 다시 오면 오는 길에 손상되어 받는 쪽이 말없이 버린 것입니다. 체크섬이 틀린 패킷도 확인받는다면 캡처 탓입니다. 주소를 바꿔 쓴 파일이거나, 네트워크 카드가 계산을 마치기 전에 캡처한 것입니다."}},
  {Note::ack_of_nothing_sent, {"This acknowledges more than the {peer} can have sent, so the {peer} drops it and answers with an ACK (RFC 9293 3.10.7.4).",
      "{peer}가 보냈을 리 없는 번호까지 확인하므로 {peer}는 이 세그먼트를 버리고 ACK로 답합니다(RFC 9293 3.10.7.4)."},
    {"The acknowledgement number lies behind the peer's FIN. Before a FIN the capture may only have missed something: then that packet is acked_unseen, and this note stands on the peer's next packet if that is an ACK whose number shows that the peer has sent no such thing.",
        "확인 번호가 상대의 FIN보다 뒤입니다. 상대가 FIN을 보내기 전이라면 캡처가 놓쳤을 수도 있어 그 패킷은 acked_unseen이고, 상대의 바로 다음 패킷이 ACK이고 그 번호로 보아 그런 것을 보낸 적이 없으면 그 ACK에 이 표시가 붙습니다."},
    {"Look who sent that number: an old connection, somebody guessing numbers, or a test; whatever else the segment carries has no effect.",
        "그 번호를 누가 보냈는지 보세요. 옛 연결이거나, 번호를 추측해 보냈거나, 시험용 패킷입니다. 그 세그먼트에 실린 다른 것도 효력이 없습니다."}},
  {Note::old_connection, {"Its numbers are those of the connection before this one, on the same ports: here it moves nothing.",
        "같은 포트를 쓴 앞선 연결의 번호입니다. 이 연결에서는 아무것도 바꾸지 않습니다."},
    {"After the ports are used again: its number, and what it acknowledges, belong to the connection before and do not fit this one. Relative numbers count from that one's SYN.",
        "포트를 다시 쓴 뒤에, 번호와 확인하는 번호가 앞선 연결의 것이고 이 연결에는 맞지 않습니다. 상대 번호는 앞선 연결의 SYN부터 셉니다."},
    {"Look how soon after the old connection's end the ports were used again: what is still under way then arrives in the new one. That is what TIME_WAIT waits for (RFC 9293 3.4.2).",
        "앞선 연결이 끝나고 얼마나 빨리 포트를 다시 썼는지 보세요. 그때 아직 오던 중인 패킷은 새 연결에 도착합니다. TIME_WAIT가 기다리는 까닭입니다(RFC 9293 3.4.2)."}},
}};
// clang-format on

consteval bool in_order() {
  for (std::size_t i = 0; i < note_count; ++i)
    if (texts[i].note != static_cast<Note>(i)) return false;
  return true;
}
static_assert(in_order());

// What is said in place of a note's own sentence, or besides it.
constexpr Fact still_full{"The {peer}'s window is still full ({number} bytes sent and not yet acknowledged).",
                          "{peer}의 window는 여전히 가득 차 있습니다(보냈고 아직 확인받지 못한 것 {number}바이트)."};
constexpr Fact only_rst_counts{"Flags that do not go together: scanners send these. The RST counts, for it is checked before SYN and FIN (RFC 9293 3.10.7.4).",
                               "함께 쓰일 수 없는 플래그로, 스캐너가 이렇게 보냅니다. RST를 SYN과 FIN보다 먼저 확인하므로 RST는 효력이 있습니다(RFC 9293 3.10.7.4)."};
constexpr Fact window_unscaled{"This acknowledges nothing new; the {who} only announces a new window. How many bytes it has is not known: the capture lacks the scale.",
                               "새로 확인하는 데이터는 없고, {who}의 window가 바뀌었다는 것만 알립니다. scale이 캡처에 없어 몇 바이트인지는 알 수 없습니다."};
constexpr Fact damaged_before{"{frames} had to be dropped as damaged: that is why.",
                              "손상되어 버려진 패킷: {frames}. 그래서 다시 보냅니다."};
constexpr Fact copy_of{" ([the same as ]packet {frame})", " (원래 패킷: {frame})"};
constexpr Fact copy_of_at{" ([the same as ]packet {frame}, {time} before)", " (원래 패킷: {frame}, {time} 전)"};
constexpr Fact other_options{" (the number of packet {frame}, with other options)",
                             " (패킷 {frame}번과 같은 번호, 다른 옵션)"};
constexpr Fact part_of{" (a part of packet {frame})", " (패킷 {frame}의 일부)"};
constexpr Fact parts_of{" (numbers of the packets {frame} to {number})",
                        " (패킷 {frame}부터 {number}까지에 있던 번호)"};

/// What is wrong, or was lost; any other note is only remarkable.
constexpr NoteSet warnings{Note::retransmission,
                           Note::fast_retransmission,
                           Note::spurious_retransmission,
                           Note::zero_window,
                           Note::lost_segment,
                           Note::refused,
                           Note::reset,
                           Note::inconsistent_retransmission,
                           Note::reset_ignored,
                           Note::data_after_fin,
                           Note::illegal_flags,
                           Note::port_unreachable,
                           Note::never_delivered,
                           Note::bad_checksum,
                           Note::ack_of_nothing_sent};

template <class Tell>
void for_each(NoteSet notes, Tell tell) {
  for (std::size_t i = 0; !notes.empty() && i < note_count; ++i)
    if (const auto note = static_cast<Note>(i); notes.has(note)) tell(note);
}

bool is_taken_back_as_lost(const SegmentStory& story, std::uint64_t frame) {
  return std::ranges::any_of(story.tcp.take_backs(), [frame](const TakeBack& back) {
    return back.lost && back.frame == frame && back.believed != back.truth;
  });
}

/// Notes whose fact a rule, a take-back or another note has told with more words.
NoteSet told_already(const SegmentStory& story) {
  NoteSet told = told_by_ip(story.seen, story.segment.ip);
  if (story.found<finding::NothingSent>()) told.add(Note::ack_of_nothing_sent);
  if (!story.tcp.firings().empty()) told.add(Note::refused).add(Note::reset);
  if (story.acknowledges_fin_unseen()) told.add(Note::acked_unseen);
  if (story.found<finding::RefusedWithSyn>()) told.add(Note::retransmission);
  if (story.lacks_only_ack() || story.resets()) told.add(Note::illegal_flags);
  if (story.answers_old_syn() || !story.tcp.scale_known) told.add(Note::window_update);
  if (story.sent_again()) told.add(Note::window_full);  // the first copy has filled it
  if (story.seen.notes.has_any_of({Note::fast_retransmission, Note::spurious_retransmission}))
    told.add(Note::retransmission);
  for (const TakeBack& back : story.tcp.take_backs()) {
    if (back.lost) told.add(Note::retransmission);
    if (shows_both_fins(story, back)) told.add(Note::simultaneous_close);
  }
  return told;
}

void tell(const SegmentStory& story, Note note, Given<Blank::frames> frames) {
  const auto& says = text_of(note).says;
  const bool names_copy = (says.blanks & bit(Blank::copy)) != 0;
  story.plan.say(says, who(story.from()), peer(story.to()), names_copy ? story.copy() : Plan::nothing<Blank::copy>(),
                 ack(story.tcp.ack), number(story.tcp.in_flight), window(story.tcp.scaled_window), frames);
}

void tell_never_delivered(const SegmentStory& story) {
  std::vector<std::uint64_t> lost, damaged;
  story.tcp.findings.each([&](const auto& it) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(it)>, finding::NeverDelivered>)
      (it.damaged ? damaged : lost).push_back(it.frame);
  });
  const bool told = std::ranges::all_of(lost, [&](std::uint64_t frame) { return is_taken_back_as_lost(story, frame); });
  if (!told) tell(story, Note::never_delivered, story.plan.frames(lost));
  if (!damaged.empty()) story.plan.say<damaged_before>(story.plan.frames(damaged));
}

}  // namespace

const NoteText& text_of(Note note) { return texts[static_cast<std::size_t>(note)]; }

Given<Blank::copy> SegmentStory::copy() const {
  const auto* repeats = found<finding::Repeats>();
  if (!repeats) return Plan::nothing<Blank::copy>();
  const auto [first, last] =
      std::minmax({repeats->frame, repeats->last_frame > 0 ? repeats->last_frame : repeats->frame});
  if (repeats->other_options) return plan.part<Blank::copy, other_options>(frame(first));
  if (repeats->last_frame == 0 && repeats->age)
    return plan.part<Blank::copy, copy_of_at>(frame(first), time(*repeats->age));
  if (repeats->last_frame == 0) return plan.part<Blank::copy, copy_of>(frame(first));
  if (first == last) return plan.part<Blank::copy, part_of>(frame(first));
  return plan.part<Blank::copy, parts_of>(frame(first), number(last));
}

void tell_segment_notes(const SegmentStory& story) {
  if (story.seen.notes.empty()) return;
  const NoteSet told = told_already(story);
  for_each(story.seen.notes, [&](Note note) {
    if (note == Note::never_delivered) return tell_never_delivered(story);
    if (!told.has(note)) tell(story, note, Plan::nothing<Blank::frames>());
  });
  if (story.has(Note::illegal_flags) && story.resets()) story.plan.say<only_rst_counts>();
  if (story.has(Note::window_update) && !story.tcp.scale_known && !story.answers_old_syn())
    story.plan.say<window_unscaled>(who(story.from()));
  if (story.has(Note::window_full) && story.sent_again())
    story.plan.say<still_full>(peer(story.to()), number(story.tcp.in_flight));
}

/// No scan, no timer and no window that changes: the text has told what it is.
NoteSet unsuited(const SegmentStory& story) {
  NoteSet notes = unsuited(story.segment.ip);
  const auto* repeats = story.found<finding::Repeats>();
  if (story.lacks_only_ack()) notes.add(Note::illegal_flags);
  if (story.answers_old_syn() || story.found<finding::WindowWasZero>()) notes.add(Note::window_update);
  if (repeats && repeats->age > longest_timer) notes.add(Note::spurious_retransmission);
  if (story.segment.flags.reserved())
    notes.add(Note::self_connect);  // no socket sets them: somebody made the packet up
  if (story.lacks_peer()) notes.add(Note::lost_segment);
  if (story.found<finding::TooSoon>() || story.found<finding::RefusedWithSyn>() || story.made_by_a_tool()) notes.add(Note::retransmission);
  return notes;
}

void tell_notes(Plan& plan, NoteSet notes, NoteSet told, Side from) {
  for_each(notes, [&](Note note) {
    if (told.has(note)) return;
    plan.say(text_of(note).says, who(from), peer(other(from)), Plan::nothing<Blank::copy>(), ack(0), number(0),
             window(0), Plan::nothing<Blank::frames>());
  });
}

void advise(Plan& plan, NoteSet notes, NoteSet unsuited) {
  for_each(notes, [&](Note note) { plan.advise(note, text_of(note).look, !unsuited.has(note)); });
}

Severity severity_of(NoteSet notes) {
  if (notes.has_any_of(warnings)) return Severity::warning;
  return notes.empty() ? Severity::plain : Severity::note;
}

const Sentence& sentence_of(Note note) { return text_of(note).says; }

void list_notes(ExclusiveSentences& all) {
  using enum Note;
  all.among({&sentence_of(retransmission), &sentence_of(fast_retransmission), &sentence_of(spurious_retransmission),
             &sentence_of(out_of_order), &sentence_of(lost_segment), &sentence_of(keep_alive),
             &sentence_of(zero_window_probe)});
  all.among({&sentence_of(duplicate_ack), &sentence_of(window_update), &window_unscaled, &sentence_of(challenge_ack),
             &sentence_of(keep_alive_ack), &sentence_of(zero_window_probe_ack)});
  all.between({&sentence_of(zero_window)}, {&sentence_of(duplicate_ack), &sentence_of(window_update), &window_unscaled});
  all.among({&sentence_of(window_full), &still_full});
  all.among({&sentence_of(data_after_fin), &sentence_of(half_close)});
  all.among({&sentence_of(illegal_flags), &only_rst_counts, &sentence_of(reset_ignored)});
  all.with_any_move({&sentence_of(illegal_flags)});
  all.between({&sentence_of(reset_ignored)},
              {&sentence_of(Reason::reset_received), &sentence_of(Reason::back_to_listen), &sentence_of(Reason::refused)});
}

}  // namespace echolab::capture
