#include "tools/lab/program/private_folder.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "tools/lab/program/program_texts.hpp"

namespace echolab::lab {
namespace {

/// It is ours, and others cannot rename what lies in it. That we may write there proves nothing: root may everywhere.
bool is_kept(const std::string& folder) {
  struct stat found {};
  return ::stat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::getuid() &&
         (found.st_mode & S_IWOTH) == 0;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// ~/.cache, in the home that is ours: under sudo $HOME may be another user's.
std::optional<std::string> cache() {
  const passwd* entry = ::getpwuid(::getuid());
  for (const std::string& home : {variable("HOME"), std::string(entry ? entry->pw_dir : "")}) {
    if (!is_kept(home)) continue;
    ::mkdir((home + "/.cache").c_str(), S_IRWXU);
    if (is_kept(home + "/.cache")) return home + "/.cache";
  }
  return std::nullopt;
}

void make_private(const std::string& folder, Language lang) {
  ::mkdir(folder.c_str(), S_IRWXU);
  struct stat found {};
  const bool ours = ::lstat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::getuid() &&
                    (found.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  if (!ours) throw std::runtime_error(fmt::format(fmt::runtime(texts::not_private.in(lang)), folder));
}

}  // namespace

std::string private_folder(Language lang) {
  if (const std::string runtime = variable("XDG_RUNTIME_DIR"); is_kept(runtime)) {
    const std::string folder = fmt::format("{}/echolab-{}", runtime, ::getuid());
    make_private(folder, lang);
    return folder;
  }
  const auto base = cache();
  if (!base) throw std::runtime_error(std::string(texts::no_private_folder.in(lang)));
  make_private(*base + "/echolab", lang);
  // A home may be one for many machines; what is kept here is about this one.
  utsname machine{};
  ::uname(&machine);
  const std::string folder = *base + "/echolab/" + machine.nodename;
  ::mkdir(folder.c_str(), S_IRWXU);
  return folder;
}

}  // namespace echolab::lab
