#include "tests/cli/shell.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace echolab::test {
namespace {

std::string contents(const std::filesystem::path& path) {
  std::ostringstream all;
  all << std::ifstream(path).rdbuf();
  return all.str();
}

}  // namespace

Ran sample(const std::string& arguments, const std::string& settings) {
  std::string folder = (std::filesystem::temp_directory_path() / "echolab-cli-XXXXXX").string();
  if (!::mkdtemp(folder.data())) throw std::runtime_error("mkdtemp");
  const std::string out = folder + "/out", err = folder + "/err";
  // The outer braces take what the command does not redirect itself.
  const std::string command =
      "{ env -u LANG -u LC_ALL -u LC_MESSAGES -u ECHOLAB_LANG -u NO_COLOR -u FORCE_COLOR -u COLUMNS " + settings +
      " " CLI_SAMPLE " " + arguments + "; } </dev/null >" + out + " 2>" + err;
  const int status = std::system(command.c_str());
  Ran ran{.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1, .out = contents(out), .err = contents(err)};
  std::filesystem::remove_all(folder);
  return ran;
}

}  // namespace echolab::test
