// H: pcapng as others write it, and clocks that cannot be trusted. Block by block: tests/source/pcapng_test.cpp.
#include <regex>

#include "tests/programs/sniffed.hpp"
#include "tests/support/cases.hpp"

namespace echolab::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// `line` of its JSON, of a file of cases.
Ended sniffed_case(const std::string& name) {
  return run("capture", {"--format", "json", "-r", case_file(name).string()});
}
Ended shown_case(const std::string& name) { return run("capture", {"--lang", "en", "-r", case_file(name).string()}); }

// A handshake, "hello" and its ACK, IPv4 without a link layer: 10.0.0.1:40000 and 10.0.0.2:9000.
const std::string to_server = "9c 40 23 28", to_client = "23 28 9c 40";
Bytes segment(const std::string& ports, const std::string& seq_ack, const std::string& flags,
              const Bytes& payload = {}) {
  const bool there = ports == to_server;
  const auto length = static_cast<std::uint8_t>(40 + payload.size());
  return bytes("45 00 00") + Bytes{static_cast<std::byte>(length)} + bytes("00 00 40 00 40 06 00 00") +
         bytes(there ? "0a 00 00 01 0a 00 00 02" : "0a 00 00 02 0a 00 00 01") + bytes(ports) + bytes(seq_ack) +
         bytes("50 " + flags + " fa f0 00 00 00 00") + payload;
}
const Bytes syn = segment(to_server, "00 00 03 e8 00 00 00 00", "02");
const Bytes syn_ack = segment(to_client, "00 00 13 88 00 00 03 e9", "12");
const Bytes ack = segment(to_server, "00 00 03 e9 00 00 13 89", "10");
const Bytes data = segment(to_server, "00 00 03 e9 00 00 13 89", "18", bytes("68 65 6c 6c 6f"));
const Bytes data_ack = segment(to_client, "00 00 13 89 00 00 03 ee", "10");
const Bytes fin = segment(to_server, "00 00 03 ee 00 00 13 89", "11");
const Bytes fin_ack = segment(to_client, "00 00 13 89 00 00 03 ef", "11");
const Bytes last_ack = segment(to_server, "00 00 03 ef 00 00 13 8a", "10");
const std::vector<Bytes> talk{syn, syn_ack, ack, data, data_ack, fin, fin_ack, last_ack};

/// What nobody can know without the time.
void expect_no_durations(const Ended& json, const Ended& text) {
  EXPECT_EQ(json.status, 0) << json.err;
  const auto stream = of_kind(json.out, "stream").at(0);
  for (const auto* member : {"rtt", "handshake_time"}) EXPECT_FALSE(stream.contains(member)) << stream;
  EXPECT_EQ(stream["client_times"].size() + stream["server_times"].size(), 0U) << stream;
  EXPECT_EQ(summary_of(json)["states"].dump(), R"({"client":{},"server":{}})");
  for (const auto* unit : {" us", " ms", " s)", "1970"}) EXPECT_THAT(text.out, Not(HasSubstr(unit)));
  EXPECT_THAT(text.out, HasSubstr("no time"));
  EXPECT_EQ(count_of(text.err, "has no time (a simple packet block)"), 1);
  EXPECT_THAT(text.err, HasSubstr("packet 1 has no time"));
}

Bytes untimed_talk() {
  const Pcapng in;
  Bytes file = in.section_header() + in.interface(101);
  for (const Bytes& packet : talk) file = file + in.simple(packet, static_cast<std::uint32_t>(packet.size()));
  return file;
}

TEST(FaultH26, PacketsWithoutATimeHaveNoRoundTripAndNoDuration) {
  const Ended json = sniffed(untimed_talk());
  expect_no_durations(json, shown(untimed_talk()));
  for (const auto& packet : of_kind(json.out, "packet")) EXPECT_TRUE(packet["time"].is_null());
  const auto stream = of_kind(json.out, "stream").at(0);
  EXPECT_EQ(stream["handshake"], "complete");
  EXPECT_EQ(stream["client_state"], "TIME_WAIT");
  EXPECT_EQ(stream["server_state"], "CLOSED");
}

TEST(FaultH26, TheTimeWaitOfPacketsWithoutATimeEndsByNoClock) {
  const Pcapng in;
  const auto late = in.enhanced(last_ack, 0, 3'000'000'000);  // in 1970, fifty minutes after midnight
  const Ended json = sniffed(untimed_talk() + late);
  EXPECT_EQ(json.status, 0) << json.err;
  EXPECT_EQ(of_kind(json.out, "stream").at(0)["client_state"], "TIME_WAIT");
}

TEST(FaultH26, WhatComesAgainWithoutATimeIsNeitherSoonNorLate) {
  const Pcapng in;
  const auto again = in.simple(data, static_cast<std::uint32_t>(data.size()));
  const Ended json = sniffed(in.section_header() + in.interface(101) + again + again);
  EXPECT_EQ(json.status, 0) << json.err;
  EXPECT_THAT(of_kind(json.out, "packet").at(1)["notes"], ElementsAre("retransmission"));
}

TEST(FaultH26, TheFileAtHandHasNoTimes) {
  if (!has_case("g_spb.pcapng")) GTEST_SKIP() << no_case("g_spb.pcapng");
  expect_no_durations(sniffed_case("g_spb.pcapng"), shown_case("g_spb.pcapng"));
}

TEST(FaultH26, ACopyInPcapngHasNoTimesEither) {
  const TemporaryFolder folder;
  const auto original = folder.file("original", untimed_talk()), copy = folder.file("copy.pcapng");
  const Ended first = run("capture", {"--format", "json", "-r", original, "-w", copy});
  EXPECT_EQ(run("capture", {"--format", "json", "-r", copy}).out, first.out);
}

TEST(FaultH27, SimplePacketsThatTheSnaplenCutAreRead) {
  if (!has_case("spb_snaplen.pcapng")) GTEST_SKIP() << no_case("spb_snaplen.pcapng");
  const Ended json = sniffed_case("spb_snaplen.pcapng");
  EXPECT_EQ(json.status, 0) << json.err;
  std::vector<int> captured;
  for (const auto& packet : of_kind(json.out, "packet")) captured.push_back(packet["captured"]);
  EXPECT_THAT(captured, ElementsAre(314, 315, 314, 315));  // tcpdump's lengths
}

TEST(FaultH27, AnotherSnaplenCutsThemElsewhere) {
  const Pcapng in;
  const auto cut = [](std::size_t kept) { return Bytes(data.begin(), data.begin() + static_cast<long>(kept)); };
  for (const std::uint32_t snaplen : {41, 42, 43, 44, 45, 46, 0})
    EXPECT_EQ(of_kind(sniffed(in.section_header() + in.interface(101, snaplen) +
                              in.simple(cut(snaplen == 0 ? 45 : std::min<std::size_t>(snaplen, 45)), 45))
                          .out,
                      "packet")
                  .at(0)["captured"],
              snaplen == 0 ? 45 : std::min<std::uint32_t>(snaplen, 45));
}

TEST(FaultH28, SectionsOfBothByteOrdersAreOneConversation) {
  Bytes file;
  std::uint64_t time = 0;
  for (const Bytes& packet : talk) {
    const Pcapng in{time % 20'000 == 0};
    file = file + in.section_header() + in.interface(101) + in.enhanced(packet, 0, time += 10'000);
  }
  const Ended json = sniffed(file);
  EXPECT_EQ(json.status, 0) << json.err;
  const auto stream = of_kind(json.out, "stream").at(0);
  EXPECT_EQ(stream["packets"], talk.size());
  EXPECT_EQ(stream["handshake_time"], "0.020000000");
}

TEST(FaultH28, EachPacketIsReadByItsOwnLinkType) {
  const auto ethernet = bytes("02 00 00 00 00 02 02 00 00 00 00 01 08 00"), loopback = bytes("02 00 00 00");
  const Pcapng in;
  const std::vector<Bytes> headers{{}, ethernet, loopback};
  Bytes file = in.section_header() + in.interface(101) + in.interface(1) + in.interface(0);
  for (std::uint32_t i = 0; i < talk.size(); ++i) file = file + in.enhanced(headers[i % 3] + talk[i], i % 3, i * 1000);
  const Ended json = sniffed(file);
  EXPECT_EQ(json.status, 0) << json.err;
  const auto stream = of_kind(json.out, "stream").at(0);
  EXPECT_EQ(stream["packets"], talk.size());
  EXPECT_EQ(stream["client_state"], "TIME_WAIT");
  EXPECT_EQ(summary_of(json)["other"], 0);
}

TEST(FaultH28, TheFileAtHandIsWhole) {
  if (!has_case("g_sections.pcapng")) GTEST_SKIP() << no_case("g_sections.pcapng");
  const Ended json = sniffed_case("g_sections.pcapng");
  EXPECT_EQ(json.status, 0) << json.err;
  EXPECT_EQ(of_kind(json.out, "stream").at(0)["packets"], 5);
}

TEST(FaultH28, AClassicFileForMixedLinkTypesNamesTheMend) {
  const auto ethernet = bytes("02 00 00 00 00 02 02 00 00 00 00 01 08 00");
  const Pcapng in;
  const TemporaryFolder folder;
  const auto original = folder.file("original", in.section_header() + in.interface(101) + in.interface(1) +
                                                    in.enhanced(syn, 0) + in.enhanced(ethernet + syn_ack, 1));
  const Ended classic = run("capture", {"--lang", "en", "-r", original, "-w", folder.file("x.pcap")});
  EXPECT_EQ(classic.status, 1);
  EXPECT_TRUE(one_error(classic.err,
                        {"one link type, and packet 2 has another (RAW, EN10MB)", "-w " + folder.file("x.pcapng")}));
  const Ended mended = run("capture", {"--format", "json", "-r", original, "-w", folder.file("x.pcapng")});
  EXPECT_EQ(mended.status, 0);
  EXPECT_EQ(run("capture", {"--format", "json", "-r", folder.file("x.pcapng")}).out, mended.out);
}

TEST(FaultH28, CommentsAreShownAndSteerNothing) {
  const Pcapng in;
  const auto hostile = in.option(1, text_bytes("\x1b[2J\xe2\x80\xae a \"quote\"\n")) + in.option(1, text_bytes("둘"));
  const auto file = in.section_header() + in.interface(101) + in.enhanced(syn, 0, 0, hostile) + in.enhanced(syn_ack);
  const Ended text = shown(file);
  EXPECT_THAT(text.out, HasSubstr(R"(comment: "\x1b[2J\u{202e} a "quote"\n")"));
  EXPECT_THAT(text.out, HasSubstr("comment: \"둘\""));
  EXPECT_EQ(count_of(text.out, "comment"), 2);
  EXPECT_EQ(count_of(text.out, "\x1b"), 0);
  const auto packets = of_kind(sniffed(file).out, "packet");
  EXPECT_THAT(packets.at(0)["comments"], ElementsAre("\x1b[2J\xe2\x80\xae a \"quote\"\n", "둘"));
  EXPECT_FALSE(packets.at(1).contains("comments"));
}

TEST(FaultH28, WhatWasDroppedWhileItWasCapturedIsTold) {
  const Pcapng in;
  const auto start = in.section_header() + in.interface(101) + in.enhanced(syn);
  const auto file = start + in.statistics(0, in.option(4, in.n64(9)) + in.option(5, in.n64(8)));
  EXPECT_THAT(shown(file).out, HasSubstr("\n8 dropped while it was captured"));
  EXPECT_EQ(summary_of(sniffed(file))["dropped"], 8);
  EXPECT_FALSE(summary_of(sniffed(start)).contains("dropped"));
  EXPECT_THAT(shown(start).out, Not(HasSubstr("dropped")));
}

Bytes stamped(const std::vector<std::pair<Bytes, std::uint32_t>>& packets) {
  Bytes file = file_header({.link_type = 101});
  for (const auto& [packet, microseconds] : packets) file = file + record(packet, 1, microseconds);
  return file;
}

TEST(FaultH29, AClockThatGoesBackMeasuresNothing) {
  // the SYN,ACK before the SYN; the ACK before the SYN,ACK; the ACK of the data before the data
  for (const auto& times : std::vector<std::vector<std::uint32_t>>{
           {500, 100, 700, 800, 900}, {500, 900, 700, 1000, 1100}, {500, 900, 600, 800, 700}}) {
    const Ended json = sniffed(
        stamped({{syn, times[0]}, {syn_ack, times[1]}, {ack, times[2]}, {data, times[3]}, {data_ack, times[4]}}));
    const auto stream = of_kind(json.out, "stream").at(0);
    EXPECT_FALSE(stream.contains("handshake_time")) << stream;
    EXPECT_FALSE(stream.contains("rtt") && stream["rtt"].contains("initial")) << stream;
    EXPECT_FALSE(std::regex_search(json.out, std::regex("[\" ]-[0-9]"))) << json.out;
  }
}

TEST(FaultH29, TheFileAtHandHasNoHandshakeTime) {
  if (!has_case("negative_rtt.pcap")) GTEST_SKIP() << no_case("negative_rtt.pcap");
  const Ended json = sniffed_case("negative_rtt.pcap");
  const auto stream = of_kind(json.out, "stream").at(0);
  EXPECT_FALSE(stream.contains("handshake_time"));
  EXPECT_FALSE(stream["rtt"].contains("to_client"));
  EXPECT_FALSE(stream["rtt"].contains("initial"));
}

}  // namespace
}  // namespace echolab::test
