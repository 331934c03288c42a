// -C, -G and -W: files one after another, named and numbered as tcpdump does.
#include <map>

#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::Pair;

constexpr std::uint32_t full_minute = 1'700'000'040;

/// So many datagrams, a second apart; 63 bytes each in a classic file.
Bytes datagrams(std::uint32_t count) {
  Bytes file = file_header();
  for (std::uint32_t i = 0; i < count; ++i) file = file + record(ethernet_ipv4 + udp4, full_minute + i);
  return file;
}

class Rotated : public testing::Test {
 protected:
  void SetUp() override { ::setenv("TZ", "UTC", 1); }

  Ended written(std::uint32_t packets, const std::string& name, std::vector<std::string> how) {
    how.insert(how.end(), {"-q", "-r", source_.file("source.pcap", datagrams(packets)), "-w", folder_.file(name)});
    return run("capture", std::move(how));
  }
  /// The packets of each file.
  std::map<std::string, int> files() const {
    std::map<std::string, int> found;
    for (const auto& it : std::filesystem::directory_iterator(folder_.file(""))) {
      const Ended read = run("capture", {"-r", it.path(), "--format", "json"});
      EXPECT_EQ(read.status, 0) << read.err;
      found[it.path().filename()] = summary_of(read)["packets"];
    }
    return found;
  }
  const TemporaryFolder source_, folder_;
};

TEST_F(Rotated, AFileThatIsLargerThanTheSizeIsFollowedByAnother) {
  EXPECT_EQ(written(40, "w.pcap", {"-C", "1k"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Pair("w.pcap", 16), Pair("w.pcap1", 16), Pair("w.pcap2", 8)));
}

TEST_F(Rotated, ARingIsWrittenOverFromItsBeginning) {
  EXPECT_EQ(written(60, "w", {"-C", "1k", "-W", "3"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Pair("w0", 12), Pair("w1", 16), Pair("w2", 16)));
}

TEST_F(Rotated, NumbersOfARingHaveAsManyDigitsAsItsLast) {
  EXPECT_EQ(written(20, "w", {"-C", "1k", "-W", "11"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Key("w00"), Key("w01")));
}

TEST_F(Rotated, APcapngFileStaysOne) {
  EXPECT_EQ(written(40, "w.pcapng", {"-C", "1k"}).status, 0);
  int packets = 0;
  for (const auto& [name, count] : files()) packets += count;
  EXPECT_EQ(packets, 40);
}

TEST_F(Rotated, EachPeriodHasAFileThatIsNamedByItsTime) {
  EXPECT_EQ(written(25, "at-%S.pcap", {"-G", "10"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Pair("at-00.pcap", 10), Pair("at-10.pcap", 10), Pair("at-20.pcap", 5)));
}

TEST_F(Rotated, WithAPeriodTheCountOfFilesIsTheEnd) {
  const Ended ended = written(50, "at-%S.pcap", {"-G", "10", "-W", "2"});
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.out, HasSubstr("20 packets read"));
  EXPECT_THAT(ended.err, HasSubstr("as many files as -W allows"));
  EXPECT_THAT(files(), ElementsAre(Pair("at-00.pcap", 10), Pair("at-10.pcap", 10)));
}

TEST_F(Rotated, WithoutATimeInItsNameAFileIsWrittenOver) {
  EXPECT_EQ(written(25, "w", {"-G", "10"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Pair("w", 5)));
}

TEST_F(Rotated, BothCountInEachPeriod) {
  EXPECT_EQ(written(40, "at-%S-", {"-G", "30", "-C", "1k"}).status, 0);
  EXPECT_THAT(files(), ElementsAre(Pair("at-00-", 16), Pair("at-00-1", 14), Pair("at-30-", 10)));
}

TEST_F(Rotated, WhatDoesNotGoTogetherIsSaidWithItsMend) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"-C", "1"}, {"-G", "1"}, {"-C", "1", "-w", "-"}, {"-G", "1", "-w", "-"}, {"-W", "2", "-w", "x"}}) {
    auto arguments = wrong;
    arguments.insert(arguments.end(), {"-r", source_.file("source.pcap", datagrams(1)), "--lang", "en"});
    const Ended ended = run("capture", arguments);
    EXPECT_EQ(ended.status, 2) << wrong[0];
    EXPECT_THAT(ended.err, HasSubstr(": ")) << wrong[0];
    EXPECT_EQ(ended.out, "");
  }
  EXPECT_THAT(run("capture", {"-C", "5x", "-w", "x", "--lang", "en"}).err,
              AllOf(HasSubstr("\"5x\" is no size"), HasSubstr("500k")));
}

}  // namespace
}  // namespace echolab::test
