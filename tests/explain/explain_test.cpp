#include <gmock/gmock.h>

#include "capture/explain/icmp.hpp"
#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(Handshake, SynIsStepOneAndItsRuleNamesTheSection) {
  Talk talk;
  const Annotation told = in_english(talk.client("S 0:0(0)"));
  EXPECT_EQ(told.headline, "SYN: may I open a connection?");
  EXPECT_THAT(told.text, HasSubstr("CLOSED -> SYN_SENT."));
  EXPECT_THAT(told.text, HasSubstr("whether the server listens"));
  EXPECT_THAT(told.post, StartsWith("1 The client sends SYN and is in SYN_SENT: so it is."));
  EXPECT_THAT(told.rules, ElementsAre("client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)"));
  EXPECT_EQ(told.section, "RFC 9293 3.10.1");
  EXPECT_EQ(told.severity, Severity::plain);
}

TEST(Handshake, SynAckMovesBothAndOnlyTheReceiverIsAssumed) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.server("S. 0:0(0) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("LISTEN -> SYN_RECEIVED."));
  EXPECT_THAT(told.text, HasSubstr("SYN_SENT -> ESTABLISHED (assumed: if it arrived)."));
  EXPECT_THAT(told.post, StartsWith("2 The server sends SYN,ACK"));
  EXPECT_THAT(told.rules, ElementsAre("server: LISTEN, send SYN,ACK -> SYN_RECEIVED (RFC 9293 3.10.7.2)",
                                      "client: SYN_SENT, receive SYN,ACK -> ESTABLISHED (RFC 9293 3.10.7.3)"));
}

TEST(Handshake, StepThreeSaysThatTheClientWasEstablishedOnePacketEarlier) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.last()).post, HasSubstr("the client was first"));
  EXPECT_THAT(in_korean(talk.last()).post, HasSubstr("클라이언트가 먼저입니다"));
}

TEST(Handshake, DataOnTheThirdPacketIsTwoSteps) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  const Annotation told = in_english(talk.client("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.post, HasSubstr("step 4 with it"));
  EXPECT_THAT(told.text, HasSubstr("It carries 5 bytes of data."));
}

TEST(Handshake, ARefusalNamesTheStepThatIsMissing) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.server("R. 0:0(0) ack 1"));
  EXPECT_EQ(told.headline, "RST: nobody listens here");
  EXPECT_THAT(told.post, AllOf(StartsWith("2 "), HasSubstr("An RST came in its place")));
  EXPECT_THAT(told.text, HasSubstr("The server was CLOSED all along."));
  EXPECT_EQ(told.severity, Severity::warning);
  EXPECT_THAT(in_korean(talk.last()).post, HasSubstr("그 대신 RST가 왔습니다"));
}

TEST(Handshake, ASynSentAgainNamesTheFirstAndStaysStepOne) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).client("S 0:0(0)"));
  EXPECT_THAT(told.headline, StartsWith("again, SYN"));
  EXPECT_THAT(told.text, HasSubstr("the same as packet 1"));
  EXPECT_THAT(told.post, HasSubstr("a retransmission of that step"));
}

/// The last packet, if it had these options.
Observation with_options(const Talk& talk, const TcpOptions& options) {
  Observation seen = talk.last();
  std::get<Segment>(seen.decoded).options = options;
  return seen;
}

TEST(Options, SayWhatAFastOpenCookieIsFor) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 0})).text,
              HasSubstr("It asks for a Fast Open cookie"));
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 8})).text,
              HasSubstr("It brings a Fast Open cookie of 8 bytes"));
  const Observation experiment = with_options(talk, {.fast_open_cookie = 0, .fast_open_by_experiment = true});
  EXPECT_THAT(in_english(experiment).text, HasSubstr("its experimental form (kind 254, RFC 6994)"));
  EXPECT_THAT(in_english(with_options(talk, {})).text, Not(HasSubstr("Fast Open")));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(in_english(with_options(talk, {.fast_open_cookie = 8})).text,
              HasSubstr("It gives a Fast Open cookie of 8 bytes: with that the client's next SYN can carry data"));
  EXPECT_THAT(in_korean(with_options(talk, {.fast_open_cookie = 8})).text, HasSubstr("8바이트짜리 Fast Open cookie"));
}

TEST(Options, AScaleBeyondItsLimitHasTheLimitsFactor) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.window_scale = 7})).text, HasSubstr("window scale 7 (x128)"));
  EXPECT_THAT(in_english(with_options(talk, {.window_scale = 255})).text,
              HasSubstr("window scale 255 is above the maximum of 14 and counts as 14: x16384 (RFC 7323 2.3)"));
  EXPECT_THAT(in_korean(with_options(talk, {.window_scale = 255})).text, HasSubstr("최댓값 14를 넘어 14로 봅니다"));
}

TEST(Options, OfAHeaderThatTheCaptureCutAreNotAll) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.maximum_segment_size = 1460, .cut = 6})).text,
              HasSubstr("It offers MSS 1460. The last 6 bytes of the TCP header are not in the capture"));
  EXPECT_THAT(in_english(with_options(talk, {.maximum_segment_size = 1460})).text, Not(HasSubstr("lacks")));
}

TEST(Options, TheOneThatTheCaptureEndsInsideIsNamed) {
  Talk talk;
  talk.client("S 0:0(0)");
  const Observation last = with_options(talk, {.cut = 30, .cut_kind = 48, .cut_length = 40, .cut_is_last = true});
  EXPECT_THAT(in_english(last).text, HasSubstr("inside the last option (?, kind 48), which says it takes 40 bytes"));
  EXPECT_THAT(in_english(last).text, Not(HasSubstr("more options")));
  EXPECT_THAT(
      in_english(with_options(talk, {.cut = 8, .cut_kind = 8, .cut_length = 10})).text,
      HasSubstr("inside an option (timestamps, kind 8) that says it takes 10 bytes; the last 8 bytes of the TCP "
                "header are missing: whether there were more options is not known"));
}

Observation with_flags(const Talk& talk, std::uint16_t bits) {
  Observation seen = talk.last();
  std::get<Segment>(seen.decoded).flags.bits |= bits;
  return seen;
}

TEST(Flags, ThatStandNowhereInTheHandshakeAreNamed) {
  Talk talk;
  const Observation syn = talk.client("S 0:0(0)");
  constexpr std::uint16_t ece_and_cwr = TcpFlags::ece_bit | TcpFlags::cwr_bit;
  EXPECT_THAT(in_english(with_flags(talk, TcpFlags::ae_bit | ece_and_cwr)).text, Not(HasSubstr("The flag AE")));
  talk.server("S. 0:0(0) ack 1");
  talk.client(". 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("The flag AE")));
  EXPECT_THAT(in_english(with_flags(talk, TcpFlags::ae_bit)).text, HasSubstr("The flag AE (the letter e) belongs to"));
  EXPECT_THAT(in_english(talk.last()).text, Not(HasSubstr("Reserved bits")));
  EXPECT_THAT(in_english(with_flags(talk, 0x200)).text, HasSubstr("Reserved bits of its header are set"));
}

TEST(Ecn, ThatTheSynAsksForAndTheAnswerDoesNotTakeUpIsTold) {
  const auto answered = [](std::string_view syn, std::string_view answer) {
    Talk talk;
    talk.client(syn);
    return in_english(talk.server(answer)).text;
  };
  EXPECT_THAT(answered("SEW 0:0(0)", "S. 0:0(0) ack 1"), HasSubstr("does not take up the ECN that the SYN asked for"));
  EXPECT_THAT(answered("SEW 0:0(0)", "S.E 0:0(0) ack 1"), Not(HasSubstr("does not take up")));
  EXPECT_THAT(answered("S 0:0(0)", "S. 0:0(0) ack 1"), Not(HasSubstr("does not take up")));
}

TEST(Options, SackBlocksInASynMeanNothing) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.sack_blocks = 1})).text, HasSubstr("The SACK block in it means nothing"));
  const std::string two = in_english(with_options(talk, {.sack_blocks = 2})).text;
  EXPECT_THAT(two, HasSubstr("The 2 SACK blocks in it mean nothing"));
  EXPECT_THAT(two, StartsWith("The client asks for a connection: CLOSED -> SYN_SENT."));  // no program did
}

TEST(Handshake, DataInASynNeedNoFastOpen) {
  Talk talk;
  const Annotation told = in_english(talk.client("S 0:5(5)"));
  EXPECT_THAT(told.text, HasSubstr("TCP allows that, and the program gets it when the handshake is complete"));
  EXPECT_THAT(told.post, Not(HasSubstr("Fast Open")));
}

TEST(TakeBack, SaysHowLongAfterOnlyOfThePacketThatItNames) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  talk.client(".  1:1(0) ack 1");
  talk.client("P. 1:6(5) ack 1");
  talk.wait(std::chrono::seconds(4)).client("F. 6:6(0) ack 1");
  const Annotation told = in_english(talk.wait(std::chrono::milliseconds(300)).client("FP. 1:6(5) ack 1"));
  ASSERT_FALSE(talk.last().tcp->take_backs().empty()) << talk.story();
  EXPECT_THAT(
      told.text,
      HasSubstr(
          "Packet 5 had no effect, lost on the way or dropped by the server: the client sends it again, so the server was"));
}

TEST(TakeBack, NamesThePacketThatNeverArrived) {
  Talk talk;
  talk.client("S 0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1"));
  ASSERT_FALSE(talk.last().tcp->take_backs().empty()) << talk.story();
  EXPECT_THAT(
      told.text,
      StartsWith(
          "Packet 2 had no effect, lost on the way or dropped by the client: the server sends it again 1 s later, so the client was "
          "SYN_SENT, not ESTABLISHED."));
}

TEST(TakeBack, OfALostAnswerDoesNotSayThatTheAnswerIsSentAgain) {
  Talk talk = established();
  const Annotation told = in_english(talk.wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1"));
  EXPECT_THAT(
      told.text,
      StartsWith(
          "Packet 3, the answer, had no effect, lost on the way or dropped by the server, which sends its own again: it was "
          "SYN_RECEIVED, not ESTABLISHED."));
}

TEST(TakeBack, OfAResetSaysThatAClosedEndSendsNothing) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  const Annotation told = in_english(talk.server("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.text, StartsWith("Packet 4 had not closed the connection when this was sent"));
  EXPECT_THAT(told.text, HasSubstr("the server was ESTABLISHED"));
}

TEST(TakeBack, OfACrossedFinSaysThatBothClosedAtOnce) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  const Annotation told = in_english(talk.server("F. 1:1(0) ack 1"));
  EXPECT_THAT(told.text,
              StartsWith("The FIN of packet 4 had not arrived when this was sent: both ends closed at once"));
  EXPECT_EQ(told.headline, "FIN: I have nothing more to send");
}

TEST(Close, TellsTheTwoFinsApart) {
  Talk talk = established();
  EXPECT_EQ(in_english(talk.client("F. 1:1(0) ack 1")).headline, "FIN: I have nothing more to send");
  EXPECT_EQ(in_english(talk.server(". 1:1(0) ack 2")).headline, "ACK: I have your FIN");
  EXPECT_EQ(in_english(talk.server("F. 1:1(0) ack 2")).headline, "FIN: neither have I");
}

TEST(Data, MovesNobody) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.server("P. 1:2(1) ack 6"));
  EXPECT_EQ(told.text, "The server sends 1 byte; no state changes.");
  EXPECT_THAT(told.rules, IsEmpty());
  EXPECT_EQ(told.post, "");
}

TEST(LateJoin, SaysThatWhatCameBeforeIsNotKnown) {
  Talk talk;
  const Annotation told = in_english(talk.client("P. 1:6(5) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("The capture joined late"));
  EXPECT_THAT(told.text, HasSubstr("the side with the higher port counts as the client"));
}

TEST(LateJoin, SaysWhatAPacketProvesThoughNoRuleFired) {
  Talk talk;
  talk.client("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.server("R 1:1(0)"));
  EXPECT_THAT(told.rules, IsEmpty());
  EXPECT_THAT(told.text, HasSubstr("the server counts as CLOSED (before: UNKNOWN)."));
  EXPECT_THAT(told.text, HasSubstr("the client counts as CLOSED (before: UNKNOWN) (assumed: if it arrived)."));
  EXPECT_THAT(told.text, Not(HasSubstr("no state changes")));
}

Observation datagram(std::uint64_t place, Side from, std::uint32_t bytes) {
  Observation seen{.packet = {}, .decoded = Datagram{}, .stream = {}, .tcp = {}, .notes = {}};
  std::get<Datagram>(seen.decoded).payload_length = bytes;
  seen.stream = StreamView{.number = 0,
                           .protocol = Protocol::udp,
                           .from = from,
                           .client_assumed = false,
                           .client = {},
                           .server = {},
                           .packet = place};
  return seen;
}

TEST(Udp, SaysAtLengthOnceWhatIsMissing) {
  const Annotation first = in_english(datagram(1, Side::client, 5)), later = in_english(datagram(3, Side::client, 5));
  EXPECT_THAT(first.text, HasSubstr("no handshake and no state"));
  EXPECT_THAT(first.text, HasSubstr("UDP will not confirm this"));
  EXPECT_THAT(later.text, HasSubstr("UDP does not know whether it arrived"));
  EXPECT_LT(later.text.size(), first.text.size());
}

TEST(Udp, CallsAnAnswerAnotherDatagramOnly) {
  EXPECT_THAT(in_english(datagram(2, Side::server, 5)).text, HasSubstr("to UDP it is one more datagram"));
}

Observation first_datagram(std::uint16_t from, std::uint16_t to, Audience audience = Audience::one) {
  Observation seen = datagram(1, Side::client, 5);
  seen.stream->audience = audience;
  auto& sent = std::get<Datagram>(seen.decoded);
  sent.source.port = from;
  sent.destination.port = to;
  sent.destination.address.bytes = {224, 0, 0, 251};
  return seen;
}

TEST(Udp, SaysThatAServersPortWhichSpeaksFirstMayAnswer) {
  for (const auto& [from, to] : {std::pair(53, 58125), {9000, 40000}, {67, 68}, {2049, 1023}})
    EXPECT_THAT(in_english(first_datagram(static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(to))).text,
                HasSubstr("port " + std::to_string(from) + " looks like a server's"));
  for (const auto& [from, to] :
       {std::pair(58125, 53), {40000, 9000}, {40000, 40001}, {137, 137}, {68, 67}, {1023, 2049}})
    EXPECT_THAT(in_english(first_datagram(static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(to))).text,
                Not(HasSubstr("looks like a server's")))
        << from << " " << to;
  EXPECT_THAT(in_korean(first_datagram(53, 58125)).text, HasSubstr("포트 53번은 서버의 포트로 보입니다"));
}

TEST(Udp, SaysWhereADatagramForManyGoes) {
  const std::string group = in_english(first_datagram(520, 5353, Audience::group)).text;
  EXPECT_THAT(group, HasSubstr("It goes to the group 224.0.0.251 (multicast)"));
  EXPECT_THAT(group, Not(HasSubstr("looks like a server's")));
  EXPECT_THAT(group, AllOf(StartsWith("It carries 5 bytes."), Not(HasSubstr("client"))));
  EXPECT_THAT(in_english(first_datagram(5353, 5353, Audience::everybody)).text,
              HasSubstr("It goes to everybody on the link, 224.0.0.251 (broadcast)"));
  EXPECT_THAT(in_korean(first_datagram(5353, 5353, Audience::group)).text, HasSubstr("그룹 224.0.0.251에 보냅니다"));
}

TEST(Udp, SaysWhyOneOfTwoEqualPortsIsTheClients) {
  EXPECT_THAT(in_english(first_datagram(500, 500)).text, HasSubstr("Both ports are the same"));
  EXPECT_THAT(in_english(first_datagram(500, 501)).text, Not(HasSubstr("Both ports")));
}

TEST(Udp, DoesNotTakeAnEmptyDatagramForTheEnd) {
  const Annotation told = in_english(datagram(3, Side::client, 0));
  EXPECT_EQ(told.headline, "empty datagram");
  EXPECT_THAT(told.text, HasSubstr("unlike a FIN, it ends nothing"));
}

Observation of(const Decoded& decoded) {
  return {.packet = {}, .decoded = decoded, .stream = {}, .tcp = {}, .notes = {}};
}

/// About a datagram from 127.0.0.1:40000 to 127.0.0.1:9000.
IcmpError icmp_error(bool v6, std::uint8_t type, std::uint8_t code) {
  IcmpError error{.v6 = v6, .type = type, .code = code, .quoted_protocol = 17};
  error.source.bytes = {127, 0, 0, 1};
  error.quoted_sender = error.quoted_receiver = error.source;
  error.quoted_source = Endpoint{error.source, 40000};
  error.quoted_destination = Endpoint{error.source, 9000};
  return error;
}

TEST(Icmp, QuotesTheConversationThatItIsAbout) {
  const Annotation told = in_english(of(icmp_error(false, 3, 3)));
  EXPECT_EQ(told.headline, "ICMP: port unreachable");
  EXPECT_EQ(told.text,
            "127.0.0.1 says that no program listens on UDP 127.0.0.1:9000. It quotes the packet UDP 127.0.0.1:40000 > "
            "127.0.0.1:9000.");
}

TEST(Icmp, IsNamedByItsVersion) {
  EXPECT_EQ(in_english(of(icmp_error(true, 1, 4))).headline, "ICMPv6: port unreachable");
  EXPECT_EQ(in_korean(of(icmp_error(true, 1, 4))).headline, "ICMPv6: port unreachable");
}

TEST(Icmp, AQuoteWithoutPortsNamesTheHosts) {
  IcmpError error = icmp_error(false, 3, 3);
  error.quoted_source = error.quoted_destination = std::nullopt;
  EXPECT_EQ(in_english(of(error)).text,
            "127.0.0.1 says that no program listens on that port. It quotes the packet UDP 127.0.0.1 > 127.0.0.1. The "
            "quote does not hold the ports.");
  error.quoted_protocol = 1;
  EXPECT_THAT(in_english(of(error)).text, HasSubstr("It quotes the packet ICMP 127.0.0.1 > 127.0.0.1."));
  EXPECT_THAT(in_english(of(error)).text, Not(HasSubstr("ports.")));
  error.quoted_identification = 0x1234;
  EXPECT_THAT(in_english(of(error)).text,
              HasSubstr("It quotes a fragment of the packet 0x1234, ICMP 127.0.0.1 > 127.0.0.1."));
  error.v6 = true;
  EXPECT_THAT(in_korean(of(error)).text, HasSubstr("(패킷 0x00001234의 fragment)"));
}

TEST(Icmp, SaysHowLargeAPacketMayBe) {
  IcmpError error = icmp_error(true, 2, 0);
  EXPECT_THAT(in_english(of(error)).text, HasSubstr("must be smaller."));
  error.next_mtu = 1280;
  EXPECT_THAT(in_english(of(error)).text, HasSubstr("it may have 1280 bytes at most."));
  EXPECT_THAT(in_korean(of(error)).text, HasSubstr("1280바이트까지만 지나갈 수 있습니다"));
}

TEST(Icmp, NamesBothVersionsErrors) {
  const auto name = [](bool v6, std::uint8_t type, std::uint8_t code) {
    return icmp_error_name({.v6 = v6, .type = type, .code = code}).text.en;
  };
  EXPECT_EQ(name(true, 1, 4), "port unreachable");
  EXPECT_EQ(name(false, 3, 3), "port unreachable");
  EXPECT_EQ(name(false, 3, 4), "packet too big");
  EXPECT_EQ(name(true, 2, 0), "packet too big");
  EXPECT_EQ(name(true, 4, 0), "parameter problem");
  EXPECT_EQ(name(true, 4, 1), "parameter problem");
  EXPECT_EQ(name(false, 12, 1), "parameter problem");
  EXPECT_EQ(name(false, 11, 0), "too many hops");
  EXPECT_EQ(name(false, 99, 0), "unnamed error");
}

TEST(Other, IsNamedAndNotFollowed) {
  Observation seen{.packet = {},
                   .decoded = Other{.kind = Other::Kind::not_ip, .number = 0x0806},
                   .stream = {},
                   .tcp = {},
                   .notes = {}};
  EXPECT_EQ(in_english(seen).headline, "not IP: ARP");
  seen.decoded = Other{.kind = Other::Kind::wrapped, .number = 0x8847};
  EXPECT_EQ(in_english(seen).headline, "wrapped in MPLS");
  seen.decoded = Other{.kind = Other::Kind::tunnel, .number = 47};
  EXPECT_EQ(in_english(seen).headline, "tunnel: GRE");
  seen.decoded = Other{.kind = Other::Kind::icmp, .number = 8};
  EXPECT_EQ(in_english(seen).headline, "ICMP echo request");
  seen.decoded = Other{.kind = Other::Kind::not_ip, .number = 0x1234};
  EXPECT_EQ(in_english(seen).headline, "not IP: EtherType 0x1234");
}

Observation alone(Decoded decoded, NoteSet notes = {}) {
  return {.packet = {}, .decoded = std::move(decoded), .stream = {}, .tcp = {}, .notes = notes};
}

constexpr Fragment first_of_two{
    .identification = 0x9c89, .offset = 0, .length = 1480, .largest = 65515, .protocol = 17, .more = true};
constexpr Fragment last_of_two{
    .identification = 0x9c89, .offset = 1480, .length = 20, .largest = 65515, .protocol = 17, .more = false};

TEST(Fragments, ADatagramIsAsLongAsItsHeaderSaysAndItsFirstFragmentHasAShareOfIt) {
  Observation seen = datagram(3, Side::client, 9401);
  auto& sent = std::get<Datagram>(seen.decoded);
  sent.absent = 9401, sent.ip.fragment = first_of_two;
  seen.notes.add(Note::fragment);
  const Annotation told = in_english(seen);
  EXPECT_EQ(told.headline, "datagram, first fragment");
  EXPECT_THAT(told.text, StartsWith("The client sends 9401 bytes."));
  EXPECT_THAT(told.text,
              HasSubstr("The UDP header says 9409 bytes, 8 of its own and 9401 of data: this fragment carries 0 of"));
  EXPECT_TRUE(told.text.ends_with("Bytes 0 up to 1480 of the UDP packet with the identification 0x9c89; more follow."))
      << told.text;
}

TEST(Fragments, ASegmentsFirstOneCountsOnlyWhatItHolds) {
  Talk talk = established();
  Observation seen = talk.client("P. 1:1001(1000) ack 1");
  std::get<Segment>(seen.decoded).ip.fragment = first_of_two;
  seen.notes.add(Note::fragment);
  EXPECT_THAT(in_english(seen).text, HasSubstr("only the data in this fragment is counted"));
}

TEST(Fragments, ALaterOneIsItsPlaceInThePacketAndNothingElse) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .ip = {.fragment = last_of_two}};
  const Annotation told = in_english(alone(later, {Note::fragment}));
  EXPECT_EQ(told.headline, "later fragment");
  EXPECT_EQ(told.text, "Bytes 1480 up to 1500 of UDP packet 0x9c89, the last ones.");
  EXPECT_THAT(told.advice, ElementsAre(HasSubstr("same identification")));
}

TEST(Fragments, TheFirstOneOfAPingIsOne) {
  Other ping{.kind = Other::Kind::icmp, .number = 8, .ip = {.fragment = first_of_two}};
  ping.ip.fragment->protocol = 1;
  const Annotation told = in_english(alone(ping, {Note::fragment}));
  EXPECT_EQ(told.headline, "ICMP echo request, first fragment");
  EXPECT_THAT(told.text,
              HasSubstr("Bytes 0 up to 1480 of the ICMP packet with the identification 0x9c89; more follow."));
  EXPECT_EQ(in_korean(alone(ping)).headline, "ICMP echo request, 첫 fragment");
}

TEST(Fragments, OneThatEndsInsideTheHeaderSaysWhyItHasNoPorts) {
  const Annotation told =
      in_english(alone(Other{.kind = Other::Kind::fragment, .number = 6, .ip = {.fragment = first_of_two}}));
  EXPECT_EQ(told.headline, "TCP, first fragment");
  EXPECT_THAT(told.text, StartsWith("Not all of the TCP header is in it"));
}

TEST(Fragments, ThoseThatCannotBePutTogetherAreSaidTo) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .ip = {.fragment = last_of_two}};
  later.ip.fragment->offset = 65512;
  EXPECT_THAT(in_english(alone(later)).text, HasSubstr("beyond the 65515 bytes"));
  later.ip.fragment->offset = 8, later.ip.fragment->length = 13, later.ip.fragment->more = true;
  EXPECT_THAT(in_english(alone(later)).text, HasSubstr("not a multiple of 8"));
}

Observation later_of(bool v6, const FragmentView& view) {
  Other later{.kind = Other::Kind::fragment, .number = 17, .v6 = v6, .ip = {.fragment = last_of_two}};
  later.ip.fragment->v6 = v6;
  Observation seen = alone(later, {Note::fragment});
  seen.fragment = view;
  return seen;
}

TEST(Fragments, ACopyIsToldApartFromOtherBytesInTheSamePlace) {
  using Content = FragmentView::Overlap::Content;
  const auto told = [](Content content, bool v6, bool whole = true) {
    const Observation seen = later_of(v6, {.overlap = {{6, {408, 808}, whole, content}}});
    EXPECT_THAT(in_korean(seen).text, HasSubstr("패킷 6번"));
    return in_english(seen).text;
  };
  EXPECT_THAT(told(Content::same, true), HasSubstr("The same bytes came before (packet 6): a copy"));
  EXPECT_THAT(told(Content::unknown, true), HasSubstr("whether they are the same, this capture does not show"));
  EXPECT_THAT(told(Content::different, true),
              HasSubstr("Bytes 408 up to 808 came before (packet 6), with different content"));
  EXPECT_THAT(told(Content::different, true),
              HasSubstr("must discard the whole packet and should send no error about it. Whether it did,"));
  EXPECT_THAT(told(Content::unknown, true, false), HasSubstr("begins or ends elsewhere: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::same, true, false), HasSubstr("or ends elsewhere, with the same content: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::different, true, false),
              HasSubstr("or ends elsewhere, with different content: by RFC 8200 4.5"));
  EXPECT_THAT(told(Content::different, false), HasSubstr("by RFC 791 3.2 the later bytes would count, but"));
}

TEST(Fragments, ThatDisagreeOnTheEndNameBothEnds) {
  using Kind = FragmentView::Disagreement::Kind;
  const auto told = [](Kind kind) { return in_english(later_of(false, {.disagreement = {{kind, 7, 700}}})).text; };
  EXPECT_THAT(told(Kind::two_ends), HasSubstr("the last fragment in packet 7 ended it at byte 700"));
  EXPECT_THAT(told(Kind::end_passed), HasSubstr("packet 7 brought bytes up to 700: it cannot be reassembled"));
  EXPECT_THAT(told(Kind::beyond_end), HasSubstr("packet 7 ended packet 0x9c89 at byte 700"));
}

TEST(Fragments, TheOneThatFillsTheLastHoleSaysThatThePacketIsComplete) {
  const Observation seen = later_of(false, {.completes = 9409});
  EXPECT_THAT(in_english(seen).text, HasSubstr("With it packet 0x9c89 is complete: 9409 bytes."));
  EXPECT_THAT(in_korean(seen).text, HasSubstr("패킷 0x9c89의 9409바이트가 모두 모였습니다."));
  Observation first = seen;
  std::get<Other>(first.decoded).ip.fragment = first_of_two;
  EXPECT_THAT(in_english(first).text,
              HasSubstr("more follow. The others came before it; now packet 0x9c89 is complete: 9409 bytes."));
}

TEST(Fragments, TheLastOneNamesTheFirstHole) {
  const FragmentView view{.hole = Stretch{65520, 65528}};
  EXPECT_THAT(in_english(later_of(true, view)).text, HasSubstr("Bytes 65520 up to 65528 have not come yet."));
}

TEST(Fragments, InsideOneAnotherAreCounted) {
  Other outer{.kind = Other::Kind::fragment, .number = 17, .v6 = true, .ip = {.fragment = last_of_two}};
  outer.ip.fragment_headers = 2;
  EXPECT_THAT(in_english(alone(outer)).text,
              HasSubstr("It has 2 fragment headers, one after another; there should be only one"));
  EXPECT_THAT(in_korean(alone(outer)).text, HasSubstr("fragment 헤더가 2개 이어져 있습니다."));
}

TEST(Fragments, InAChainThatIsTooLongMakeNoWholePacket) {
  Other chain{.kind = Other::Kind::chain_too_long, .number = 44, .v6 = true};
  EXPECT_THAT(in_english(alone(chain)).text, HasSubstr("More headers stand in a row than are followed here"));
  chain.ip.atomic_fragment = true;  // says the last one that was read
  EXPECT_THAT(in_english(alone(chain)).text, Not(HasSubstr("though it is whole")));
}

TEST(APacket, WithoutAHopLeftIsSaidToBeWrong) {
  const auto of_ip = [](const IpInfo& ip) {
    const std::string read = in_english(alone(Other{.kind = Other::Kind::icmp, .number = 8, .ip = ip})).text;
    const std::string malformed = in_english(alone(Malformed{.layer = "tcp", .needed = 20, .ip = ip})).text;
    return read + malformed;
  };
  const auto twice = [](const std::string& words) { return testing::ContainsRegex(words + ".*" + words); };
  EXPECT_THAT(of_ip({.zero_ttl = true}), twice("Its TTL is 0: no host and no router may send such a packet"));
  EXPECT_THAT(of_ip({.zero_hop_limit = true}), twice("Its hop limit is 0: no router passes such a packet on"));
  EXPECT_THAT(of_ip({}), Not(HasSubstr("is 0")));
}

TEST(IpLength, OfZeroInASmallPacketLeavesNothingToBelieve) {
  Other ping{.kind = Other::Kind::icmp, .number = 8, .ip = {.offload_length = true, .zero_length = true}};
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).text,
              AllOf(HasSubstr("The IP length is 0, which is wrong"), HasSubstr("a receiver drops it"),
                    HasSubstr("may mean nothing")));
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).advice, IsEmpty());
  ping.ip.zero_length = false;
  EXPECT_THAT(in_english(alone(ping, {Note::offload_length})).advice, SizeIs(1));
}

TEST(AnUnfinishedPacket, IsOneLineThatSaysWhatIsMissingOrWrong) {
  using Why = UnfinishedPacket::Why;
  UnfinishedPacket packet{.identification = 0xfacef105,
                          .protocol = 58,
                          .v6 = true,
                          .fragments = 48,
                          .first_frame = 5,
                          .frame = 9,
                          .hole = {65520, 65528}};
  packet.source.version = packet.destination.version = IpAddress::Version::v6;
  const auto told = [&packet](Why why) {
    packet.why = why;
    EXPECT_THAT(sentence(packet, Language::ko), StartsWith("ICMPv6 패킷 0xfacef105(:: > ::, fragment "));
    return sentence(packet, Language::en);
  };
  EXPECT_EQ(told(Why::incomplete),
            "ICMPv6 packet 0xfacef105, :: > ::, 48 fragments from packet 5 on: bytes 65520 up to 65528 are not in this "
            "capture; without them it cannot be reassembled.");
  EXPECT_THAT(
      told(Why::overlap),
      HasSubstr("fragments overlap (packet 9), so a receiver must discard the whole packet and should send no error"));
  packet.uneven = true;
  EXPECT_THAT(told(Why::disagreement), HasSubstr("disagree on where it ends (packet 9)"));
  EXPECT_THAT(told(Why::unfit),
              HasSubstr("packet 9 is a fragment that no packet can have (a length that is not a multiple of 8 though"));
  packet.uneven = false;
  EXPECT_THAT(told(Why::unfit), HasSubstr("no packet can have (an end beyond the largest packet)"));
  packet.hole.end = packet.hole.offset, packet.fragments = 1;
  EXPECT_THAT(
      told(Why::incomplete),
      HasSubstr(
          "1 fragment from packet 5 on: the last fragment, and all from byte 65520 on, is not in this capture; so"));
  EXPECT_THAT(sentence(UnfinishedPacket{.why = Why::overlap}, Language::en), HasSubstr("receivers differ"));
}

TEST(Icmp, ErrorsAreNamedWithTheirProtocol) {
  EXPECT_EQ(icmp_error_name({9, true, 1, 0}).text.en, "network unreachable");
  EXPECT_EQ(icmp_error_name({9, false, 3, 3}).text.ko, "port unreachable");
}

TEST(Fragments, AnAtomicOneIsSaidToBeWhole) {
  Other ping{.kind = Other::Kind::icmp, .number = 128, .v6 = true, .ip = {.atomic_fragment = true}};
  EXPECT_EQ(in_english(alone(ping)).headline, "ICMPv6 echo request");
  EXPECT_THAT(in_english(alone(ping)).text, HasSubstr("though it is whole"));
}

TEST(IpLength, BeyondTheFrameIsNoHarmToADatagramThatIsWhole) {
  Datagram sent{.payload_length = 56, .ip = {.missing = 1}};
  EXPECT_THAT(in_english(alone(sent)).text,
              HasSubstr("The IP length promises 1 byte more than the frame holds of this packet. The UDP datagram "
                        "itself is whole, but a receiver drops"));
  sent.absent = 1;
  EXPECT_THAT(in_english(alone(sent)).text, Not(HasSubstr("whole")));
}

std::string told_of(const Malformed& malformed) {
  const Annotation told = in_english(alone(malformed));
  EXPECT_EQ(told.severity, Severity::warning);
  constexpr std::string_view end = " Nothing after it is read.";
  EXPECT_TRUE(told.text.ends_with(end)) << told.text;
  return told.text.substr(0, told.text.size() - end.size());
}

using Field = Malformed::Field;

TEST(MalformedPacket, ThatEndsInAHeaderSaysWhichAndWhatIsLeft) {
  EXPECT_EQ(told_of({.layer = "tcp", .needed = 20, .had = 13, .offset = 34}),
            "The TCP header at byte 34 of the frame, counted from 0, is cut short: it takes at least 20 bytes, and the "
            "packet has 13 left.");
  EXPECT_THAT(told_of({.layer = "udp", .needed = 8, .had = 1}), HasSubstr("it takes 8 bytes, and"));
  EXPECT_THAT(told_of({.layer = "icmp6", .needed = 4, .had = 1}), HasSubstr("it takes at least 4 bytes, and"));
  EXPECT_THAT(in_english(alone(Malformed{.layer = "icmp6", .needed = 4, .offset = 62})).text,
              StartsWith("The header before it announces ICMPv6, but the packet ends right there, at byte 62"));
  EXPECT_THAT(in_english(alone(Malformed{.layer = "ipv6", .needed = 8, .offset = 54})).text,  // an extension header
              Not(HasSubstr("announces")));
}

TEST(MalformedPacket, TellsWhatCanBeReadOfAHeaderThatIsCutShort) {
  const Malformed echo{.layer = "icmp6", .needed = 4, .had = 1, .icmp_type = 128};
  EXPECT_THAT(in_english(alone(echo)).text, HasSubstr("Its first byte says what kind it was: ICMPv6 echo request."));
  Malformed ipv4{.layer = "ipv4", .needed = 20, .had = 19};
  EXPECT_THAT(in_english(alone(ipv4)).text, Not(HasSubstr("source")));
  ipv4.source = IpAddress{.bytes = {10, 0, 0, 1}};
  EXPECT_THAT(in_english(alone(ipv4)).text, HasSubstr("Its source address can be read: 10.0.0.1."));
  ipv4.destination = ipv4.source;
  EXPECT_THAT(in_english(alone(ipv4)).text, Not(HasSubstr("source")));
}

TEST(MalformedPacket, OfAnotherVersionSaysWhich) {
  EXPECT_EQ(told_of({.layer = "ip", .field = Field::version, .needed = 4, .had = 7, .offset = 0}),
            "The header at byte 0 of the frame, counted from 0, says version 7, and IP has only 4 and 6.");
  EXPECT_EQ(told_of({.layer = "ipv4", .field = Field::version, .needed = 4, .had = 5, .offset = 14}),
            "The frame announces IPv4, but the header at its byte 14, counted from 0, says version 5.");
}

TEST(MalformedPacket, NamesTheFieldThatIsTooSmall) {
  for (const auto& [field, name] : {std::pair{Field::header_length, "header length"},
                                    {Field::total_length, "total length"},
                                    {Field::length, "length"},
                                    {Field::data_offset, "data offset"}})
    EXPECT_EQ(told_of({.layer = "x", .field = field, .needed = 20, .had = 16, .offset = 14}),
              "The x header at byte 14 of the frame, counted from 0, cannot be right: its " + std::string(name) +
                  " says 16 bytes, and the header alone takes at least 20.");
}

TEST(MalformedPacket, NamesTheFieldThatIsTooLarge) {
  for (const auto& [field, name] : {std::pair{Field::length, "length"},
                                    {Field::data_offset, "data offset"},
                                    {Field::extension_length, "extension length"}})
    EXPECT_EQ(told_of({.layer = "x", .field = field, .too_large = true, .needed = 28, .had = 20, .offset = 34}),
              "The x header at byte 34 of the frame, counted from 0, cannot be right: its " + std::string(name) +
                  " says 28 bytes, and its packet has room for 20.");
}

// Each note adds its own sentence, unless a rule has told the same thing already.
TEST(Notes, EachHasASentence) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:2(1) ack 6");
  const std::string plain = in_english(talk.last()).text;
  for (std::size_t i = 0; i < note_count; ++i) {
    Observation seen = talk.last();
    seen.notes = NoteSet{}.add(static_cast<Note>(i));
    if (static_cast<Note>(i) == Note::bad_checksum) std::get<Segment>(seen.decoded).ip.checksum = Checksum::bad;
    if (static_cast<Note>(i) == Note::never_delivered) seen.tcp->findings.add(finding::NeverDelivered{4});
    EXPECT_NE(in_english(seen).text, plain) << to_string(static_cast<Note>(i));
    EXPECT_THAT(in_korean(seen).text, Not(HasSubstr("{")));
  }
}

// Every rule of the table has a sentence that names both its states.
TEST(Rules, EachIsToldWithItsStates) {
  Talk talk = established();
  for (const Rule& rule : transition_table()) {
    for (const Side side : {Side::client, Side::server}) {
      Observation seen = talk.last();
      seen.tcp->firing_slots[0] = {side, &rule};
      seen.tcp->firing_count = 1;
      for (const Language language : {Language::en, Language::ko}) {
        const Annotation told = annotate(seen, language);
        EXPECT_THAT(told.text, HasSubstr(std::string(to_string(rule.to))));
        if (rule.from != rule.to && rule.reason != Reason::nobody_listens) {
          EXPECT_THAT(told.text, HasSubstr(std::string(to_string(rule.from)) + " -> "));
        }
        EXPECT_THAT(told.rules, ElementsAre(HasSubstr(std::string(rule.section))));
      }
    }
  }
}

TEST(Reset, AfterTheEndIsAnotherOne) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  const Annotation told = in_english(talk.client("R. 1:1(0) ack 1"));
  EXPECT_EQ(told.text, "Another RST for a connection that the client has already dropped; no state changes.");
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("RST를 한 번 더"));
  EXPECT_THAT(in_english(talk.client("R 1:1(0)")).text, StartsWith("This RST, without an ACK, answers a packet"));
}

TEST(Close, OfAnEndOfWhichNothingIsKnownSaysThatItCloses) {
  Talk talk;
  EXPECT_THAT(in_english(talk.server("F. 1:1(0) ack 1")).text,
              StartsWith("The server's program closes; its state before"));
}

TEST(Close, OfTheOneWhoLearnsOfTheFinInTheSamePacketIsTheSecond) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");  // it did not know of it
  EXPECT_EQ(in_english(talk.server("F. 6:6(0) ack 2")).headline, "FIN: neither have I");
}

TEST(Unseen, NumberBehindTheCloseOfTheOtherEndIsItsFin) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  const Annotation told = in_english(talk.client(".  2:2(0) ack 2"));
  EXPECT_THAT(told.text, HasSubstr("most likely the server's FIN"));
  EXPECT_THAT(told.text, Not(HasSubstr("the capture missed it")));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("서버의 FIN인 듯하지만"));
}

TEST(Order, OfDataBehindItsAckIsTold) {
  Talk talk = established();
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(in_english(talk.client("P. 1:6(5) ack 1")).text, HasSubstr("Packet 4, which acknowledges this, comes"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("패킷 4번이 캡처에서는 더 앞에 있습니다"));
}

TEST(Copy, IsTheSameOrAPartOrOfSeveral) {
  Talk talk = established();
  talk.client(".  1:101(100) ack 1");
  talk.client(".  101:201(100) ack 1");
  const auto again = [&](std::string_view packet) {
    return in_english(talk.wait(std::chrono::seconds(1)).client(packet)).text;
  };
  EXPECT_THAT(again(".  1:101(100) ack 1"), HasSubstr("(the same as packet 4, 1 s before)"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("(원래 패킷: 4, 1 s 전)"));
  EXPECT_THAT(again(".  111:121(10) ack 1"), HasSubstr("(a part of packet 5)"));
  EXPECT_THAT(again(".  51:151(100) ack 1"), HasSubstr("(numbers of the packets 5 to 6)"));
}

TEST(CapturedTwice, IsAllThatIsToldOfTheFrame) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1 id 7 \"hello\"");
  const Annotation told =
      in_english(talk.wait(-std::chrono::microseconds(900)).client("P. 1:6(5) ack 1 id 7 \"hello\""));
  EXPECT_EQ(told.headline, "captured twice, data");
  EXPECT_EQ(told.text, "The capture holds this packet twice (the same as packet 4); it was sent once.");
}

TEST(Copy, OfASynWithOtherOptionsIsNotTheSame) {
  Talk talk;
  talk.client("S  0:0(0) <wscale 7>");
  talk.wait(std::chrono::seconds(1)).client("S  0:0(0) <wscale 7>");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("(the same as packet 1, 1 s before)"));
  talk.wait(std::chrono::seconds(2)).client("S  0:0(0)");
  EXPECT_THAT(in_english(talk.last()).text, HasSubstr("(the number of packet 2, with other options)"));
}

TEST(Copy, OfTheRestSaysHowMuchOfThePacketHadArrived) {
  Talk talk = established();
  talk.client(".  1:101(100) ack 1");
  talk.server(".  1:1(0) ack 81");
  talk.wait(std::chrono::seconds(1)).client(".  81:101(20) ack 1");
  EXPECT_THAT(
      in_english(talk.last()).text,
      HasSubstr(
          "Of packet 4 only what lies before number 81 had arrived: most likely the network card split large packets"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("번호 81 앞까지만"));
  EXPECT_EQ(talk.finish().at(0).delivered_in_part, 1u);
}

TEST(Ack, OfAnOlderNumberWasSentBefore) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  EXPECT_THAT(in_english(talk.client(".  1:1(0) ack 11")).text, HasSubstr("was sent before packet 4."));
}

TEST(Flags, OfAFinThatLacksItsAckAreToldAsThat) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client("F 1:1(0)")).text, StartsWith("A FIN without an ACK means nothing"));
  EXPECT_THAT(in_english(talk.client("SF 1:1(0)")).text, HasSubstr("Flags that do not go together"));
}

TEST(Reset, NamesThePacketThatItAnswersAndWhatThatDidNotMove) {
  Talk talk = established();
  talk.client("F. 1:1(0) ack 1");
  talk.server(".  1:1(0) ack 2");
  talk.client("R. 2:2(0) ack 1");
  EXPECT_EQ(in_english(talk.client("R  2:2(0)")).text,
            "This RST, without an ACK, answers packet 5, which found no connection: the client had already dropped it. "
            "So packet 5 moved nothing: the client was FIN_WAIT_1 when it broke off, not FIN_WAIT_2. No state "
            "changes.");
  EXPECT_THAT(in_korean(talk.last()).text,
              HasSubstr("끊을 때 클라이언트는 FIN_WAIT_1 상태였습니다(앞의 추정: FIN_WAIT_2)"));
}

TEST(Reset, ThatAnswersWhatMovedNothingSaysNoMore) {
  Talk talk = established();
  talk.client("R. 1:1(0) ack 1");
  talk.server("P. 1:6(5) ack 1");
  const Annotation told = in_english(talk.client("R  1:1(0)"));
  EXPECT_THAT(told.text, HasSubstr("No state changes"));  // the first RST had not arrived yet, and has since
  EXPECT_THAT(told.text, HasSubstr("answers packet 5"));
  EXPECT_THAT(told.text, Not(HasSubstr("moved nothing")));
}

TEST(Reset, InPlaceOfAFinSaysWhatMostlyIsTheReason) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client("R. 1:1(0) ack 1")).text, HasSubstr("SO_LINGER 0"));
  Talk refused;
  refused.client("S 0:0(0)");
  EXPECT_THAT(in_english(refused.server("R. 0:0(0) ack 1")).text, Not(HasSubstr("SO_LINGER")));
}

TEST(Sack, OfASynThatCameTwiceIsNoWindowUpdate) {
  Talk talk;
  talk.client("S  0:0(0) win 65495");
  talk.server("S  0:0(0) win 65495");
  talk.client("S. 0:0(0) ack 1 win 65495");
  talk.server("S. 0:0(0) ack 1 win 65495");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 1 win 64 <sack 0:1>"));
  EXPECT_EQ(told.headline, "ACK: received");
  EXPECT_THAT(told.text, HasSubstr("it got that number twice"));
  EXPECT_THAT(told.text, Not(HasSubstr("another window")));
}

TEST(SynData, IsTakenByTheAnswerOrNot) {
  Talk talk;
  talk.client("S  0:5(5)");
  EXPECT_THAT(in_english(talk.server("S. 0:0(0) ack 6")).text, HasSubstr("It acknowledges the 5 bytes in the SYN"));
  Talk other;
  other.client("S  0:5(5)");
  EXPECT_THAT(in_english(other.server("S. 0:0(0) ack 1")).text, HasSubstr("has to be sent again"));
}

TEST(Sack, OfNumbersThatNobodySentIsNoReport) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 1 <sack 9001:9101>"));
  EXPECT_THAT(told.text, HasSubstr("It reports 9001:9101 (SACK), numbers that the capture has not seen"));
  EXPECT_THAT(told.text, Not(HasSubstr("already has")));
}

TEST(Sack, OutsideOfEveryWindowIsNoReportOfThisConnection) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  for (const char* block : {". 1:1(0) ack 101 <sack 900001:900101>", ". 1:1(0) ack 101 <sack 4294900000:4294900100>"}) {
    const Annotation told = in_english(talk.server(block));
    EXPECT_THAT(told.text, HasSubstr("(SACK), numbers that the server cannot have received"));
    EXPECT_THAT(told.text, Not(HasSubstr("not seen the client send")));
    EXPECT_THAT(told.text, Not(HasSubstr("twice")));
  }
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("서버의 window가 한 번도 닿지 않은 번호"));
}

TEST(AnAck, OfACopyWhoseOriginalIsThoughtLostNamesTheCopyAlone) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.wait(std::chrono::seconds(1)).client("P. 1:101(100) ack 1");
  ASSERT_TRUE(talk.last().notes.has(Note::never_delivered));
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101")).text, HasSubstr("(packet 5)"));
}

TEST(AnAck, AtTheTimeOfWhatItAnswersTakesNoTimeThatIsTold) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(talk.wait(std::chrono::milliseconds(-1)).server(". 1:1(0) ack 101")).text,
              HasSubstr("(packet 4)"));
}

TEST(AnAck, OfWhatWasSentTwiceNamesBothWhereNothingTellsWhichItAnswers) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  talk.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 101")).text,
              HasSubstr("(packet 4, or its retransmission, packet 5)"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("(패킷 4 또는 그 재전송인 패킷 5)"));
  talk.client("P. 101:201(100) ack 1");
  talk.client("P. 101:201(100) ack 1 id 7");
  talk.client("P. 201:301(100) ack 1");
  EXPECT_THAT(in_english(talk.server(". 1:1(0) ack 301")).text, HasSubstr("(packet 9, 1 ms before)"));
}

TEST(Sack, OfAnOlderWindowMayBeOfThisConnection) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(talk.server(". 1:1(0) ack 101 win 100 <sack 60001:60101>"));
  EXPECT_THAT(told.text, HasSubstr("the capture has not seen"));
  Talk late;  // the scale of its windows is not known
  late.client("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(late.server(". 1:1(0) ack 101 win 100 <sack 900001:900101>")).text,
              HasSubstr("the capture has not seen"));
}

TEST(QuestionMark, OfWhatTheCaptureMissesIsExplainedOnce) {
  Talk talk = established();
  EXPECT_THAT(in_english(talk.client(". 1:1(0) ack 101")).text, HasSubstr("A FIN may be among what is missing"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("FIN이 있을 수도 있어"));
  talk.server("P. 1:101(100) ack 1");  // it was captured late
  EXPECT_THAT(in_english(talk.client(". 1:1(0) ack 201")).text, Not(HasSubstr("A FIN may be")));
}

TEST(QuestionMark, AfterAResetWithAStrangeNumberIsExplainedToo) {
  Talk talk = established();
  const Annotation told = in_english(talk.client("R  90000:90000(0)"));
  EXPECT_THAT(told.text, HasSubstr("ignores this RST"));
  EXPECT_THAT(told.text, HasSubstr("it may fit after all"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("맞는 번호일 수도 있어"));
}

TEST(QuestionMark, IsNotExplainedWhereThereIsNoneOrTheFinIsNamed) {
  Talk late;
  late.server("P. 1:101(100) ack 1");
  EXPECT_THAT(in_english(late.client(". 1:1(0) ack 201")).text, Not(HasSubstr("A FIN may be")));
  Talk closing = established();
  closing.client("F. 1:1(0) ack 1");
  closing.server(".  1:1(0) ack 2");
  const Annotation told = in_english(closing.client(". 2:2(0) ack 2"));
  EXPECT_THAT(told.text, HasSubstr("most likely the server's FIN"));
  EXPECT_THAT(told.text, Not(HasSubstr("A FIN may be")));
}

TEST(LateJoin, TheSendersStateHangsOnThatItDoesNotRepeatItself) {
  Talk talk;
  talk.client("P. 1:101(100) ack 1");
  talk.server(". 1:1(0) ack 101");
  EXPECT_THAT(in_english(talk.server("P. 1:101(100) ack 101")).text,
              HasSubstr("the server counts as ESTABLISHED (before: UNKNOWN) (assumed: it may only repeat what"));
}

TEST(LateJoin, NothingIsKnownOfAResetThatStandsAlone) {
  Talk talk;
  EXPECT_THAT(in_english(talk.client("R 1:1(0)")).text,
              HasSubstr("whether there was a connection at all, is not known"));
}

TEST(Gap, IsNobodysToJudgeWhereThePeerHasNoPacket) {
  Talk alone;
  alone.client("S 0:0(0)");
  alone.client("P. 1:101(100) ack 1");
  const Annotation told = in_english(alone.client("P. 201:301(100) ack 1"));
  EXPECT_THAT(told.text, HasSubstr("So far the capture has no packet from the server, whose ACKs would tell"));
  EXPECT_THAT(told.advice, IsEmpty());
  Talk both = established();
  const Annotation asks = in_english(both.client("P. 101:201(100) ack 1"));
  EXPECT_THAT(asks.text, Not(HasSubstr("holds no packet")));
  EXPECT_THAT(asks.advice, ::testing::SizeIs(1));
}

TEST(FinWithoutAck, IsTheSameFinWhereOneWithAnAckFollows) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_THAT(in_english(talk.client("F  0:0(0)")).text, Not(HasSubstr("again")));
  talk.server("S. 0:0(0) ack 1");
  EXPECT_THAT(
      in_english(talk.client("F. 0:0(0) ack 1")).text,
      HasSubstr("The client tried to close before: packet 2 already carried this FIN, but without an ACK it had no "
                "effect, so this one counts as the first. This FIN takes number 0, which is the SYN's"));
  EXPECT_THAT(in_korean(talk.last()).text, HasSubstr("패킷 2번에 같은 FIN이 있었지만 ACK가 없어 효력이 없었으므로"));
  EXPECT_THAT(in_english(talk.client("F. 1:1(0) ack 1")).text, Not(HasSubstr("already carried this FIN")));
}

TEST(Advice, IsLeftOutWhereTheTextHasAnotherReason) {
  Talk lone = established();
  EXPECT_THAT(in_english(lone.client("F  1:1(0)")).advice, IsEmpty());               // no scan
  EXPECT_THAT(in_english(lone.client("none 1:1(0)")).advice, ::testing::SizeIs(1));  // perhaps one
  Talk soon = established();
  soon.client("F. 1:1(0) ack 1 id 7");
  const Observation copy = soon.wait(std::chrono::microseconds(-900)).client("F. 1:1(0) ack 1 id 8");
  EXPECT_THAT(in_english(copy).advice, IsEmpty());  // no timer
  Talk syn;
  syn.client("S  0:0(0) win 65495");
  syn.server("S  0:0(0) win 65495");
  syn.client("S. 0:0(0) ack 1 win 65495");
  syn.server("S. 0:0(0) ack 1 win 65495");
  EXPECT_THAT(in_english(syn.server(". 1:1(0) ack 1 win 64 <sack 0:1>")).advice, IsEmpty());  // no window that opens
  Observation itself = Talk().client("S  0:0(0)");
  itself.notes.add(Note::self_connect);
  EXPECT_THAT(in_english(itself).advice, ::testing::SizeIs(1));
  std::get<Segment>(itself.decoded).flags.bits |= TcpFlags::reserved_bits;
  EXPECT_THAT(in_english(itself).advice, IsEmpty());  // no socket
}

TEST(SentAgain, TooSoonForATimerIsAnotherPacketByItsIdentification) {
  const auto again = [](std::chrono::microseconds later, std::string_view first, std::string_view second) {
    Talk talk = established();
    talk.client("F. 1:1(0) ack 1 " + std::string(first));
    return talk.wait(later - std::chrono::milliseconds(1)).client("F. 1:1(0) ack 1 " + std::string(second));
  };
  using std::chrono_literals::operator""us;
  const Observation soon = again(90us, "id 7", "id 8");
  EXPECT_THAT(in_english(soon).text,
              HasSubstr("(the same as packet 4, 90 us before). That is too soon for a timer, and nothing asked"));
  EXPECT_THAT(in_korean(soon).text, HasSubstr("타이머로 재전송했다기에는 너무 빠르고"));
  EXPECT_THAT(in_english(again(90'000us, "id 7", "id 8")).text, Not(HasSubstr("too soon")));
  EXPECT_THAT(in_english(again(150us, "", "")).text, Not(HasSubstr("too soon")));
}

TEST(SentAgain, SoonAfterTheOtherEndHasSpokenMayBeAskedFor) {
  Talk talk = established();
  talk.client("P. 1:101(100) ack 1 id 7");
  talk.wait(std::chrono::microseconds(-900)).server(".  1:1(0) ack 1 id 3");
  const Annotation told = in_english(talk.wait(std::chrono::microseconds(-900)).client("P. 1:101(100) ack 1 id 8"));
  EXPECT_THAT(told.text, Not(HasSubstr("too soon")));
}

TEST(Options, OfAKnownKindWithAWrongLengthAreNamed) {
  Talk talk;
  talk.client("S 0:0(0)");
  EXPECT_THAT(in_english(with_options(talk, {.misshapen_kind = 8, .misshapen_length = 8})).text,
              HasSubstr("The timestamps option (kind 8) says that it takes 8 bytes, but it must take 10"));
  EXPECT_THAT(in_korean(with_options(talk, {.misshapen_kind = 3})).text, HasSubstr("window scale 옵션(kind 3)"));
}

TEST(KeepAlive, WithAByteIsNotToldAsData) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server(". 1:1(0) ack 6");
  EXPECT_THAT(in_english(talk.client(". 5:6(1) ack 1")).text, Not(HasSubstr("sends 1 byte")));
}

TEST(Client, IsWhoIsSeenFirstWhereBothPortsAreTheSame) {
  Segment segment;
  segment.source.port = segment.destination.port = 7;
  segment.source.address.bytes = {10, 0, 0, 1};
  segment.destination.address.bytes = {10, 0, 0, 2};
  segment.flags.bits = TcpFlags::ack_bit;
  Observer observer([](const StreamSummary&) {});
  EXPECT_THAT(in_english(observer.observe({}, segment)).text, HasSubstr("both ports are the same"));
}

}  // namespace
}  // namespace echolab::capture
