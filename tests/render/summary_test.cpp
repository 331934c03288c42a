#include "capture/render/summary.hpp"

#include <gmock/gmock.h>

#include "capture/render/clock.hpp"
#include "capture/render/json.hpp"
#include "capture/render/width.hpp"

namespace echolab::capture {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const CaptureSummary live{.live = true, .packets = 12, .tcp = 10, .udp = 2, .received = 12, .dropped = 0};

TEST(Summary, ExplainsTheKernelsCountsInBothLanguages) {
  EXPECT_EQ(to_text(live, Language::en),
            "12 packets captured (TCP 10, UDP 2)\n"
            "12 received by the filter: the number that the kernel kept for this capture\n"
            "0 dropped by the kernel: nothing is missing\n");
  EXPECT_EQ(to_text(live, Language::ko),
            "패킷 12개를 캡처했습니다 (TCP 10, UDP 2)\n"
            "12개가 필터를 통과했습니다: 커널이 이 캡처를 위해 받아 둔 수입니다\n"
            "0개를 커널이 버렸습니다: 빠진 패킷이 없습니다\n");
}

TEST(Summary, SaysThatAFullBufferLostPackets) {
  CaptureSummary summary = live;
  summary.dropped = 3;
  EXPECT_THAT(to_text(summary, Language::en), HasSubstr("3 dropped by the kernel: its buffer was full"));
}

TEST(Summary, OfAFileHasNoKernelCounts) {
  EXPECT_EQ(to_text({.packets = 1, .other = 1}, Language::en), "1 packet read (other 1)\n");
  EXPECT_EQ(to_text({.packets = 9, .icmp = 9}, Language::ko), "패킷 9개를 읽었습니다 (ICMP 9)\n");
  EXPECT_THAT(to_text({}, Language::en), Not(HasSubstr("kernel")));
}

TEST(Summary, TellsTheFirstUnfinishedPacketsAndCountsTheOthers) {
  CaptureSummary summary{.packets = 12, .other = 12};
  for (std::uint32_t id = 1; id <= 12; ++id)
    summary.count(UnfinishedPacket{.identification = id, .protocol = 17, .fragments = 1});
  const std::string text = to_text(summary, Language::en, 200);
  EXPECT_THAT(text, HasSubstr("UDP packet 0x0001, 0.0.0.0 > 0.0.0.0, 1 fragment "));
  EXPECT_THAT(text, HasSubstr("UDP packet 0x000a, "));
  EXPECT_THAT(text, Not(HasSubstr("UDP packet 0x000b, ")));
  EXPECT_THAT(text, HasSubstr("besides those above: 2\n12 packets read (other 12)\n"));
  EXPECT_THAT(to_text(summary, Language::ko, 200), HasSubstr("그 밖에 재조립할 수 없는 패킷: 2개\n"));
}

TEST(FaultS15, ConversationsThatWereLetGoEarlyAreTold) {
  const CaptureSummary summary{.packets = 9, .tcp = 9, .let_go_early = 7};
  EXPECT_THAT(to_text(summary, Language::en), HasSubstr("\nconversations dropped before they ended: 7. Memory"));
  EXPECT_THAT(to_text(summary, Language::ko), HasSubstr("\n끝나기 전에 추적을 그만둔 대화: 7개. "));
  EXPECT_THAT(to_json(summary), HasSubstr(R"("malformed":0,"let_go_early":7,"notes")"));
  EXPECT_THAT(to_text(live, Language::en), Not(HasSubstr("let go")));
}

TEST(Summary, CountsEachKind) {
  CaptureSummary summary;
  for (const Decoded& decoded : {Decoded(Segment{}), Decoded(Datagram{}), Decoded(IcmpError{}),
                                 Decoded(Other{.kind = Other::Kind::icmp}), Decoded(Other{}), Decoded(Malformed{})})
    summary.count(decoded);
  EXPECT_EQ(summary.packets, 6u);
  EXPECT_EQ(summary.tcp, 1u);
  EXPECT_EQ(summary.udp, 1u);
  EXPECT_EQ(summary.icmp, 2u);
  EXPECT_EQ(summary.other, 1u);
  EXPECT_EQ(summary.malformed, 1u);
}

TEST(Summary, SaysWhyPacketsWereNotFollowed) {
  CaptureSummary summary;
  for (const auto kind : {Other::Kind::not_ip, Other::Kind::not_ip, Other::Kind::cut, Other::Kind::icmp})
    summary.count(Other{.kind = kind});
  EXPECT_EQ(to_text(summary, Language::en),
            "4 packets read (ICMP 1, other 3)\n"
            "other, content not followed: not IP 2, truncated by the capture 1\n");
  EXPECT_THAT(to_text(summary, Language::ko), HasSubstr("기타, 내용은 추적하지 않음: IP가 아님 2, 캡처에서 잘림 1\n"));
  EXPECT_EQ(to_json(summary), R"({"v":1,"kind":"summary","packets":4,"tcp":0,"udp":0,"icmp":1,"other":3,"malformed":0,)"
                              R"("others":{"not_ip":2,"cut":1},"notes":{},"states":{"client":{},"server":{}}})");
}

Time at(std::int64_t nanoseconds) { return Time(std::chrono::nanoseconds(nanoseconds)); }

TEST(Clock, SaysTheTimeInUtcWhateverTheZone) {
  EXPECT_EQ(utc(at(1'700'364'000'123'456'789)), "2023-11-19 03:20:00.123456 UTC");
  EXPECT_EQ(utc(at(-1)), "1969-12-31 23:59:59.999999 UTC");
}

TEST(Clock, SaysEveryNanosecondSince1970) {
  const auto text = [](Time time) { return std::string(UnixTime(time)); };
  EXPECT_EQ(text(at(1'700'364'000'123'456'789)), "1700364000.123456789");
  EXPECT_EQ(text(at(1'000'000'001)), "1.000000001");
  EXPECT_EQ(text(at(7)), "0.000000007");
  EXPECT_EQ(text(at(-1)), "-0.000000001");
  EXPECT_EQ(text(Time::max()), "9223372036.854775807");
  EXPECT_EQ(text(Time::min()), "-9223372036.854775808");
}

TEST(Clock, KeepsSecondsInTheirColumn) {
  EXPECT_EQ(seconds_since(at(0), at(123'456), 10), "  0.000123");
  EXPECT_EQ(seconds_since(at(0), at(12'345'678'901'000), 10), "12345.6789");
  EXPECT_EQ(seconds_since(at(0), at(123'456'789'012'345'678), 10), " 123456789");
  EXPECT_EQ(seconds_since(at(0), at(9'223'372'036'000'000'000), 9), "9223372036");
}

TEST(Clock, NeverRunsBelowZeroOrOverflows) {
  EXPECT_EQ(seconds_since(at(5), at(4), 8), "0.000000");
  EXPECT_EQ(seconds_since(Time::min(), Time::max(), 10), "18446744073");
}

}  // namespace
}  // namespace echolab::capture
