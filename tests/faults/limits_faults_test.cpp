// G: limits that a shell sets, the C locale, long paths, and root on a file.
#include <filesystem>

#include "net/privileges.hpp"
#include "tests/faults/traffic.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FaultG4, AFileThatMayNotGrowIsAFullDisk) {
  const TemporaryFolder folder;
  const std::string copy = folder.file("copy.pcap");
  const auto written = command("capture", {"-r", sample_file(), "-w", copy});
  const Ended ended = Process(in_shell("ulimit -f 1; exec ", written)).wait();  // 512 bytes; the sample has more
  EXPECT_EQ(ended.status, 1) << "not -SIGXFSZ";
  EXPECT_THAT(ended.err, HasSubstr("cannot write " + copy + ": File too large"));
}

TEST(FaultG4, SoIsAnOutputThatMayNotGrow) {
  const TemporaryFolder folder;
  const auto shown = command("capture", {"-r", sample_file()});
  const Ended ended = Process(in_shell("ulimit -f 1; exec ", shown, ">" + folder.file("out"))).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("cannot write output: File too large"));
}

TEST(FaultG4, AQuarterOfAGigabyteIsEnough) {
  if (plain_programs().empty()) GTEST_SKIP() << no_plain_programs;
  const std::vector<std::string> words{plain_programs() + "capture", "-r", sample_file()};
  const Ended read = Process(in_shell("ulimit -v 262144; exec ", words)).wait();
  EXPECT_EQ(read.status, 0) << read.err;
}

TEST(FaultG4, MemoryThatIsRefusedIsOneLine) {
  if (plain_programs().empty()) GTEST_SKIP() << no_plain_programs;
  Server server("tcp_server");
  auto words = server.client("tcp_client", quiet({"--count", "1", "--size", "1000000000"}));
  words[0] = plain_programs() + "tcp_client";
  const Ended ended = Process(in_shell("ulimit -v 262144; exec ", words)).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.err, "tcp_client: error: out of memory (more may be allowed: ulimit -v)\n");
}

TEST(FaultG4, ProcessorTimeThatIsUsedUpIsOneLine) {
  const std::string sample = contents(sample_file()), header = sample.substr(0, 24), packets = sample.substr(24);
  std::string many;
  while (many.size() < 1'000'000) many += packets;
  // The hard limit kills without a word: the soft one asks.
  const auto words = command("capture", {"-r", "-", "--format", "json"});
  Process capture(in_shell("ulimit -St 1; exec ", words, ">/dev/null"), std::nullopt);
  capture.say(header);
  std::jthread feeder([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) capture.say(many);  // says nothing to a program that has ended
  });
  EXPECT_THAT(capture.wait_for("processor time"), HasSubstr("capture: error: the processor time is used up"));
  feeder.request_stop();
  feeder.join();
  EXPECT_EQ(capture.wait().status, 1);
}

TEST(FaultG6, TheCLocaleTakesHangulAsItIs) {
  Server server("tcp_server");
  const auto words = server.client("tcp_client", quiet({"-m", "안녕"}));
  EXPECT_EQ(Process(in_shell("LC_ALL=C LANG=C exec ", words)).wait().out, "안녕");
  const TemporaryFolder folder;
  const std::string file = folder.file("캡처.pcap");
  std::filesystem::copy_file(sample_file(), file);
  EXPECT_EQ(Process(in_shell("LC_ALL=C exec ", command("capture", {"-r", file}))).wait().status, 0);
  std::filesystem::remove(file);
  EXPECT_THAT(Process(in_shell("LC_ALL=C exec ", command("capture", {"-r", file}))).wait().err,
              HasSubstr("cannot read " + file));
}

TEST(FaultG6, APathMayBeAsLongAsThePathsOfLinuxAre) {
  const TemporaryFolder folder;
  std::string path = folder.file("");
  while (path.size() < 3800) path += std::string(200, 'd') + "/";
  std::filesystem::create_directories(path);
  path += std::string(4095 - path.size() > 255 ? 255 : 4095 - path.size(), 'f');
  std::filesystem::copy_file(sample_file(), path);
  EXPECT_EQ(run("capture", {"-r", path}).status, 0) << path.size() << " bytes";
  const Ended longer = run("capture", {"-r", folder.file(std::string(4096, 'x'))});
  EXPECT_EQ(longer.status, 1);
  EXPECT_THAT(longer.err, testing::EndsWith(": File name too long\n"));
}

TEST(FaultG7, RootIsToldThatReadingAFileNeedsNoRoot) {
  const Ended ended = run("capture", {"-r", sample_file()});
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.err.find("reading a file needs no root") != std::string::npos, net::is_root_of_the_machine());
}

TEST(FaultG7, ThePrivilegesAreGoneBeforeTheFirstPacketIsDecoded) {
  SleepyReader reader;
  Process capture(
      in_shell("exec ", command("capture", {"-r", sample_file(), "--format", "json"}), ">" + reader.path()));
  ASSERT_TRUE(until([&] { return reader.is_full(); }));
  EXPECT_EQ(status_of(capture.pid(), "CapPrm"), "0000000000000000");
  reader.rest();
  EXPECT_EQ(capture.wait().status, 0);
}

}  // namespace
}  // namespace echolab::test
