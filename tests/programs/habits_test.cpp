// What tcpdump's users type by habit is understood.
#include <fstream>

#include "tests/programs/sniffed.hpp"
#include "tests/support/private_network.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string sample = ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap";

std::string shown(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-q", "-r", sample, "--lang", "en"});
  const Ended ended = run("capture", arguments);
  EXPECT_EQ(ended.status, 0) << ended.err;
  return ended.out;
}

TEST(Habits, LettersThatAskForWhatIsSoAnywayAreTakenAlsoInABundle) {
  const std::string usual = shown({});
  EXPECT_EQ(shown({"-n", "-nn", "-l", "-U", "-p", "-B", "4096"}), usual);
  EXPECT_EQ(shown({"-nnlU"}), usual);
  EXPECT_EQ(run("capture", {"-nnvr", sample, "-c", "3", "tcp", "port", "9000"}).status, 0);
}

TEST(Habits, TimesAreTcpdumps) {
  const std::string first = " +SYN_SENT │─ S 0:0";
  EXPECT_THAT(shown({}), ContainsRegex("  0\\.000000" + first));
  EXPECT_THAT(shown({"-t"}), AllOf(Not(HasSubstr("0.000000 ")), ContainsRegex("\n" + first)));
  EXPECT_THAT(shown({"-tt"}), ContainsRegex("1795360057\\.897439" + first));
  EXPECT_THAT(shown({"-ttt"}), AllOf(ContainsRegex("  0\\.000000" + first), Not(HasSubstr("0.000228"))));
  EXPECT_THAT(shown({"-tttt"}), ContainsRegex("2026-11-22 15:07:37\\.897439" + first));
  EXPECT_EQ(shown({"-ttttt"}), shown({}));
}

TEST(Habits, PayloadIsShownWholeAndSteersNoTerminal) {
  EXPECT_THAT(shown({"-A"}), HasSubstr("\n            hello\n"));
  EXPECT_THAT(shown({"-X"}), HasSubstr("0x0000:  6865 6c6c 6f                             hello\n"));
  EXPECT_EQ(run("capture", {"-A", "-X", "-r", sample}).status, 2);
}

TEST(Habits, AFilterIsReadFromAFile) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("filter")) << "tcp[tcpflags] &\n tcp-syn != 0\n";
  EXPECT_THAT(shown({"-F", folder.file("filter")}), HasSubstr("2 packets read"));
  EXPECT_THAT(run("capture", {"-r", sample, "-F", folder.file("none")}).err, HasSubstr("none: No such file"));
}

TEST(Habits, ALinkTypeThatIsNoneIsNamed) {
  if (const auto why_not = enter_private_network(); !why_not.empty()) GTEST_SKIP() << why_not;
  EXPECT_THAT(run("capture", {"-i", "lo", "-y", "NOSUCH"}).err, HasSubstr("no link type has the name NOSUCH"));
}

}  // namespace
}  // namespace echolab::test
