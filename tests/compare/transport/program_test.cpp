// The program as a user runs it. What it says is held against somebody else's count: tshark's, and the wire's own.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <string>

#include "capture/source/packet_source.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab {
namespace {

using nlohmann::json;
using test::Ended;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;

/// The objects of JSON, rows by their measure, others by their kind.
std::map<std::string, json> objects_of(const Ended& ended) {
  std::map<std::string, json> objects;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);) {
    const json object = json::parse(line);
    const std::string kind = object["kind"];
    const std::string name = kind == "row"     ? object["measure"].get<std::string>()
                             : kind == "claim" ? kind + object["claim"].dump()
                                               : kind;
    objects[name] = object;
  }
  return objects;
}

Ended compare(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  return test::Process(test::command("compare", std::move(arguments))).wait(std::chrono::seconds(200));
}

#define IN_THE_LAB(ended, ...)                                                         \
  const Ended ended = compare(__VA_ARGS__);                                            \
  if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err; \
  ASSERT_EQ(ended.status, 0) << ended.err;                                             \
  auto rows = objects_of(ended)

struct FileCount {
  std::uint64_t packets = 0, bytes = 0;
};
/// By our own reader: what the file holds of the protocol.
FileCount count_in(const std::string& path, const std::string& filter) {
  auto opened = capture::PacketSource::open_file(path, filter);
  auto& source = std::get<capture::PacketSource>(opened);
  FileCount count;
  while (const auto packet = source.next()) {
    ++count.packets;
    count.bytes += packet->original_length;
  }
  EXPECT_FALSE(source.error());
  return count;
}

std::vector<std::string> tshark(const std::string& path, const std::string& filter) {
  const Ended ended = test::Process({"tshark", "-r", path, "-Y", filter, "-T", "fields", "-e", "frame.len"}).wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  std::istringstream in(ended.out);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}
bool has_tshark() { return test::Process({"tshark", "--version"}).wait().status == 0; }

/// What the receipt has of a protocol in all: two clients are UDP's.
std::uint64_t over(const std::string& protocol, const json& row) {
  const std::uint64_t once = row[protocol];
  return protocol == "udp" ? once + row["udp_retry"].get<std::uint64_t>() : once;
}

TEST(CompareInTheLab, GivesEveryRowAndJudgesEveryClaim) {
  IN_THE_LAB(ended, {});
  for (const auto& [name, row] : rows)
    if (row["kind"] == "row") {
      EXPECT_FALSE(row["tcp"].is_null()) << name;
      EXPECT_FALSE(row["udp"].is_null()) << name;
      EXPECT_EQ(row["udp_retry"].is_null(), name.starts_with("bulk")) << name;
    }
  for (const char* claim : {"claim9", "claim11", "claim12", "claim13", "claim20", "claim21"})
    EXPECT_NE(rows.at(claim)["verdict"], "not_measured") << claim;
  EXPECT_EQ(rows["handshake_packets"]["tcp"], 3);
  EXPECT_EQ(rows["first_answer_rtts"]["udp"], 1);
  EXPECT_EQ(rows["loss_noticed_by"]["tcp"], "kernel");
  EXPECT_EQ(rows["loss_noticed_by"]["udp"], "client");
  EXPECT_EQ(rows["loss_noticed_by"]["udp_retry"], "client");
  EXPECT_EQ(rows["cut_wire"]["udp_retry"], "goes_on");
  EXPECT_EQ(rows["dead_server"]["tcp"], "closed");
  EXPECT_EQ(rows["dead_server"]["udp"], "refused");
  EXPECT_EQ(rows["cut_wire"]["tcp"], "goes_on");
  EXPECT_EQ(rows["kernel_sockets"]["tcp"], 1);
  EXPECT_EQ(rows["kernel_sockets"]["udp"], 0);
}

TEST(CompareInTheLab, LosesOverUdpWhatTheWireDroppedAndOverTcpNothing) {
  const test::TemporaryFolder folder;
  const auto path = folder.file("lossy.pcapng");
  IN_THE_LAB(ended, {"--loss", "10%", "--seed", "7", "--messages", "50", "--delay", "1ms", "-w", path});
  EXPECT_EQ(rows["messages_lost"]["tcp"], 0);
  EXPECT_EQ(rows["wire_lost"]["tcp"], 0);
  EXPECT_GT(rows["messages_lost"]["udp"], 0);
  EXPECT_EQ(rows["messages_lost"]["udp"], rows["packets_dropped"]["udp"]);
  EXPECT_EQ(rows["messages_lost"]["udp"], rows["wire_lost"]["udp"]);
  EXPECT_GT(rows["packets_dropped"]["tcp"], 0);
  EXPECT_GE(rows["retransmissions"]["tcp"], 1);
  EXPECT_EQ(rows["messages_lost"]["udp_retry"], 0);
  EXPECT_EQ(rows["wire_lost"]["udp_retry"], 0);
  EXPECT_THAT(rows["retransmissions"]["remark"],
              HasSubstr(rows["packets_dropped"]["udp_retry"].dump() + " dropped, " +
                        rows["retransmissions"]["udp_retry"].dump() + " sent again"));
  for (const std::string protocol : {"tcp", "udp"}) {
    const FileCount count = count_in(path, protocol);
    EXPECT_EQ(over(protocol, rows["packets"]), count.packets);
    EXPECT_EQ(over(protocol, rows["bytes"]), count.bytes);
  }
  if (!has_tshark()) GTEST_SKIP() << "no tshark here to count the same file";
  for (const std::string protocol : {"tcp", "udp"}) {
    const auto lengths = tshark(path, protocol);
    EXPECT_EQ(over(protocol, rows["packets"]), lengths.size());
    EXPECT_EQ(over(protocol, rows["bytes"]),
              std::accumulate(lengths.begin(), lengths.end(), 0UL,
                              [](auto sum, auto& length) { return sum + std::stoul(length); }));
    EXPECT_EQ(over(protocol, rows["packets_dropped"]),
              tshark(path, protocol + " && frame.comment == \"dropped by the wire\"").size());
  }
}

/// The points of a sweep.
std::vector<json> points_of(const Ended& ended) {
  std::vector<json> points;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);)
    if (const json object = json::parse(line); object["kind"] == "point") points.push_back(object);
  return points;
}

/// What of a point hangs on the seed alone: UDP's side but for the times.
json counts_of(json point) {
  for (const char* time : {"time_ms", "first_answer_ms"}) point["udp"].erase(time);
  return point["udp"];
}

TEST(CompareSweep, TheSameSeedGivesTheSameCountsOverUdpAndAnotherSeedOthers) {
  const auto with_seed = [](const std::string& seed) {
    return compare({"--sweep", "loss=10%", "--messages", "40", "--delay", "1ms", "--seed", seed});
  };
  const Ended ended = with_seed("3");
  if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
  const auto points = points_of(ended), again = points_of(with_seed("3")), other = points_of(with_seed("4"));
  ASSERT_EQ(points.size(), 1U);
  EXPECT_GT(points[0]["udp"]["messages_lost"], 0);
  EXPECT_EQ(counts_of(points[0]), counts_of(again.at(0)));
  EXPECT_NE(counts_of(points[0]), counts_of(other.at(0)));
}

TEST(CompareSweep, AProgramThatTriesAgainLosesNothingAndSendsAgainWhatWasDropped) {
  for (const char* seed : {"7", "8", "9"}) {
    const Ended ended =
        compare({"--sweep", "loss=10%", "--messages", "30", "--size", "1472", "--delay", "1ms", "--seed", seed});
    if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
    const json side = points_of(ended).at(0)["udp_retry"];
    EXPECT_EQ(side["messages_sent"], 30);
    EXPECT_EQ(side["messages_lost"], 0);
    const int dropped = side["packets_dropped"], again = side["retransmissions"];
    const int too_early = side["retransmissions_too_early"];  // where a busy machine was late
    EXPECT_GT(dropped, 0);
    EXPECT_LE(again - too_early, dropped);
    if (too_early == 0) {
      EXPECT_EQ(again, dropped);
    }
  }
}

TEST(CompareSweep, OfTheDelayTakesARoundTripAMessageAndOneForTheHandshake) {
  const test::TemporaryFolder folder;
  const auto path = folder.file("delay.svg");
  const Ended ended = compare({"--sweep", "delay=0,20ms", "--messages", "5", "--svg", path});
  if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
  ASSERT_EQ(ended.status, 0) << ended.err;
  const auto points = points_of(ended);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[1]["delay_ms"], 20);
  for (const char* protocol : {"tcp", "udp"}) EXPECT_EQ(points[1][protocol]["messages_answered"], 5);
  EXPECT_GE(points[1]["udp"]["time_ms"], 5 * 40);
  EXPECT_GE(points[1]["tcp"]["time_ms"], 6 * 40);
  std::ifstream file(path);
  const std::string svg(std::istreambuf_iterator<char>(file), {});
  EXPECT_TRUE(svg.starts_with("<?xml")) << svg;
}

class FirstAnswer : public ::testing::TestWithParam<int> {};
/// A busy machine only adds to a time: the best of several is the wire's.
TEST_P(FirstAnswer, TakesTwoRoundTripsOverTcpAndOneOverUdp) {
  constexpr double within = 1.1;
  const double round_trip = 2.0 * GetParam();
  double tcp = 1e9, udp = 1e9;
  for (int run = 0; run < 15 && (tcp > 2 * round_trip * within || udp > round_trip * within); ++run) {
    const Ended ended = compare({"--sweep", "delay=" + std::to_string(GetParam()), "--messages", "1"});
    if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
    const json point = points_of(ended).at(0);
    tcp = std::min(tcp, point["tcp"]["first_answer_ms"].get<double>());
    udp = std::min(udp, point["udp"]["first_answer_ms"].get<double>());
  }
  EXPECT_THAT(tcp, AllOf(Ge(2 * round_trip), Le(2 * round_trip * within)));
  EXPECT_THAT(udp, AllOf(Ge(round_trip), Le(round_trip * within)));
}
INSTANTIATE_TEST_SUITE_P(Delays, FirstAnswer, ::testing::Values(10, 50, 100));

TEST(CompareOnLoopback, CountsWhatPassesWhereItMayCapture) {
  if (const auto why_not = test::enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  const test::TemporaryFolder folder;
  const auto path = folder.file("lo.pcapng");
  const Ended ended = compare({"--on", "lo", "-w", path});
  ASSERT_EQ(ended.status, 0) << ended.err;
  auto rows = objects_of(ended);
  EXPECT_EQ(rows["plan"]["packets_seen"], true);
  EXPECT_EQ(rows["messages_answered"]["tcp"], 20);
  EXPECT_EQ(rows["messages_answered"]["udp"], 20);
  EXPECT_EQ(rows["handshake_packets"]["tcp"], 3);
  EXPECT_EQ(rows["packets"]["udp"], 40);
  EXPECT_EQ(rows["messages_lost"]["udp_retry"], 0);
  EXPECT_TRUE(rows["cut_wire"]["tcp"].is_null());
  EXPECT_EQ(rows["claim9"]["verdict"], "not_measured");
  for (const std::string protocol : {"tcp", "udp"})
    EXPECT_EQ(over(protocol, rows["packets"]), count_in(path, protocol).packets);
}

TEST(CompareWithForeignServers, TalksToThemAndKillsNobody) {
  test::Server tcp("tcp_server"), udp("udp_server");
  const Ended ended = compare({"--tcp", "127.0.0.1:" + tcp.port(), "--udp", "localhost:" + udp.port()});
  ASSERT_EQ(ended.status, 0) << ended.err;
  auto rows = objects_of(ended);
  EXPECT_EQ(rows["plan"]["on"], "foreign");
  EXPECT_EQ(rows["messages_answered"]["tcp"], 20);
  EXPECT_EQ(rows["messages_answered"]["udp"], 20);
  EXPECT_EQ(rows["messages_answered"]["udp_retry"], 20);
  EXPECT_FALSE(rows["rate_64"]["tcp"].is_null());
  EXPECT_TRUE(rows["dead_server"]["tcp"].is_null());
  EXPECT_EQ(tcp.process().end(SIGTERM).status, 0);
  EXPECT_EQ(udp.process().end(SIGTERM).status, 0);
}

TEST(CompareWithForeignServers, SaysThatNobodyEchoesThere) {
  test::Server udp("udp_server");
  const std::string address = "127.0.0.1:" + udp.port();  // over TCP nobody is there
  const Ended ended = compare({"--tcp", address, "--udp", address});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr(address + " does not echo (refused)"));
  EXPECT_EQ(ended.out, "");
}

TEST(CompareOptions, RefuseWhatMakesNoSense) {
  const auto refused = [](std::vector<std::string> arguments) {
    const Ended ended = compare(std::move(arguments));
    EXPECT_EQ(ended.status, 2) << ended.err;
    EXPECT_EQ(ended.out, "");
    return ended.err;
  };
  EXPECT_THAT(refused({"--on", "lo", "--loss", "10%"}), HasSubstr("--loss needs the lab's wire"));
  EXPECT_THAT(refused({"--loss", "ten"}), HasSubstr("\"ten\""));
  EXPECT_THAT(refused({"--delay", "1h"}), HasSubstr("\"1h\""));
  EXPECT_THAT(refused({"--tcp", "127.0.0.1:7"}), HasSubstr("--udp"));
  EXPECT_THAT(refused({"--tcp", "127.0.0.1", "--udp", "127.0.0.1:7"}), HasSubstr("HOST:PORT"));
  EXPECT_THAT(refused({"--sweep", "loss=1,2ms"}), HasSubstr("loss=1,2ms"));
  EXPECT_THAT(refused({"--svg", "x.svg"}), HasSubstr("--sweep"));
  EXPECT_THAT(refused({"--sweep", "loss=1%", "-w", "x"}), HasSubstr("--sweep"));
  EXPECT_THAT(refused({"--on", "lo", "--sweep", "loss=1%"}), HasSubstr("--sweep needs the lab's wire"));
  EXPECT_THAT(refused({"--size", "7"}), HasSubstr("--size"));
  EXPECT_THAT(refused({"--messages", "0"}), HasSubstr("--messages"));
}

TEST(CompareOutput, SaysThatTheFileCannotBeWritten) {
  const Ended ended = compare({"-w", "/nowhere/x.pcapng"});
  if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("/nowhere/x.pcapng"));
}

}  // namespace
}  // namespace echolab
