// echolab: the one name that is installed. `echolab capture` starts the program capture, and so on.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "tools/cli/cli.hpp"
#include "tools/echolab/programs.hpp"

namespace {

using namespace echolab;  // NOLINT: a main is a table of contents

constexpr Text description{"See what TCP and UDP do. Starts one of the toolkit's programs.",
                           "TCP와 UDP가 하는 일을 보여 줍니다. 도구 모음의 프로그램 하나를 실행합니다."};
constexpr Text footer{
    "Each has its own help: echolab capture --help, man echolab-capture.\n"
    "With --programs it prints the folder of the programs.\n"
    "Exit status: the program's; 1 it is not installed; 2 usage.",
    "프로그램마다 도움말이 있습니다: echolab capture --help, man echolab-capture\n"
    "--programs는 프로그램이 있는 폴더를 출력합니다.\n"
    "종료 상태: 그 프로그램의 것. 1 설치되지 않음, 2 사용법이 틀림."};
constexpr Text not_there{"{0} is not installed: {1} ({2})", "설치되어 있지 않습니다: {0}. {1} ({2})"};
constexpr Text where{"Print the folder of the programs and exit", "프로그램이 있는 폴더를 출력하고 끝내기"};

const Part* find_part(std::string_view name) {
  const auto found = std::ranges::find(parts, name, &Part::name);
  return found == parts.end() ? nullptr : &*found;
}

/// What has bin/ and scripts/: lib/echolab beside us, or the folder of a build.
std::filesystem::path home() {
  std::error_code unknown;
  const auto bin = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
  const bool build = std::filesystem::exists(bin / parts.front().name, unknown);
  return build ? bin.parent_path() : bin.parent_path() / ECHOLAB_HOME;
}

/// Becomes that program, which takes "echolab capture" for its name. Returns where it cannot.
cli::Exit start(const Part& part, const char* self, std::vector<std::string> words, Language lang) {
  const std::string path = home() / (part.script ? "scripts" : "bin") / part.name;
  words.insert(words.begin(), fmt::format("{} {}", self, part.name));
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGXCPU}) std::signal(signal, SIG_DFL);  // `run` had taken them
  ::execv(path.c_str(), arguments.data());
  cli::error("echolab", fmt::format(fmt::runtime(not_there.in(lang)), part.name, path, std::strerror(errno)), lang);
  return cli::Exit::failed;
}

/// The words without the program's name, for a program that is named first, or first behind --complete.
std::vector<std::string> words_for(const Part& part, int argc, const char* const* argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  words.erase(std::ranges::find(words, part.name));
  return words;
}

/// The program that the command line begins with. None: the words are echolab's own.
const Part* named_first(int argc, const char* const* argv) {
  if (argc > 3 && argv[1] == std::string_view("--complete")) return find_part(argv[2]);
  return argc > 1 ? find_part(argv[1]) : nullptr;
}

/// echolab's own options, help and errors; the program that they leave to be started, as in `echolab --lang ko lab`.
cli::Exit own(int argc, const char* const* argv, Language lang, const Part*& chosen, std::vector<std::string>& words) {
  cli::Common common;
  bool folder = argc > 1 && argv[1] == std::string_view("--programs");
  const auto app = cli::make_app("echolab", description, lang, common);
  for (const Part& part : parts)
    app->add_subcommand(std::string(part.name), std::string(part.what.in(lang)))->prefix_command()->set_help_flag();
  app->require_subcommand(folder ? 0 : 1, 1);
  app->add_flag("--programs", folder, std::string(where.in(lang)));
  cli::add_footer(*app, footer, lang);
  if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
  if (folder) {
    cli::print((home() / "bin").string() + "\n");
  } else if (const auto commands = app->get_subcommands(); !commands.empty()) {
    ::setenv("ECHOLAB_LANG", common.lang == Language::ko ? "ko" : "en", 1);
    chosen = find_part(commands.front()->get_name());
    words = commands.front()->remaining();
  }
  return cli::Exit::done;
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  if (const Part* part = named_first(argc, argv))
    return static_cast<int>(start(*part, argv[0], words_for(*part, argc, argv), lang));
  const Part* chosen = nullptr;
  std::vector<std::string> words;
  const int status = cli::run("echolab", lang, [&] { return own(argc, argv, lang, chosen, words); });
  return chosen != nullptr ? static_cast<int>(start(*chosen, argv[0], std::move(words), lang)) : status;
}
