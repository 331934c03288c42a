// The capture program on files: what it is asked, what it answers and where, its exit status.
#include <fstream>

#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const std::string sample = ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap";

Ended asked(std::vector<std::string> arguments, std::string input = {}) {
  return run("capture", std::move(arguments), std::move(input));
}

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The lines about packets and streams: what must not depend on where the packets came from.
std::string packets_and_streams(const std::string& out) {
  return out.substr(0, out.rfind("{\"v\":1,\"kind\":\"summary\""));
}

TEST(Capture, HelpAndManPageSayHowToReadAPacket) {
  EXPECT_THAT(asked({"--help"}).out, HasSubstr("How to read \"P. 1:6(5) ack 1 win 512\""));
  EXPECT_THAT(asked({"--help", "--lang", "ko"}).out, HasSubstr("\"P. 1:6(5) ack 1 win 512\" 읽는 법"));
  EXPECT_THAT(asked({"--help=man"}).out, HasSubstr("I have everything before 1"));
}

TEST(Capture, AWrongFilterIsToldWithAnExampleOfOne) {
  const std::vector<std::string> wrong{"-r", sample, "port", "9000", "tcp"};
  EXPECT_THAT(asked(wrong).err, HasSubstr("An example: tcp port 9000"));
}

TEST(Capture, HelpReadsWellInBothLanguages) {
  for (const auto& [lang, word] :
       {std::pair{"en", "Stop after this many packets"}, {"ko", "패킷을 이만큼 보면 끝내기"}}) {
    const Ended help = asked({"--lang", lang, "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_THAT(help.out, HasSubstr(word));
    for (const auto* option : {"-i", "-r", "-w", "-c", "-s", "-S", "-D", "-Z", "--format", "--ascii", "--color"})
      EXPECT_THAT(help.out, HasSubstr(option));
  }
}

TEST(Capture, AUsageErrorIsOneLineAndExitTwo) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"--no-such-option"}, {"-c", "0"}, {"-c", "many"}, {"-s", "0"}, {"--format", "xml"}, {"-r"}}) {
    const Ended ended = asked(wrong);
    EXPECT_EQ(ended.status, 2) << wrong[0];
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, StartsWith("capture: error: "));
  }
  EXPECT_EQ(asked({"-r", sample, "tcp prot 9000"}).status, 2);
}

TEST(Capture, TheInterfacesStandOnOneLineEach) {
  const Ended list = asked({"-D"});
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, StartsWith("lo "));
  EXPECT_THAT(list.out, HasSubstr("\nany "));
  EXPECT_EQ(list.err, "");
}

TEST(Capture, TheLadderGoesToStdoutAndNothingElseToStderrInJson) {
  const Ended text = asked({"-r", sample}), json = asked({"-r", sample, "--format", "json"});
  EXPECT_EQ(text.status, 0);
  EXPECT_THAT(text.out, AllOf(HasSubstr("TCP stream 0"), HasSubstr(" packets read (TCP ")));
  EXPECT_EQ(json.status, 0);
  EXPECT_EQ(json.err, "");
}

TEST(Capture, JsonKeepsItsContract) {
  const Ended json = asked({"-r", sample, "--format", "json"});
  for (const auto& line : lines_of(json.out)) {
    EXPECT_EQ(line.at("v"), 1);
    for (const auto* key : {"kind"}) EXPECT_TRUE(line.contains(key));
  }
  const auto packets = of_kind(json.out, "packet"), streams = of_kind(json.out, "stream");
  ASSERT_FALSE(packets.empty());
  std::uint64_t frame = 0;
  for (const auto& packet : packets) {
    EXPECT_EQ(packet["frame"], ++frame);
    for (const auto* key :
         {"time",    "length",  "captured", "proto", "stream", "src",    "dst",   "from",  "flags",    "seq", "ack",
          "seq_raw", "ack_raw", "len",      "win",   "client", "server", "rules", "notes", "headline", "text"})
      EXPECT_TRUE(packet.contains(key)) << key << " in frame " << frame;
    for (const auto* side : {"client", "server"})
      for (const auto* key : {"before", "after", "certainty"}) EXPECT_TRUE(packet[side].contains(key)) << key;
  }
  EXPECT_EQ(packets[0]["steps"], nlohmann::json::parse("[1]"));
  EXPECT_EQ(packets[0]["post"]["step"], 1);
  ASSERT_THAT(streams, SizeIs(1));
  for (const auto* key : {"stream", "proto", "client", "server", "packets", "client_state", "server_state", "handshake",
                          "retransmissions", "bytes_client", "bytes_server"})
    EXPECT_TRUE(streams[0].contains(key)) << key;
  const auto summary = summary_of(json);
  for (const auto* key : {"packets", "tcp", "udp", "icmp", "other", "malformed"}) EXPECT_TRUE(summary.contains(key));
  EXPECT_FALSE(summary.contains("received"));  // live only
}

TEST(Capture, CountsStopItAfterSoManyPackets) {
  EXPECT_THAT(of_kind(asked({"-r", sample, "-c", "2", "--format", "json"}).out, "packet"), SizeIs(2));
}

TEST(Capture, AFilterPicksPackets) {
  const Ended syns = asked({"-r", sample, "--format", "json", "tcp[tcpflags]", "&", "tcp-syn", "!=", "0"});
  std::vector<std::string> flags;
  for (const auto& packet : of_kind(syns.out, "packet")) flags.push_back(packet["flags"]);
  EXPECT_THAT(flags, ElementsAre("S", "S."));
  EXPECT_EQ(summary_of(asked({"-r", sample, "--format", "json", "udp"}))["packets"], 0);
}

TEST(Capture, RawNumbersAreThoseOfTheWire) {
  const auto relative = of_kind(asked({"-r", sample, "--format", "json"}).out, "packet").at(0);
  const auto raw = of_kind(asked({"-r", sample, "--format", "json", "-S"}).out, "packet").at(0);
  EXPECT_EQ(relative["seq"], 0);
  EXPECT_EQ(raw["seq"], relative["seq_raw"]);
}

TEST(Capture, WhatItWritesItReadsBackToTheSameLines) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.file(""), std::filesystem::perms::all);
  const auto copy = folder.file("copy.pcap");
  const auto original = asked({"-r", sample, "--format", "json", "-w", copy});
  EXPECT_EQ(original.status, 0) << original.err;
  EXPECT_EQ(packets_and_streams(asked({"-r", copy, "--format", "json"}).out), packets_and_streams(original.out));
  EXPECT_EQ(asked({"-r", sample, "-w", "-"}).out, contents(copy));  // in place of the text
  EXPECT_EQ(packets_and_streams(asked({"-r", "-", "--format", "json"}, contents(copy)).out),
            packets_and_streams(original.out));
}

TEST(Capture, NarrowAndWideTerminalsGetLadderLinesThatFit) {
  for (const int columns : {48, 60, 80, 140}) {
    const auto width = std::to_string(columns);
    for (const auto* lang : {"en", "ko"}) {
      const Ended drawn =
          Process({"env", "COLUMNS=" + width, program("capture"), "--ascii", "--lang", lang, "-r", sample}).wait();
      EXPECT_EQ(drawn.status, 0);
      std::istringstream lines(drawn.out);
      for (std::string line; std::getline(lines, line);) {
        int cells = 0;  // Hangul takes two columns and three bytes
        for (const unsigned char byte : line) cells += byte < 0x80 ? 1 : byte >= 0xc0 ? 2 : 0;
        if (!line.starts_with("client") && !line.starts_with("server")) {
          EXPECT_LE(cells, columns) << line;
        }
      }
    }
  }
}

TEST(Capture, WithoutATerminalThereIsNoColourUnlessAskedFor) {
  EXPECT_THAT(asked({"-r", sample}).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(asked({"-r", sample, "--color", "always"}).out, HasSubstr("\x1b["));
}

}  // namespace
}  // namespace echolab::test
