#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "net/file_descriptor.hpp"
#include "tools/session/base64url.hpp"
#include "tools/session/keys.hpp"

namespace echolab::session {
namespace {

constexpr std::size_t largest_file = 16 * 1024;

/// Forgets what it holds when it goes.
struct Secret {
  std::string text;
  ~Secret() { OPENSSL_cleanse(text.data(), text.size()); }
};

bool read_all(int fd, std::string& into) {
  into.resize(largest_file);
  std::size_t size = 0;
  while (size < into.size()) {
    const auto got = ::read(fd, into.data() + size, into.size() - size);
    if (got < 0) return false;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  into.resize(size);
  return true;
}

bool add_line(Keys& keys, std::string_view line) {
  constexpr std::string_view blank = " \t\r";
  const auto begin = line.find_first_not_of(blank);
  if (begin == line.npos || line[begin] == '#') return true;
  line = line.substr(begin, line.find_last_not_of(blank) + 1 - begin);
  const auto space = line.find_first_of(blank);
  if (space == line.npos) return false;
  Secret key{from_base64url(line.substr(line.find_first_not_of(blank, space))).value_or("")};
  return keys.add(line.substr(0, space), key.text);
}

std::variant<Keys, KeyFileError> parse(std::string_view text, KeyFileError error) {
  Keys keys;
  error.why = KeyFileError::Why::line;
  while (!text.empty()) {
    ++error.line;
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!add_line(keys, line)) return error;
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  error.why = KeyFileError::Why::empty;
  if (keys.size() == 0) return error;
  return keys;
}

}  // namespace

std::variant<Keys, KeyFileError> read_keys(const std::string& file) {
  using Why = KeyFileError::Why;
  const net::FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  KeyFileError error{.why = errno == ENOENT ? Why::no_file : Why::not_readable, .file = file, .error = errno};
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) < 0) return error;
  error.mode = status.st_mode & 07777;
  error.why = Why::not_regular;
  if (!S_ISREG(status.st_mode)) return error;
  error.why = Why::others_may_read;
  if ((error.mode & 077) != 0) return error;
  Secret text;
  if (!read_all(fd.get(), text.text)) return KeyFileError{.why = Why::not_readable, .file = file, .error = errno};
  return parse(text.text, error);
}

std::string sentence(const KeyFileError& error, Language lang) {
  constexpr Text make{"Make one:\n(umask 077; echo \"k1 $(openssl rand -base64 48 | tr '+/' '-_')\" > {0})",
                      "이렇게 만드세요:\n(umask 077; echo \"k1 $(openssl rand -base64 48 | tr '+/' '-_')\" > {0})"};
  const auto say = [lang](const Text& text, const auto&... values) {
    return fmt::format(fmt::runtime(text.in(lang)), values...);
  };
  switch (error.why) {
    case KeyFileError::Why::no_file:
      return say({"there is no file {0}. ", "파일이 없습니다: {0}. "}, error.file) + say(make, error.file);
    case KeyFileError::Why::not_readable:
      return say({"cannot read {0}: {1}", "읽을 수 없습니다: {0} ({1})"}, error.file, std::strerror(error.error));
    case KeyFileError::Why::not_regular:
      return say({"{0} is no ordinary file", "보통 파일이 아닙니다: {0}"}, error.file);
    case KeyFileError::Why::others_may_read:
      return say({"others may read {0} (mode {1:04o}), and who has the key can make any token. Mend it:\nchmod 600 {0}",
                  "다른 사용자도 읽을 수 있는 파일입니다: {0} (모드 {1:04o}). 키를 가진 사람은 어떤 토큰이든 만들 수 "
                  "있습니다. 이렇게 고치세요:\nchmod 600 {0}"},
                 error.file, error.mode);
    case KeyFileError::Why::line:
      return say({"{0}, line {1}: a key is a name (kid, not used twice) and at least {2} bytes in base64url; {3} at "
                  "most. ",
                  "{0}, {1}번째 줄: 키 하나는 이름(kid, 겹치지 않게)과 base64url로 적은 {2}바이트 이상입니다. "
                  "최대 {3}개까지입니다. "},
                 error.file, error.line, Keys::smallest, Keys::most) +
             say(make, error.file);
    case KeyFileError::Why::empty: break;
  }
  return say({"{0} holds no key. ", "키가 없는 파일입니다: {0}. "}, error.file) + say(make, error.file);
}

}  // namespace echolab::session
