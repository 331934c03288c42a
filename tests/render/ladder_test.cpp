// The ladder against drawings kept in golden/. After a change on purpose: `cmake --build build --target renew_golden`.
#include <gmock/gmock.h>

#include <algorithm>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "capture/render/annotation.hpp"
#include "capture/render/text.hpp"
#include "capture/render/width.hpp"
#include "tests/render/scene.hpp"

namespace echolab::capture {
namespace {

using test::Scene;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string draw(Scene& scene, const LadderOptions& options) {
  Ladder ladder(options);
  std::string out;
  for (const auto& shot : scene.shots()) out += ladder.line(shot->seen);
  for (const auto& ended : scene.finish()) out += ladder.stream_line(ended);
  return out;
}

Scene echo() {
  Scene scene;
  scene.client("S 0:0(0) win 65495").server("S. 0:0(0) ack 1 win 65483").client(". 1:1(0) ack 1");
  scene.client("P. 1:12(11) ack 1", "안녕 echo").server(". 1:1(0) ack 12").server("P. 1:12(11) ack 12", "안녕 echo");
  scene.client(". 12:12(0) ack 12")
      .client("F. 12:12(0) ack 12")
      .server("F. 12:12(0) ack 13")
      .client(". 13:13(0) ack 13");
  return scene;
}

Scene troubles() {
  Scene scene;
  scene.client("S 0:0(0)").wait(std::chrono::seconds(1)).client("S 0:0(0)").server("R. 0:0(0) ack 1");
  scene.between(Scene::v4(40001), Scene::v4(9000));
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1");
  scene.client(". 1:1(0) ack 1").client("F. 1:1(0) ack 1").server("F. 1:1(0) ack 1");
  scene.client(". 2:2(0) ack 2").server(". 2:2(0) ack 2");
  scene.between(Scene::v6(40002), Scene::v6(9000)).client("P. 1:6(5) ack 1", "\x1b[2J\n").server("R 1:1(0)");
  return scene;
}

Scene datagrams() {
  Scene scene;
  scene.client_datagram("hello").server_datagram("hello").client_datagram("");
  scene.between(Scene::v4(40001), Scene::v4(9001)).client_datagram("anybody?").port_unreachable();
  scene.add(Other{.kind = Other::Kind::not_ip, .number = 0x0806, .v6 = false, .source = {}, .destination = {}});
  scene.add(Malformed{.layer = "udp",
                      .needed = 8,
                      .had = 3,
                      .offset = 34,
                      .source = Scene::v4(0).address,
                      .destination = Scene::v4(0).address});
  return scene;
}

struct Golden {
  const char* name;
  std::function<Scene()> scene;
  LadderOptions options;
};

void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.name; }

const Golden all[] = {
    {"echo-60-en", echo, {.columns = 60}},
    {"echo-80-en", echo, {.columns = 80}},
    {"echo-140-en", echo, {.columns = 140}},
    {"echo-80-ko", echo, {.columns = 80, .language = Language::ko}},
    {"echo-60-ko", echo, {.columns = 60, .language = Language::ko}},
    {"echo-80-ascii", echo, {.columns = 80, .ascii = true}},
    {"echo-80-color", echo, {.columns = 80, .color = true}},
    {"echo-80-raw", echo, {.columns = 80, .raw_numbers = true}},
    {"troubles-80-en", troubles, {.columns = 80}},
    {"troubles-80-ko", troubles, {.columns = 80, .language = Language::ko}},
    {"datagrams-80-en", datagrams, {.columns = 80}},
    {"datagrams-80-ko", datagrams, {.columns = 80, .language = Language::ko}},
    {"datagrams-60-ascii", datagrams, {.columns = 60, .ascii = true}},
};

class GoldenLadder : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenLadder, IsDrawnAsKept) {
  const Golden& golden = GetParam();
  Scene scene = golden.scene();
  const std::string drawn = draw(scene, golden.options);
  const std::string path = std::string(ECHOLAB_SOURCE_DIR) + "/tests/render/golden/" + golden.name + ".txt";
  if (std::getenv("ECHOLAB_RENEW_GOLDEN")) {
    std::ofstream(path) << drawn;
    return;
  }
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << ": run `cmake --build build --target renew_golden` and read the diff";
  std::ostringstream kept;
  kept << file.rdbuf();
  EXPECT_EQ(drawn, kept.str());
}

INSTANTIATE_TEST_SUITE_P(, GoldenLadder, ::testing::ValuesIn(all), [](const auto& test) {
  std::string name = test.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Ladder, NeverExceedsTheTerminal) {
  for (const auto& make : {echo, troubles, datagrams}) {
    for (int width = 48; width <= 140; ++width) {
      for (const Language language : {Language::en, Language::ko}) {
        for (const bool raw : {false, true}) {
          Scene scene = make();
          std::istringstream lines(draw(scene, {.columns = width, .raw_numbers = raw, .language = language}));
          for (std::string line; std::getline(lines, line);) ASSERT_LE(columns(line), width) << line;
        }
      }
    }
  }
}

TEST(Ladder, KeepsItsRailsInTheirColumns) {
  for (const int width : {48, 60, 80, 140}) {
    Scene scene = echo();
    std::istringstream lines(draw(scene, {.columns = width}));
    int left = -1, right = -1;
    for (std::string line; std::getline(lines, line);) {
      const auto first = line.find("│"), last = line.rfind("│");
      if (first == line.npos) continue;
      const int l = columns(line.substr(0, first)), r = columns(line.substr(0, last));
      if (left < 0) left = l, right = r;
      EXPECT_EQ(l, left) << line;
      EXPECT_EQ(r, right) << line;
    }
    EXPECT_GT(right, left);
  }
}

TEST(Ladder, HasThePacketsNumberUnderItsTime) {
  Scene scene = echo();
  const std::string drawn = draw(scene, {.columns = 80});
  EXPECT_THAT(drawn, HasSubstr("\n        #2  SYN,ACK: yes"));
  EXPECT_THAT(drawn, HasSubstr("\n       #10  ACK: I have your FIN"));
  Scene arp;
  arp.add(Other{.kind = Other::Kind::not_ip, .number = 0x0806});
  EXPECT_THAT(draw(arp, {.columns = 60}), ::testing::StartsWith(" 0.000000\n       #1 not IP: ARP"));
}

TEST(Ladder, InAsciiAndEnglishIsAllAscii) {
  for (const auto& make : {echo, troubles, datagrams}) {
    Scene scene = make();
    for (const char c : draw(scene, {.ascii = true})) EXPECT_LT(c & 0xff, 0x7f);
  }
}

TEST(Ladder, WithoutColorHoldsNoEscapeSequence) {
  for (const auto& make : {echo, troubles, datagrams}) {
    Scene scene = make();
    EXPECT_THAT(draw(scene, {}), Not(HasSubstr("\x1b")));
  }
}

TEST(Ladder, MarksAnAssumedStateWithoutColor) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1");
  const std::string drawn = draw(scene, {});
  EXPECT_THAT(drawn, HasSubstr("LISTEN?"));
  EXPECT_THAT(drawn, HasSubstr("ESTABLISHED? │"));
  EXPECT_THAT(drawn, HasSubstr("? assumed: follows if the packet arrived"));
}

TEST(Ladder, SaysOnceWhichPostThePacketsAreHeldAgainst) {
  Scene scene;
  scene.client("S 0:0(0)").between(Scene::v4(40001), Scene::v4(9000)).client("S 0:0(0)");
  const std::string drawn = draw(scene, {});
  const std::string legend = "▸ a step of the post (lesson 1)";
  ASSERT_THAT(drawn, HasSubstr(legend));
  EXPECT_EQ(drawn.find(legend), drawn.rfind(legend));
  EXPECT_THAT(draw(scene, {.ascii = true}), HasSubstr("> a step of the post"));
  EXPECT_THAT(draw(scene, {.language = Language::ko}), HasSubstr("▸ 블로그 글의 단계(1과)"));
}

TEST(Ladder, CallsNoGroupAndNoBroadcastAServer) {
  Endpoint group = Scene::v4(5353), everybody = Scene::v4(67);
  group.address.bytes = {224, 0, 0, 251};
  everybody.address.bytes = {255, 255, 255, 255};
  Scene scene(Scene::v4(5353), group);
  scene.client_datagram("who?").between(Scene::v4(68), everybody).client_datagram("me");
  const std::string drawn = draw(scene, {});
  EXPECT_THAT(drawn, HasSubstr("group 224.0.0.251:5353 (multicast)"));
  EXPECT_THAT(drawn, HasSubstr("everybody on the link 255.255.255.255:67 (broadcast)"));
  EXPECT_THAT(drawn, HasSubstr("127.0.0.1:5353 sent 4 bytes to the group\n224.0.0.251:5353. No state was kept."));
  EXPECT_THAT(drawn, HasSubstr("127.0.0.1:68 sent 2 bytes to everybody on the link\n(255.255.255.255:67)."));
  EXPECT_THAT(drawn, HasSubstr("sender 127.0.0.1:5353"));
  EXPECT_THAT(drawn, Not(HasSubstr("client")));
  EXPECT_THAT(drawn, Not(HasSubstr("server")));
}

TEST(StreamLine, KnowsOfNoConnectionWhereOnlyResetsWereSeen) {
  Scene alone;
  alone.client("R 1:1(0)");
  EXPECT_THAT(draw(alone, {}), HasSubstr("The client sent an RST;"));
  Scene late;
  late.client("P. 1:6(5) ack 1", "hello").client("R. 6:6(0) ack 1");
  EXPECT_THAT(draw(late, {}), HasSubstr("The client cut it off (RST)."));
}

TEST(StreamLine, DoubtsTheRolesOfADatagramFromAServersPort) {
  StreamSummary udp;
  udp.protocol = Protocol::udp, udp.client.port = 53, udp.server.port = 58125;
  const auto told = [&udp] { return sentence(udp, Language::en); };
  EXPECT_THAT(told(), EndsWith("Port 53 looks like a server's: most likely the roles are the other way round."));
  udp.audience = Audience::everybody;
  EXPECT_THAT(told(), Not(HasSubstr("Port 53")));
  udp.audience = Audience::one, udp.client.port = 58125, udp.server.port = 53;
  EXPECT_THAT(told(), Not(HasSubstr("Port 53")));
}

TEST(StreamLine, SaysWhatIcmpSaysOfIt) {
  StreamSummary tcp, udp;
  tcp.protocol = Protocol::tcp, tcp.icmp_errors = 1, tcp.first_icmp = {9, true, 1, 0};
  tcp.handshake = StreamSummary::Handshake::none, tcp.syn_seen = true;
  const auto told = [](const StreamSummary& stream) { return sentence(stream, Language::en); };
  EXPECT_THAT(
      told(tcp),
      EndsWith(
          "The SYN was answered by ICMPv6 network unreachable (packet 9)."));
  tcp.first_icmp = {9, false, 5, 1};  // a redirect passes the SYN on
  EXPECT_THAT(told(tcp), HasSubstr("One ICMP error is about it:"));
  tcp.first_icmp = {9, true, 1, 0}, tcp.handshake = StreamSummary::Handshake::complete;
  EXPECT_THAT(told(tcp), EndsWith("One ICMP error is about it: ICMPv6 network unreachable (packet 9)."));
  udp.protocol = Protocol::udp, udp.icmp_errors = 2, udp.first_icmp = {4, false, 3, 3};
  EXPECT_THAT(told(udp), EndsWith("ICMP errors about it: 2, the first is ICMP port unreachable (packet 4)."));
  udp.icmp_errors = 0;
  EXPECT_THAT(told(udp), Not(HasSubstr("ICMP")));
}

TEST(StreamLine, PutsTheHandshakesTimeBesideItsWord) {
  Scene scene;
  scene.client("S 0:0(0)").client(". 1:1(0) ack 1").client("P. 1:6(5) ack 1", "hello");
  EXPECT_THAT(draw(scene, {}), HasSubstr("complete in 19 us (the SYN,ACK is not in the capture)"));
}

TEST(Ladder, NamesTheStreamAgainWhenAnotherOneCameBetween) {
  Scene scene;
  scene.client("S 0:0(0)").client_datagram("x").server("S. 0:0(0) ack 1");
  EXPECT_THAT(draw(scene, {}), HasSubstr("127.0.0.1:40000 > 127.0.0.1:9000 ──"));
}

std::string end_of(Scene scene, Language language = Language::en) {
  std::string out;
  for (const auto& ended : scene.finish()) out += Ladder({.columns = 140, .language = language}).stream_line(ended);
  std::ranges::replace(out, '\n', ' ');
  return out;
}

Scene opened() {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  return scene;
}

TEST(StreamLine, SaysHowItWasClosedToTheEnd) {
  Scene reset = opened();
  reset.client("F. 1:1(0) ack 1").server(". 1:1(0) ack 2").server("R. 1:1(0) ack 2");
  EXPECT_THAT(end_of(std::move(reset)), HasSubstr("The client closed first (FIN), then the server cut it off (RST)."));
  Scene crossed = opened();
  crossed.client("F. 1:1(0) ack 1").server("F. 1:1(0) ack 1");
  EXPECT_THAT(end_of(std::move(crossed)), HasSubstr("Both closed at once (FIN)."));
  Scene refused;
  refused.client("S 0:0(0)").server("R. 0:0(0) ack 1");
  EXPECT_THAT(end_of(std::move(refused)), HasSubstr("The server refused it (RST)."));
  Scene korean = opened();
  korean.client("F. 1:1(0) ack 1").server("F. 1:1(0) ack 1");
  EXPECT_THAT(end_of(std::move(korean), Language::ko), HasSubstr("양쪽이 동시에 닫음(FIN)."));
}

TEST(StreamLine, SaysHowLongTheProgramWaitedForTheHandshake) {
  Scene scene;
  scene.client("S 0:0(0) <TS val 1 ecr 0>").wait(std::chrono::seconds(1)).client("S 0:0(0) <TS val 1001 ecr 0>");
  scene.server("S. 0:0(0) ack 1 <TS val 7 ecr 1001>").client(". 1:1(0) ack 1 <TS val 1002 ecr 7>");
  const std::string line = end_of(std::move(scene));
  EXPECT_THAT(line, HasSubstr("complete in 1 s, round trip "));
}

TEST(StreamLine, SaysWhatTheCaptureDoesNotHold) {
  Scene scene = opened();
  scene.client(". 1:1(0) ack 101");
  EXPECT_THAT(end_of(std::move(scene)),
              HasSubstr("sent 0 bytes (100 numbers more not in the capture, one of which may be a FIN)"));
  Scene gap = opened();
  gap.client(". 101:201(100) ack 1");
  EXPECT_THAT(end_of(std::move(gap)), HasSubstr("sent 100 bytes (100 bytes more not in the capture)"));
}

TEST(Advice, ThatDoesNotFitWaitsForAPacketThatItFits) {
  Scene scene = opened();
  scene.client("F 1:1(0)");
  EXPECT_THAT(draw(scene, {.columns = 140}), Not(HasSubstr("a scan tries")));
  scene.client("none 1:1(0)");
  EXPECT_THAT(draw(scene, {.columns = 140}), HasSubstr("a scan tries"));
}

TEST(StreamLine, SaysThatAFinMostLikelyIsMissing) {
  Scene scene = opened();
  scene.client("F. 1:1(0) ack 1").server(". 1:1(0) ack 2").client(". 2:2(0) ack 2");
  EXPECT_THAT(end_of(std::move(scene)), HasSubstr("The client closed first (FIN). The server most likely closed, too"));
  Scene korean = opened();
  korean.client("F. 1:1(0) ack 1").server(". 1:1(0) ack 2").client(". 2:2(0) ack 2");
  EXPECT_THAT(end_of(std::move(korean), Language::ko), HasSubstr("서버도 닫은 것으로 보입니다."));
}

TEST(StreamLine, DoesNotTakeDataForAMissedFin) {
  Scene scene = opened();
  scene.client("F. 1:1(0) ack 1").server(". 1:1(0) ack 2").client(". 2:2(0) ack 3");
  EXPECT_THAT(end_of(std::move(scene)), Not(HasSubstr("most likely closed")));
}

}  // namespace
}  // namespace echolab::capture
