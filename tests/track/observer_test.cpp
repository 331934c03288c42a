// The observer's own part: who is who, numbering, UDP, ICMP, and a table that stays bounded.
#include "capture/track/observer.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "capture/track/conversation_table.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

Endpoint at(std::uint8_t host, std::uint16_t port) {
  Endpoint endpoint;
  endpoint.address.bytes = {10, 0, 0, host};
  endpoint.port = port;
  return endpoint;
}

Datagram datagram(Endpoint from, Endpoint to, std::uint32_t bytes) {
  Datagram result;
  result.source = from, result.destination = to, result.payload_length = bytes;
  return result;
}

Segment segment(Endpoint from, Endpoint to, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack) {
  Segment result;
  result.source = from, result.destination = to, result.flags.bits = flags, result.seq = seq, result.ack = ack;
  return result;
}

struct Tap {
  std::vector<StreamSummary> ended;
  Observer observer;
  std::uint64_t frame = 0;
  Time now{std::chrono::seconds(1'700'000'000)};

  explicit Tap(ObserverOptions options = {})
      : observer([this](const StreamSummary& s) { ended.push_back(s); }, options) {}

  Observation see(const Decoded& what) {
    Packet packet;
    packet.frame = ++frame;
    packet.time = now += std::chrono::milliseconds(1);
    return observer.observe(packet, what);
  }
};

TEST(Udp, HasConversationsAndNoStates) {
  Tap tap;
  const Observation question = tap.see(datagram(at(1, 40000), at(2, 9000), 5));
  const Observation answer = tap.see(datagram(at(2, 9000), at(1, 40000), 7));
  EXPECT_FALSE(question.tcp);
  EXPECT_EQ(question.stream->from, Side::client);
  EXPECT_EQ(answer.stream->from, Side::server);
  EXPECT_EQ(answer.stream->number, 0u);
  tap.observer.finish();
  ASSERT_EQ(tap.ended.size(), 1u);
  EXPECT_EQ(tap.ended[0].bytes_client, 5u);
  EXPECT_EQ(tap.ended[0].bytes_server, 7u);
}

TEST(Numbering, CountsTcpAndUdpApart) {
  Tap tap;
  EXPECT_EQ(tap.see(datagram(at(1, 1000), at(2, 9000), 1)).stream->number, 0u);
  EXPECT_EQ(tap.see(segment(at(1, 1000), at(2, 9000), TcpFlags::syn_bit, 1, 0)).stream->number, 0u);
  EXPECT_EQ(tap.see(datagram(at(1, 1001), at(2, 9000), 1)).stream->number, 1u);
}

TEST(Sides, AreAddressAndPortForOnLoopbackBothAddressesAreTheSame) {
  Tap tap;
  tap.see(segment(at(1, 40000), at(1, 9000), TcpFlags::syn_bit, 1, 0));
  EXPECT_EQ(tap.see(segment(at(1, 9000), at(1, 40000), TcpFlags::syn_bit | TcpFlags::ack_bit, 1, 2)).stream->from,
            Side::server);
}

TEST(SelfConnect, IsOneSocketThatOpensSimultaneouslyWithItself) {
  Tap tap;
  const Endpoint self = at(1, 40000);
  const auto syn = tap.see(segment(self, self, TcpFlags::syn_bit, 100, 0));
  EXPECT_TRUE(syn.notes.has(Note::self_connect));
  EXPECT_EQ(syn.tcp->client.after, State::syn_received);
  EXPECT_EQ(syn.tcp->server.after, State::syn_received);
  const auto syn_ack = tap.see(segment(self, self, TcpFlags::syn_bit | TcpFlags::ack_bit, 100, 101));
  EXPECT_EQ(syn_ack.tcp->client.after, State::established);
  EXPECT_FALSE(syn_ack.notes.has(Note::retransmission));
  const auto fin = tap.see(segment(self, self, TcpFlags::fin_bit | TcpFlags::ack_bit, 101, 101));
  EXPECT_EQ(fin.tcp->client.after, State::closing);
  EXPECT_EQ(tap.see(segment(self, self, TcpFlags::ack_bit, 102, 102)).tcp->client.after, State::time_wait);
}

TEST(SelfConnect, OfALatePacketThatItSendsAndGetsShowsNoState) {
  Tap tap;
  const Endpoint self = at(1, 40000);
  Segment data = segment(self, self, TcpFlags::ack_bit, 101, 101);
  data.payload_length = 5;
  EXPECT_EQ(tap.see(data).tcp->client.after, State::unknown);
}

TEST(Udp, ToAGroupOrToEverybodyHasNoServer) {
  Tap tap;
  Endpoint group = at(0, 5353), everybody = at(0, 67);
  group.address.bytes = {224, 0, 0, 251};
  everybody.address.bytes = {255, 255, 255, 255};
  EXPECT_EQ(tap.see(datagram(at(1, 5353), group, 5)).stream->audience, Audience::group);
  EXPECT_EQ(tap.see(datagram(at(1, 68), everybody, 5)).stream->audience, Audience::everybody);
  EXPECT_EQ(tap.see(datagram(at(1, 40000), at(255, 9000), 5)).stream->audience, Audience::one);  // it cannot be told
  const std::vector<std::byte> frame(60, std::byte{0xff});
  Packet packet;
  packet.bytes = frame;
  EXPECT_EQ(tap.observer.observe(packet, datagram(at(1, 40001), at(255, 9000), 5)).stream->audience,
            Audience::everybody);  // the link layer's destination tells
  tap.observer.finish();
  ASSERT_EQ(tap.ended.size(), 4u);
  EXPECT_EQ(tap.ended[0].audience, Audience::group);
  EXPECT_EQ(tap.ended[3].audience, Audience::everybody);
}

TEST(IcmpError, IsCountedForItsConversationAndTheFirstOneIsKept) {
  Tap tap;
  tap.see(segment(at(1, 40000), at(2, 9000), TcpFlags::syn_bit, 1000, 0));
  tap.see(datagram(at(1, 40000), at(2, 9000), 5));
  const auto quotes = [&tap](std::uint8_t protocol, std::uint8_t code) {
    IcmpError error{.type = 3, .code = code, .quoted_protocol = protocol};
    error.quoted_source = at(1, 40000), error.quoted_destination = at(2, 9000);
    tap.see(error);
  };
  quotes(6, 0), quotes(17, 3), quotes(17, 1);
  tap.observer.finish();
  ASSERT_EQ(tap.ended.size(), 2u);
  const auto &tcp = tap.ended[0], &udp = tap.ended[1];
  EXPECT_EQ(tcp.icmp_errors, 1u);
  EXPECT_EQ(tcp.first_icmp.frame, 3u);
  EXPECT_EQ(tcp.first_icmp.type, 3);
  EXPECT_EQ(tcp.client_state, State::syn_sent);
  EXPECT_EQ(udp.icmp_errors, 2u);
  EXPECT_EQ(udp.first_icmp.frame, 4u);
  EXPECT_EQ(udp.first_icmp.code, 3);
}

TEST(IcmpError, IsTiedToTheConversationItQuotesAndMovesNothing) {
  Tap tap;
  tap.see(segment(at(1, 40000), at(2, 9000), TcpFlags::syn_bit, 1, 0));
  IcmpError error;
  error.type = 3, error.code = 3;
  error.source = at(2, 0).address, error.destination = at(1, 0).address;
  error.quoted_protocol = 6;
  error.quoted_source = at(1, 40000), error.quoted_destination = at(2, 9000);
  const Observation seen = tap.see(error);
  ASSERT_TRUE(seen.stream);
  EXPECT_EQ(seen.stream->from, Side::server);
  EXPECT_FALSE(seen.tcp);
  EXPECT_TRUE(seen.notes.has(Note::port_unreachable));
  tap.observer.finish();
  EXPECT_EQ(tap.ended.at(0).client_state, State::syn_sent);
  EXPECT_EQ(tap.ended.at(0).packets, 1u);
}

TEST(Table, LetsTheUnansweredSynsGoFirstWhenItIsFull) {
  Tap tap({.conversations = 64});
  const Endpoint server = at(2, 9000), client = at(1, 40000);
  tap.see(segment(client, server, TcpFlags::syn_bit, 1, 0));
  tap.see(segment(server, client, TcpFlags::syn_bit | TcpFlags::ack_bit, 1, 2));
  tap.see(segment(client, server, TcpFlags::ack_bit, 2, 2));
  for (std::uint16_t port = 1; port < 5000; ++port) tap.see(segment(at(3, port), server, TcpFlags::syn_bit, 1, 0));
  const auto still = tap.see(segment(client, server, TcpFlags::ack_bit, 2, 2));
  EXPECT_EQ(still.stream->number, 0u);  // the established one survived the flood
  EXPECT_GT(tap.ended.size(), 4900u);   // and each that was let go was told
  EXPECT_EQ(tap.observer.let_go_early(), tap.ended.size());
  tap.observer.finish();
  EXPECT_EQ(tap.ended.size(), 5000u);
}

TEST(Table, KeepsABoundedNumberOfEndedOnesThoughNoTimeGoesBy) {
  Tap tap;
  constexpr std::uint32_t refused = ConversationTable::most_ended + 10'000;
  for (std::uint32_t i = 0; i < refused; ++i) {
    const Endpoint client = at(static_cast<std::uint8_t>(i >> 16), static_cast<std::uint16_t>(i)),
                   server = at(99, 9000);
    tap.see(segment(client, server, TcpFlags::syn_bit, 1, 0));
    tap.see(segment(server, client, TcpFlags::rst_bit | TcpFlags::ack_bit, 0, 2));
    tap.now -= std::chrono::milliseconds(2);
  }
  ASSERT_GT(tap.ended.size(), 0u);
  EXPECT_EQ(tap.ended[0].number, 0u);  // the first to end is the first to go
  EXPECT_EQ(tap.observer.let_go_early(), 0u);
  tap.observer.finish();
  EXPECT_EQ(tap.ended.size(), refused);
}

TEST(Table, LetsAnEndedConversationGoLongAfterIt) {
  Tap tap;
  tap.see(segment(at(1, 40000), at(2, 9000), TcpFlags::syn_bit, 1, 0));
  tap.see(segment(at(2, 9000), at(1, 40000), TcpFlags::rst_bit | TcpFlags::ack_bit, 0, 2));
  tap.now += std::chrono::minutes(20);
  for (int i = 0; i < 5000; ++i) tap.see(datagram(at(5, 1), at(6, 2), 1));
  ASSERT_EQ(tap.ended.size(), 1u);
  EXPECT_EQ(tap.observer.let_go_early(), 0u);
  EXPECT_EQ(tap.ended[0].handshake, StreamSummary::Handshake::refused);
}

}  // namespace
}  // namespace echolab::test
