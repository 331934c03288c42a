#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>

#include "tests/cli/shell.hpp"
#include "tools/cli/bash_completion.hpp"
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
  std::string rule, secret;

  Tool() {
    command.add_option("--rule", rule, "What to do with C:\\x")->check(CLI::IsMember({"drop", "delay"}));
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
  EXPECT_THAT(cli::bash_completion(*Tool().app), Not(HasSubstr("secret")));
}

TEST(Pages, ComeFromTheProgramItself) {
  EXPECT_THAT(sample("--help=man --lang ko").out,
              AllOf(StartsWith(".TH \"sample\" 1"), HasSubstr("쓸 포트 (기본값: 9000)")));
  EXPECT_THAT(sample("--help=bash").out, HasSubstr("complete -F _echolab_sample sample\n"));
}

TEST(Pages, AreNotTakenForAMessage) { EXPECT_THAT(sample("-m --help=man").out, HasSubstr("message --help=man\n")); }

/// What a real bash offers for the last of the words.
std::string completed(const std::string& words) {
  ::setenv("SCRIPT", cli::bash_completion(*Tool().app).c_str(), 1);
  FILE* bash = ::popen(("bash -c 'eval \"$SCRIPT\"; COMP_WORDS=(" + words +
                        "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _echolab_lab; echo \"${COMPREPLY[*]}\"'")
                           .c_str(),
                       "r");
  std::string out(1000, '\0');
  out.resize(std::fread(out.data(), 1, out.size(), bash));
  ::pclose(bash);
  return out;
}

TEST(BashCompletion, OffersCommandsAndInsideOneItsOptions) {
  EXPECT_EQ(completed("lab r"), "run\n");
  EXPECT_EQ(completed("lab --as"), "--ascii\n");
  EXPECT_EQ(completed("lab run --r"), "--rule\n");
  EXPECT_EQ(completed("lab run --rule d"), "drop delay\n");
}

}  // namespace
}  // namespace echolab::test
