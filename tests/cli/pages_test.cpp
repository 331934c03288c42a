#include <gmock/gmock.h>

#include <algorithm>

#include "tests/cli/shell.hpp"
#include "tools/cli/completion.hpp"
#include "tools/cli/installed.hpp"
#include "tools/cli/man_page.hpp"

namespace echolab::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Tool {
  cli::Common common;
  std::unique_ptr<CLI::App> app =
      cli::make_app("lab", {"Plays 'what if'.\n.Not a request. More.", "해 봅니다."}, echolab::Language::en, common);
  CLI::App& command = *app->add_subcommand("run", "Runs one");
  std::string rule, secret, file, name;
  bool flag = false;

  Tool() {
    command.add_option("--rule", rule, "What to do with C:\\x")->check(CLI::IsMember({"drop", "delay"}));
    command.add_option("-w", file, "")->type_name("FILE");
    command.add_option("NAME", name, "");
    command.add_flag("-n", flag, "");
    command.add_option("--secret", secret, "")->group("");
  }
};

TEST(ManPage, BeginsWithWhatAndWhatis) {
  EXPECT_THAT(
      cli::man_page(*Tool().app, echolab::Language::en),
      AllOf(StartsWith(".TH \"lab\" 1 \"\" \"echolab "), HasSubstr(".SH \"NAME\"\nlab \\- plays \\(aqwhat if\\(aq\n")));
}

TEST(ManPage, TakesNoTextForARequest) {
  EXPECT_THAT(cli::man_page(*Tool().app, echolab::Language::en), HasSubstr("\n\\&.Not a request. More.\n"));
}

TEST(ManPage, HasTheOptionsOfCommandsToo) {
  EXPECT_THAT(cli::man_page(*Tool().app, echolab::Language::en),
              AllOf(HasSubstr(".SS \"lab run\"\nRuns one\n"),
                    HasSubstr(".TP\n\\fB\\-\\-rule\\fR \\fIdrop|delay\\fR\nWhat to do with C:\\(rsx\n")));
}

TEST(Pages, KeepHiddenOptionsHidden) {
  EXPECT_THAT(cli::man_page(*Tool().app, echolab::Language::en), Not(HasSubstr("secret")));
}

TEST(Pages, ComeFromTheProgramItself) {
  EXPECT_THAT(sample("--help=man --lang ko").out,
              AllOf(StartsWith(".TH \"echolab\\-sample\" 1"), HasSubstr("쓸 포트 (기본값: 9000)")));
  EXPECT_EQ(sample("--complete --lang k").out, "ko\n");
}

TEST(Pages, AreNotTakenForAMessage) { EXPECT_THAT(sample("-m --help=man").out, HasSubstr("message --help=man\n")); }

/// What is offered for the last word, in one line; the scenarios are of this test.
std::string offered(std::vector<const char*> words) {
  const auto scenarios = [](std::string_view value) {
    return value == "NAME" ? std::vector<std::string>{"handshake", "half-close"} : std::vector<std::string>{};
  };
  std::string lines = cli::complete(*Tool().app, words, scenarios);
  std::ranges::replace(lines, '\n', ' ');
  return lines;
}

TEST(Completion, OffersCommandsAndInsideOneItsOptions) {
  EXPECT_EQ(offered({"r"}), "run\tRuns one ");
  EXPECT_THAT(offered({"--as"}), StartsWith("--ascii\t"));
  EXPECT_EQ(offered({"run", "--r"}), "--rule\tWhat to do with C:\\x ");
  EXPECT_THAT(offered({"run", "--as"}), StartsWith("--ascii\t"));  // the program's options stand there, too
  EXPECT_EQ(offered({"--"}).find("secret"), std::string::npos);
}

TEST(Completion, OffersWhatAnOptionOrAnArgumentTakes) {
  EXPECT_EQ(offered({"run", "--rule", "d"}), "drop delay ");
  EXPECT_EQ(offered({"run", "--rule=de"}), "--rule=delay ");
  EXPECT_EQ(offered({"run", "--rule", "=", "de"}), "delay ");  // as bash takes it apart
  EXPECT_EQ(offered({"run", "-w", ""}), ":files ");
  EXPECT_EQ(offered({"run", "-nw", ""}), ":files ");
  EXPECT_EQ(offered({"run", "ha"}), "handshake half-close ");
  EXPECT_EQ(offered({"run", "--rule", "drop", "hal"}), "half-close ");
  EXPECT_EQ(offered({"run", "handshake", "h"}), "");  // one is enough
}

TEST(Installed, AProgramHasTheToolkitsNameInFront) {
  EXPECT_TRUE(cli::is_installed_name("echolab lab"));
  EXPECT_TRUE(cli::is_installed_name("/usr/bin/echolab lab"));
  EXPECT_FALSE(cli::is_installed_name("build/bin/lab"));
  EXPECT_FALSE(cli::is_installed_name("/home/the lab/lab"));
  EXPECT_EQ(cli::beside("echolab tcp_client", "tcp_server"), "echolab tcp_server");
  EXPECT_EQ(cli::beside("/usr/bin/echolab tcp_client", "tcp_server"), "/usr/bin/echolab tcp_server");
  EXPECT_EQ(cli::beside("build/bin/tcp_client", "tcp_server"), "build/bin/tcp_server");
  EXPECT_EQ(cli::beside("tcp_client", "tcp_server"), "tcp_server");
}

TEST(Installed, TheCommandsOfAFooterAreCalledSo) {
  Tool tool;
  tool.app->footer("Examples:\n  lab list              all (lab doctor says why)\nAny lab will do: tools/shell");
  cli::call_as_installed(*tool.app);
  EXPECT_EQ(tool.app->get_footer(),
            "Examples:\n  echolab lab list      all (echolab lab doctor says why)\nAny lab will do: echolab shell");
  EXPECT_EQ(tool.app->get_name(), "echolab lab");
}

}  // namespace
}  // namespace echolab::test
