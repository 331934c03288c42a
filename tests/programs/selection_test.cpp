// What is shown of a capture: a table in place of packets, one conversation, a state, a note.
#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string sample = ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap";

Bytes big(std::uint64_t value, int size) {
  Bytes bytes = little(value, size);
  std::ranges::reverse(bytes);
  return bytes;
}

/// An IPv4 packet between 10.0.0.1 and 10.0.0.2, where port 9000 is.
Bytes ip(std::uint16_t from, std::uint8_t protocol, const Bytes& transport) {
  const bool from_server = from == 9000;
  return ethernet_ipv4 + bytes("45 00") + big(20 + transport.size(), 2) + bytes("12 34 40 00 40") + big(protocol, 1) +
         bytes("00 00 0a 00 00") + big(from_server ? 2 : 1, 1) + bytes("0a 00 00") + big(from_server ? 1 : 2, 1) +
         transport;
}

constexpr std::uint8_t FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16;

Bytes segment(std::uint16_t from, std::uint16_t to, int flags, std::uint32_t seq, std::uint32_t ack,
              const Bytes& data = {}) {
  return ip(from, 6,
            big(from, 2) + big(to, 2) + big(seq, 4) + big(ack, 4) + bytes("50") + big(static_cast<unsigned>(flags), 1) +
                bytes("02 00 00 00 00 00") + data);
}

Bytes datagram(std::uint16_t from, std::uint16_t to) {
  return ip(from, 17, big(from, 2) + big(to, 2) + bytes("00 0d 00 00") + hello);
}

/// Packets a second apart: port 40000 says hello twice, for the first one was lost, and closes (1-6, 11-13); port 40001
/// is refused (7, 8); two datagrams (9, 10).
Bytes three_conversations() {
  return capture_of({segment(40000, 9000, SYN, 100, 0), segment(9000, 40000, SYN | ACK, 500, 101),
                     segment(40000, 9000, ACK, 101, 501), segment(40000, 9000, PSH | ACK, 101, 501, hello),
                     segment(40000, 9000, PSH | ACK, 101, 501, hello), segment(9000, 40000, ACK, 501, 106),
                     segment(40001, 9000, SYN, 900, 0), segment(9000, 40001, RST | ACK, 0, 901), datagram(40000, 9000),
                     datagram(9000, 40000), segment(40000, 9000, FIN | ACK, 106, 501),
                     segment(9000, 40000, FIN | ACK, 501, 107), segment(40000, 9000, ACK, 107, 502)});
}

Ended asked(std::vector<std::string> arguments) {
  const TemporaryFolder folder;
  arguments.insert(arguments.end(), {"-r", folder.file("three.pcap", three_conversations())});
  return run("capture", std::move(arguments));
}

std::string in_json(std::vector<std::string> what) {
  what.insert(what.end(), {"--format", "json"});
  return asked(std::move(what)).out;
}

std::vector<int> frames(const std::string& out) {
  std::vector<int> numbers;
  for (const auto& line : of_kind(out, "packet")) numbers.push_back(line.at("frame"));
  return numbers;
}

/// "tcp 0", "udp 0".
std::vector<std::string> streams(const std::string& out) {
  std::vector<std::string> names;
  for (const auto& line : of_kind(out, "stream"))
    names.push_back(line.at("proto").get<std::string>() + " " + line.at("stream").dump());
  return names;
}

TEST(Stream, IsOneConversationOfTcpOrOfUdp) {
  for (const auto* name : {"1", "tcp:1"}) {
    const std::string out = in_json({"--stream", name});
    EXPECT_THAT(frames(out), ElementsAre(7, 8));
    EXPECT_THAT(streams(out), ElementsAre("tcp 1"));
  }
  const std::string out = in_json({"--stream", "udp:0"});
  EXPECT_THAT(frames(out), ElementsAre(9, 10));
  EXPECT_THAT(streams(out), ElementsAre("udp 0"));
  EXPECT_THAT(frames(in_json({"--stream", "7"})), IsEmpty());
}

TEST(State, IsShownWhereverOneEndIsInItAfterThePacket) {
  const std::string out = in_json({"--state", "SYN_RECEIVED"});
  EXPECT_THAT(frames(out), ElementsAre(2));
  EXPECT_THAT(streams(out), ElementsAre("tcp 0"));
  EXPECT_THAT(frames(in_json({"--state", "last_ack"})), ElementsAre(12)) << "the letters' case is left to the hand";
}

TEST(Note, IsShownWithTheConversationsThatHaveIt) {
  const std::string out = in_json({"--note", "retransmission"});
  EXPECT_THAT(frames(out), ElementsAre(5));
  EXPECT_THAT(streams(out), ElementsAre("tcp 0"));
  EXPECT_THAT(frames(in_json({"--note", "refused"})), ElementsAre(8));
}

TEST(Selections, MustAllHold) {
  EXPECT_THAT(frames(in_json({"--stream", "0", "--state", "ESTABLISHED", "--note", "retransmission"})), ElementsAre(5));
  const std::string none = in_json({"--stream", "1", "--note", "retransmission"});
  EXPECT_THAT(frames(none), IsEmpty());
  EXPECT_THAT(streams(none), IsEmpty());
}

TEST(Selections, AreCountedAtTheEndAndChangeNoNumbers) {
  const auto all = of_kind(in_json({}), "packet"), some = of_kind(in_json({"--stream", "1"}), "packet");
  EXPECT_EQ(some.at(0), all.at(6)) << "the same line, frame number and all";
  const auto summary = of_kind(in_json({"--stream", "1"}), "summary").at(0);
  EXPECT_EQ(summary.at("packets"), 13);
  EXPECT_EQ(summary.at("shown"), 2);
  EXPECT_FALSE(of_kind(in_json({}), "summary").at(0).contains("shown"));
  EXPECT_THAT(asked({"--stream", "1"}).out, HasSubstr("\n2 of 13 packets shown"));
  EXPECT_THAT(asked({"--stream", "1", "--lang", "ko"}).out,
              HasSubstr("\n13개 가운데 조건에 맞는 패킷 2개를 보였습니다"));
}

TEST(Selections, LeaveOutNothingOfWhatIsWritten) {
  const TemporaryFolder folder;
  const std::string copy = folder.file("copy.pcap");
  ASSERT_EQ(asked({"--stream", "1", "-w", copy}).status, 0);
  EXPECT_EQ(of_kind(run("capture", {"-r", copy, "--format", "json"}).out, "packet").size(), 13u);
}

TEST(Selections, NameTheWordsThatAreAllowed) {
  for (const auto& [option, word] : {std::pair("--state", "SYN_RECEIVED, ESTABLISHED"),
                                     {"--note", "retransmission, fast_retransmission"},
                                     {"--stream", "3, tcp:3, udp:3"}}) {
    const Ended wrong = run("capture", {option, "nonsense"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.err, AllOf(StartsWith("capture: error: "), HasSubstr(option), HasSubstr("nonsense"),
                                 HasSubstr("allowed: "), HasSubstr(word)));
  }
  for (const auto* number : {"", "-1", "1x", "udp:", "icmp:1", "99999999999999999999"})
    EXPECT_EQ(run("capture", {"--stream", number}).status, 2) << number;
  EXPECT_THAT(run("capture", {"--complete", "--state", ""}).out, HasSubstr("SYN_RECEIVED\n"));
  EXPECT_THAT(run("capture", {"--complete", "--note", "fast"}).out, HasSubstr("fast_retransmission\n"));
}

TEST(ListOfNotes, ExplainsEachNoteThatCanBeAskedFor) {
  for (const auto* lang : {"en", "ko"}) {
    const Ended ended = run("capture", {"--list-notes", "--format", "json", "--lang", lang});
    EXPECT_EQ(ended.status, 0);
    const auto notes = of_kind(ended.out, "note");
    EXPECT_EQ(notes.size(), 38u);
    for (const auto& note : notes) {
      const std::string name = note.at("note");
      EXPECT_EQ(run("capture", {"-r", sample, "--note", name}).status, 0) << name;
      for (const auto* told : {"says", "when", "look"}) {
        EXPECT_TRUE(note.at(told).get<std::string>().ends_with('.')) << name << ": " << told;
        EXPECT_THAT(note.at(told).get<std::string>(), Not(HasSubstr("{"))) << name << ": " << told;
      }
    }
  }
  const auto fast = of_kind(run("capture", {"--list-notes", "--format", "json"}).out, "note").at(1);
  EXPECT_EQ(fast.at("note"), "fast_retransmission");
  EXPECT_EQ(fast.at("with"), nlohmann::json({"retransmission"}));
  EXPECT_THAT(fast.at("sections"), HasSubstr("RFC 5681 3.2"));
}

TEST(ListOfNotes, IsBrokenToTheTerminalsWidth) {
  auto words = command("capture", {"--list-notes", "--lang", "en"});
  words.insert(words.begin(), {"/usr/bin/env", "COLUMNS=50"});
  std::istringstream lines(Process(words).wait().out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 50u) << line;
  EXPECT_GT(count, 200);
}

TEST(SummaryFormat, HasALineAConversationAndNoPackets) {
  const Ended ended = asked({"--format", "summary"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(count_of(ended.out, "\nTCP "), 2);
  EXPECT_EQ(count_of(ended.out, "\nUDP "), 1);
  EXPECT_THAT(ended.out, HasSubstr("\nTCP 0   10.0.0.1:40000 > 10.0.0.2:9000"));
  EXPECT_THAT(ended.out, AllOf(HasSubstr(" 2 s  client FIN  TIME_WAIT      CLOSED? "), HasSubstr(" refused "),
                               HasSubstr("1 datagram "), HasSubstr("\nretransmission                      1\n")));
  EXPECT_THAT(ended.out, Not(HasSubstr("│")));
  EXPECT_TRUE(ended.out.ends_with("\n13 packets read (TCP 11, UDP 2)\n"));
}

TEST(SummaryFormat, OfAStateHasTheConversationsThatEndInIt) {
  const std::string waiting = asked({"--format", "summary", "--state", "TIME_WAIT"}).out;
  EXPECT_THAT(waiting, AllOf(HasSubstr("\nTCP 0 "), Not(HasSubstr("\nTCP 1 ")), Not(HasSubstr("UDP 0"))));
  EXPECT_THAT(asked({"--format", "summary", "--state", "ESTABLISHED"}).out, Not(HasSubstr("TCP 0 ")));
  const std::string noted = asked({"--format", "summary", "--note", "refused"}).out;
  EXPECT_THAT(noted, AllOf(HasSubstr("\nTCP 1 "), Not(HasSubstr("TCP 0 "))));
}

TEST(SummaryFormat, OfNothingIsItsLastLine) {
  const TemporaryFolder folder;
  const std::string empty = folder.file("empty.pcap", file_header());
  EXPECT_EQ(run("capture", {"-r", empty, "--format", "summary"}).out, "0 packets read\n");
}

TEST(SummaryFormat, BreaksItsRowsInANarrowWindowAndSpeaksKorean) {
  auto words = command("capture", {"-r", sample, "--format", "summary", "--lang", "ko", "--ascii"});
  words.insert(words.begin(), {"/usr/bin/env", "COLUMNS=80"});
  const Ended ended = Process(words).wait();
  EXPECT_THAT(ended.out, StartsWith("stream  클라이언트 > 서버"));
  EXPECT_THAT(ended.out, HasSubstr("27.4 us  클라이언트 FIN\n    TIME_WAIT      CLOSED?"));
}

}  // namespace
}  // namespace echolab::test
