// A datagram as it is told: UDP has no states, and says so once.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"

namespace echolab::capture {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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

}  // namespace
}  // namespace echolab::capture
