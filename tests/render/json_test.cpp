#include "capture/render/json.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "capture/explain/explain.hpp"
#include "capture/render/clock.hpp"
#include "tests/render/scene.hpp"

namespace echolab::capture {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using test::Scene;
using ::testing::ElementsAre;
using ::testing::StartsWith;

std::string line(const test::Shot& shot, bool raw = false, Language language = Language::en) {
  return to_json(shot.seen, language, {.raw_numbers = raw});
}

std::vector<std::string> keys(const ordered_json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

TEST(JsonString, OfEveryByteIsReadByAnotherParser) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = {'a', static_cast<char>(byte), 'b'};
    const std::string expected = byte < 0x80 ? text : "a\ufffdb";
    EXPECT_EQ(json::parse(json_string(text)), expected) << byte;
  }
}

TEST(JsonString, KeepsValidUtf8) {
  for (const char* text : {"", "한글", "caf\u00e9", "\U0001F600", "\u202e", "\U0010ffff", "\"\\/\b\f\n\r\t"})
    EXPECT_EQ(json::parse(json_string(text)), text);
}

TEST(JsonString, HoldsNothingThatSteersATerminal) {
  EXPECT_EQ(json_string("\x1b[2J\u202e\u009b"), R"("\u001b[2J\u202e\u009b")");
  EXPECT_EQ(json_string("\U000e0041"), R"("\udb40\udc41")");
}

TEST(PacketLine, OfAnAckNamesTheFrameThatItAnswersAndAfterHowLong) {
  Scene scene;
  scene.client("S 0:0(0)");
  scene.server("S. 0:0(0) ack 1");
  scene.client(". 1:1(0) ack 1");
  scene.client("P. 1:6(5) ack 1");
  scene.server(". 1:1(0) ack 6");
  const auto object = json::parse(line(*scene.shots()[4]));
  EXPECT_EQ(object["acks"]["frame"], 4);
  EXPECT_FALSE(object["acks"].contains("or"));
  EXPECT_THAT(std::stod(object["acks"]["rtt"].get<std::string>()), testing::Gt(0));
  scene.client("P. 6:11(5) ack 1 id 7");
  scene.client("P. 6:11(5) ack 1 id 8");
  scene.server(". 1:1(0) ack 11");
  const auto either = json::parse(line(*scene.shots()[7]))["acks"];
  EXPECT_EQ(either["frame"], 7);
  EXPECT_EQ(either["or"], 6);
}

TEST(PacketLine, OfASynHasTheKeysOfTheContractInTheirOrder) {
  Scene scene;
  scene.client("S 0:0(0) win 65495");
  const auto object = ordered_json::parse(line(*scene.shots()[0]));
  EXPECT_THAT(keys(object), ElementsAre("v", "kind", "frame", "time", "length", "captured", "proto", "stream", "src",
                                        "dst", "from", "flags", "seq", "ack", "seq_raw", "ack_raw", "len", "win",
                                        "client", "server", "steps", "post", "rules", "notes", "headline", "text"));
  EXPECT_EQ(object["v"], 1);
  EXPECT_EQ(object["kind"], "packet");
  EXPECT_EQ(object["time"], "1700364000.123456789");
  EXPECT_EQ(object["src"], "127.0.0.1:40000");
  EXPECT_EQ(object["flags"], "S");
  EXPECT_EQ(object["seq"], 0);
  EXPECT_EQ(object["seq_raw"], 3735928559);
  EXPECT_EQ(object["win"], 65495);
  EXPECT_EQ(object["client"], ordered_json::parse(R"({"before":"CLOSED","after":"SYN_SENT","certainty":"seen"})"));
  EXPECT_EQ(object["server"]["certainty"], "assumed");
  EXPECT_THAT(object["steps"], ElementsAre(1));
  EXPECT_THAT(keys(object["post"]), ElementsAre("step", "agrees", "why"));
  EXPECT_EQ(object["post"]["agrees"], true);
}

TEST(PacketLine, HasStepsAndPostOnlyOnTheHandshake) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  scene.client("P. 1:6(5) ack 1", "hello").server(". 1:1(0) ack 6").server("P. 1:6(5) ack 6", "hello");
  const auto has_post = [&](std::size_t i) { return json::parse(line(*scene.shots()[i])).contains("post"); };
  for (const std::size_t step : {0, 1, 2, 3}) EXPECT_TRUE(has_post(step)) << step;
  for (const std::size_t rest : {4, 5}) EXPECT_FALSE(has_post(rest)) << rest;
  const auto third = json::parse(line(*scene.shots()[2]));
  EXPECT_EQ(third["post"]["step"], 3);
  EXPECT_EQ(third["post"]["agrees"], false);
}

TEST(PacketLine, OfARefusalSaysThatStepTwoIsMissing) {
  Scene scene;
  scene.client("S 0:0(0)").server("R. 0:0(0) ack 1");
  const auto object = json::parse(line(*scene.shots()[1]));
  EXPECT_FALSE(object.contains("steps"));  // it is none
  EXPECT_EQ(object["post"]["step"], 2);
  EXPECT_EQ(object["post"]["missing"], true);
  EXPECT_THAT(object["notes"], ::testing::Contains("refused"));
}

TEST(PacketLine, NamesWhatItTakesBack) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1");
  const auto object = json::parse(line(*scene.shots()[2]));
  ASSERT_EQ(object["taken_back"].size(), 1u);
  EXPECT_EQ(object["taken_back"][0],
            json::parse(R"({"side":"client","believed":"ESTABLISHED","truth":"SYN_SENT","frame":2,"lost":true})"));
}

TEST(PacketLine, OfAnRstNamesThePacketThatItAnswers) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1").client("R. 1:1(0) ack 1");
  scene.server("P. 1:6(5) ack 1", "hello").client("R 1:1(0)");
  EXPECT_FALSE(json::parse(line(*scene.shots()[3])).contains("reset_answers"));
  EXPECT_EQ(json::parse(line(*scene.shots()[5]))["reset_answers"], 5);
}

TEST(PacketLine, OfADatagramHasNoStates) {
  Scene scene;
  scene.client_datagram("hello");
  const auto object = ordered_json::parse(line(*scene.shots()[0]));
  EXPECT_THAT(keys(object), ElementsAre("v", "kind", "frame", "time", "length", "captured", "proto", "stream", "src",
                                        "dst", "from", "len", "rules", "notes", "headline", "text"));
}

TEST(PacketLine, OfAnIcmpErrorQuotesTheConversation) {
  Scene scene;
  scene.client_datagram("hello").port_unreachable();
  const auto object = json::parse(line(*scene.shots()[1]));
  EXPECT_EQ(object["proto"], "icmp");
  EXPECT_EQ(object["quoted"],
            json::parse(R"({"protocol":17,"stream":0,"src":"127.0.0.1:40000","dst":"127.0.0.1:9000"})"));
}

TEST(PacketLine, OfAnIcmpErrorHasWhatItTellsOfThePacket) {
  IcmpError error{.v6 = true, .type = 4, .code = 0, .pointer = 4, .quoted_protocol = 58};
  error.quoted_sender = error.quoted_receiver = Scene::v6(0).address;
  error.quoted_identification = 0xfacef0e6;
  Scene scene;
  scene.add(error).add(IcmpError{.v6 = true, .type = 2, .next_mtu = 1280});
  const auto object = json::parse(line(*scene.shots()[0]));
  EXPECT_EQ(object["pointer"], 4);
  EXPECT_EQ(object["quoted"], json::parse(R"({"protocol":58,"src":"2001:db8:0:1:2:3:4:5","dst":"2001:db8:0:1:2:3:4:5",)"
                                          R"("identification":4207866086})"));
  EXPECT_FALSE(object.contains("mtu"));
  EXPECT_EQ(json::parse(line(*scene.shots()[1]))["mtu"], 1280);
}

TEST(PacketLine, OfAHeaderCutShortHasWhatCanBeReadOfIt) {
  const auto told = [](const Malformed& malformed) {
    Observation seen;
    seen.decoded = malformed;
    return json::parse(to_json(seen, {}));
  };
  EXPECT_EQ(told({.layer = "icmp6", .needed = 4, .had = 1, .icmp_type = 128})["error"]["type"], 128);
  const auto ipv4 = told({.layer = "ipv4", .needed = 20, .had = 19, .source = Scene::v4(0).address});
  EXPECT_EQ(ipv4["src"], "127.0.0.1");
  EXPECT_FALSE(ipv4.contains("dst") || ipv4["error"].contains("type"));
}

TEST(PacketLine, OfAMalformedPacketSaysWhere) {
  Scene scene;
  scene.add(Malformed{.layer = "tcp", .needed = 20, .had = 13, .offset = 34, .source = {}, .destination = {}});
  const auto object = json::parse(line(*scene.shots()[0]));
  EXPECT_EQ(object["proto"], "malformed");
  EXPECT_EQ(object["error"], json::parse(R"({"layer":"tcp","needed":20,"had":13,"offset":34,"field":"header"})"));
}

TEST(PacketLine, OfAMalformedPacketNamesTheField) {
  Scene scene;
  scene.add(Malformed{.layer = "udp", .field = Malformed::Field::length, .too_large = true, .needed = 14, .had = 13});
  EXPECT_EQ(json::parse(line(*scene.shots()[0]))["error"]["field"], "length");
}

TEST(PacketLine, OfAFragmentSaysItsPlace) {
  const Fragment piece{
      .identification = 0x1234, .offset = 1480, .length = 20, .largest = 65515, .protocol = 17, .more = true};
  const auto place = json::parse(R"({"id":4660,"protocol":17,"offset":1480,"length":20,"more":true})");
  Segment segment{.ip = {.fragment = piece}};
  Datagram datagram{.ip = {.fragment = piece}};
  IcmpError error{.ip = {.fragment = piece}};
  Other later{.kind = Other::Kind::fragment, .ip = {.fragment = piece}};
  for (const Decoded& decoded : {Decoded(segment), Decoded(datagram), Decoded(error), Decoded(later)}) {
    Scene scene;
    scene.add(decoded);
    const auto object = json::parse(line(*scene.shots()[0]));
    EXPECT_EQ(object["fragment"], place) << object;
    EXPECT_THAT(object["notes"], testing::Contains("fragment")) << object;
  }
}

TEST(PacketLine, OfAFragmentSaysWhatItIsAmongTheOthersOfItsPacket) {
  Observation seen;
  seen.decoded = Other{.kind = Other::Kind::fragment, .ip = {.fragment = Fragment{}}};
  seen.fragment = {.overlap = {{6, {408, 808}, true, FragmentView::Overlap::Content::different}},
                   .disagreement = {{FragmentView::Disagreement::Kind::end_passed, 7, 700}},
                   .completes = 19,
                   .hole = Stretch{8, 16}};
  const auto place = json::parse(to_json(seen, {}))["fragment"];
  EXPECT_EQ(place["overlaps"], json::parse(R"({"frame":6,"offset":408,"end":808,"whole":true,"content":"different"})"));
  EXPECT_EQ(place["disagrees"], json::parse(R"({"kind":"end_passed","frame":7,"end":700})"));
  EXPECT_EQ(place["completes"], 19);
  EXPECT_EQ(place["hole"], json::parse(R"({"offset":8,"end":16})"));
}

TEST(UnfinishedLine, SaysWhichPacketAndWhatItLacks) {
  const auto line = [](const UnfinishedPacket& packet) { return json::parse(to_json(packet, "why \"so\"")); };
  const UnfinishedPacket packet{
      .identification = 7, .protocol = 17, .fragments = 2, .first_frame = 3, .frame = 5, .hole = {8, 16}};
  EXPECT_EQ(line(packet), json::parse(R"({"v":1,"kind":"unfinished","frame":3,"src":"0.0.0.0","dst":"0.0.0.0","id":7,
      "protocol":17,"fragments":2,"why":"incomplete","hole":{"offset":8,"end":16},"text":"why \"so\""})"));
  EXPECT_EQ(line({.hole = {8, 8}})["hole"], json::parse(R"({"offset":8})"));
  const auto spoilt = line({.why = UnfinishedPacket::Why::overlap, .frame = 5});
  EXPECT_EQ(spoilt["by"], 5);
  EXPECT_FALSE(spoilt.contains("hole"));
}

TEST(PacketLine, OfAWholePacketHasNoFragment) {
  Scene scene;
  scene.client_datagram("hello");
  EXPECT_FALSE(json::parse(line(*scene.shots()[0])).contains("fragment"));
}

TEST(PacketLine, OfAnythingElseSaysWhat) {
  Scene scene;
  scene.add(Other{.kind = Other::Kind::not_ip, .number = 2054, .v6 = false, .source = {}, .destination = {}});
  scene.add(Other{.kind = Other::Kind::icmp, .number = 128, .v6 = true, .source = {}, .destination = {}});
  EXPECT_EQ(json::parse(line(*scene.shots()[0]))["proto"], "other");
  EXPECT_EQ(json::parse(line(*scene.shots()[0]))["other"], json::parse(R"({"kind":"not_ip","number":2054})"));
  EXPECT_EQ(json::parse(line(*scene.shots()[1]))["proto"], "icmp6");
}

TEST(PacketLine, SaysWhatItsNumbersTellOfOthers) {
  Scene scene;
  scene.client("S 0:0(0)");
  Observation seen = scene.shots()[0]->seen;
  Findings& found = seen.tcp->findings;
  found.add(finding::SentBefore{9});
  found.add(finding::ArrivedInPart{.frame = 4, .number = 101});
  found.add(finding::PerhapsAnswers{3});
  found.add(finding::Waited{Side::server});
  found.add(finding::Overtaken{});
  found.add(finding::AskedBySack{});
  found.add(finding::Repeats{.frame = 2, .age = std::chrono::milliseconds(250)});
  found.add(finding::HoleStays{std::chrono::seconds(4)});
  found.add(finding::OneDirection{});
  const auto object = json::parse(to_json(seen, {}));
  EXPECT_EQ(object["sent_before"], 9);
  EXPECT_EQ(object["partial"], json::parse(R"({"frame":4,"before":101})"));
  EXPECT_EQ(object["perhaps_answers"], 3);
  EXPECT_EQ(object["waited"], "server");
  EXPECT_EQ(object["overtaken"], true);
  EXPECT_EQ(object["asked_by_sack"], true);
  EXPECT_EQ(object["copy_age"], "0.250000000");
  EXPECT_EQ(object["hole_stays"], "4.000000000");
  EXPECT_EQ(object["one_direction"], true);
}

TEST(PacketLine, HasRawNumbersOnDemand) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1");
  const auto object = json::parse(line(*scene.shots()[1], true));
  EXPECT_EQ(object["seq"], 1000);
  EXPECT_EQ(object["ack"], 3735928560);
}

TEST(PacketLine, IsOneLineOfJsonInKoreanToo) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1").client("P. 1:3(2) ack 1", "\n\xff");
  for (const auto& shot : scene.shots()) {
    const std::string text = line(*shot, false, Language::ko);
    EXPECT_TRUE(json::accept(text)) << text;
    EXPECT_EQ(std::ranges::count(text, '\n'), 0) << text;
    EXPECT_THAT(text, StartsWith("{\"v\":1,"));
  }
}

TEST(PacketLine, WritesTimesBefore1970WithTheirSign) {
  Scene scene;
  scene.client_datagram("x");
  test::Shot& shot = *scene.shots()[0];
  shot.seen.packet.time = Time(std::chrono::nanoseconds(-1'500'000'000));
  EXPECT_EQ(json::parse(line(shot))["time"], "-1.500000000");
}

TEST(StreamLine, HasTheKeysOfTheContract) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1").client("P. 1:6(5) ack 1", "hello");
  const auto ended = scene.finish();
  ASSERT_EQ(ended.size(), 1u);
  const auto object = ordered_json::parse(to_json(ended[0]));
  EXPECT_THAT(keys(object), ElementsAre("v", "kind", "stream", "proto", "client", "server", "packets", "client_state",
                                        "server_state", "handshake", "retransmissions", "bytes_client", "bytes_server",
                                        "packets_client", "packets_server", "start", "duration", "client_certainty",
                                        "server_certainty", "retransmissions_client", "retransmissions_server",
                                        "never_delivered", "rtt", "handshake_time", "client_times", "server_times"));
  EXPECT_EQ(object["handshake"], "complete");
  EXPECT_EQ(object["bytes_client"], 5);
}

TEST(StreamLine, CountsTheIcmpErrorsAboutIt) {
  Scene scene;
  scene.client_datagram("hello").port_unreachable();
  const auto object = json::parse(to_json(scene.finish().at(0)));
  EXPECT_EQ(object["icmp_errors"], 1);
  EXPECT_EQ(object["first_icmp"], json::parse(R"({"frame":2,"type":3,"code":3})"));
  EXPECT_FALSE(json::parse(to_json(StreamSummary{})).contains("icmp_errors"));
}

TEST(StreamLine, SaysWhoClosedAndHowLongItStayedWhere) {
  Scene scene;
  scene.client("S 0:0(0)").wait(std::chrono::milliseconds(2)).server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  scene.server("F. 1:1(0) ack 1");
  const auto object = ordered_json::parse(to_json(scene.finish().at(0)));
  EXPECT_EQ(object["rtt"], ordered_json::parse(R"({"to_server":"0.002019000","to_client":"0.000019000",)"
                                               R"("initial":"0.002038000"})"));
  EXPECT_EQ(object["closed_by"], "server");
  EXPECT_EQ(object["closed_with"], "fin");
  EXPECT_EQ(
      object["client_times"],
      ordered_json::parse(R"({"SYN_SENT":"0.002019000","ESTABLISHED":"0.000038000","CLOSE_WAIT":"0.000000000"})"));
  EXPECT_EQ(object["client_certainty"], "assumed");
  EXPECT_EQ(object["server_certainty"], "seen");
}

TEST(StreamLine, SaysWhoseFinTheCaptureMostLikelyMissed) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  scene.client("F. 1:1(0) ack 1").server(". 1:1(0) ack 2").client(". 2:2(0) ack 2");
  EXPECT_EQ(json::parse(to_json(scene.finish().at(0)))["fin_missed"], "server");
}

TEST(StreamLine, HasNoRoundTripThatCannotBeTold) {
  Scene scene;
  scene.client("P. 1:6(5) ack 1", "hello");
  const auto object = ordered_json::parse(to_json(scene.finish().at(0)));
  EXPECT_FALSE(object.contains("rtt"));
  EXPECT_FALSE(object.contains("closed_by"));
}

TEST(StreamLine, OfUdpHasNoStates) {
  Scene scene;
  scene.client_datagram("hello");
  const auto object = ordered_json::parse(to_json(scene.finish().at(0)));
  EXPECT_THAT(keys(object), ElementsAre("v", "kind", "stream", "proto", "client", "server", "packets", "bytes_client",
                                        "bytes_server", "packets_client", "packets_server", "start", "duration"));
}

TEST(StreamLine, SaysWhenItBeganAndHowLongItLasted) {
  Scene scene;
  scene.client_datagram("hello");
  const UnixTime began(scene.shots()[0]->seen.packet.time);
  const auto object =
      ordered_json::parse(to_json(scene.wait(std::chrono::milliseconds(2)).server_datagram("hello").finish().at(0)));
  EXPECT_EQ(object["start"], std::string_view(began));
  EXPECT_THAT(object.at("duration").dump(), testing::StartsWith("\"0.002"));
}

TEST(StreamLine, SaysNoStartWithoutATime) {
  StreamSummary stream;
  stream.first = stream.last = no_time;
  const auto object = ordered_json::parse(to_json(stream));
  EXPECT_FALSE(object.contains("start"));
  EXPECT_FALSE(object.contains("duration"));
}

TEST(SummaryLine, HasTheKernelsCountsOnlyLive) {
  CaptureSummary summary{.packets = 12, .tcp = 12};
  EXPECT_EQ(to_json(summary),
            R"({"v":1,"kind":"summary","packets":12,"tcp":12,"udp":0,"icmp":0,"other":0,"malformed":0,)"
            R"("notes":{},"states":{"client":{},"server":{}}})");
  summary.received = 12;
  summary.dropped = 0;
  EXPECT_EQ(to_json(summary),
            R"({"v":1,"kind":"summary","packets":12,"tcp":12,"udp":0,"icmp":0,"other":0,)"
            R"("malformed":0,"received":12,"dropped":0,"notes":{},"states":{"client":{},"server":{}}})");
}

TEST(SummaryLine, CountsNotesAndStaysAndWhatWasShown) {
  Scene scene;
  scene.client("S 0:0(0)").server("S. 0:0(0) ack 1").client(". 1:1(0) ack 1");
  CaptureSummary summary{.packets = 4, .tcp = 4, .shown = 3};
  for (const auto& stream : scene.finish()) summary.stays.add(stream);
  summary.count(NoteSet().add(Note::keep_alive));
  const auto object = ordered_json::parse(to_json(summary));
  EXPECT_EQ(object["shown"], 3);
  EXPECT_EQ(object["notes"], ordered_json::parse(R"({"keep_alive":1})"));
  EXPECT_EQ(object["states"],
            ordered_json::parse(R"({"client":{"SYN_SENT":{"count":1,"min":"0.000019000","median":"0.000019000",)"
                                R"("max":"0.000019000"}},"server":{"SYN_RECEIVED":{"count":1,"min":"0.000019000",)"
                                R"("median":"0.000019000","max":"0.000019000"}}})"));
}

}  // namespace
}  // namespace echolab::capture
