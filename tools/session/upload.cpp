#include "tools/session/upload.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <memory>

#include "net/file_descriptor.hpp"

namespace echolab::session {
namespace {

constexpr unsigned most_anew = 100;
constexpr std::chrono::milliseconds until_the_lock_is_free{100};

/// The file, and the hash of what was read of it from its beginning on.
class File {
 public:
  explicit File(const std::string& name) : name_(name), fd_(::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (!fd_ || ::fstat(fd_.get(), &status) < 0) throw NoFile(name_ + ": " + std::strerror(errno));
    if (!S_ISREG(status.st_mode)) throw NoFile(name_ + ": " + std::strerror(S_ISDIR(status.st_mode) ? EISDIR : ESPIPE));
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  std::uint64_t size() const { return size_; }

  std::string_view read(std::uint64_t offset, std::size_t most) {
    room_.resize(std::min<std::uint64_t>(most, size_ - offset));
    for (std::size_t done = 0; done < room_.size();) {
      const auto got = ::pread(fd_.get(), room_.data() + done, room_.size() - done, static_cast<off_t>(offset + done));
      if (got < 0) throw NoFile(name_ + ": " + std::strerror(errno));
      if (got == 0) throw NoFile(name_ + ": " + std::strerror(ENODATA));  // it has become shorter meanwhile
      done += static_cast<std::size_t>(got);
    }
    return room_;
  }

  std::string sha256() {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
    for (std::uint64_t offset = 0; offset < size_; offset += room_.size()) {
      read(offset, 1 << 20);
      EVP_DigestUpdate(hash.get(), room_.data(), room_.size());
    }
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(hash.get(), digest.data(), nullptr);
    std::string hex;
    for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
  }

 private:
  std::string name_;
  net::FileDescriptor fd_;
  std::uint64_t size_ = 0;
  std::string room_;
};

/// The number of "have=4096"; nullopt: the answer does not say.
std::optional<std::uint64_t> have(const Answer& answer) {
  constexpr std::string_view name = "have=";
  std::uint64_t bytes = 0;
  if (!answer.words.starts_with(name)) return std::nullopt;
  const char* end = answer.words.data() + answer.words.size();
  const auto [stop, error] = std::from_chars(answer.words.data() + name.size(), end, bytes);
  if (error != std::errc() || stop != end) return std::nullopt;
  return bytes;
}

class Sender {
 public:
  Sender(Conversation& conversation, const std::string& file) : conversation_(conversation), file_(file) {}

  Uploaded run() {
    if (conversation_.credential().empty()) must(conversation_.ask("LOGIN upload"));
    done_.size = file_.size();
    std::uint64_t offset = offset_of(conversation_.ask("HAVE"));
    while (offset < done_.size) offset = offset_of(put(offset));
    done_.sha256 = file_.sha256();
    return done_;
  }

 private:
  Asked put(std::uint64_t offset) {
    const std::string_view piece = file_.read(offset, conversation_.piece());
    Asked asked = conversation_.ask(fmt::format("PUT {} {}", offset, piece.size()), piece);
    done_.sent += piece.size() * asked.tries;
    done_.resumed += asked.tries - 1;
    return asked;
  }

  /// Where to go on, which the server alone knows.
  std::uint64_t offset_of(const Asked& asked) {
    const Answer& answer = asked.answer;
    if (answer.refused == Reason::store_busy || answer.refused == Reason::store_unavailable) {
      pause(until_the_lock_is_free);
      if (++waited_ == most_waits) throw UploadRefused{answer};
      return offset_of(conversation_.ask("HAVE"));
    }
    waited_ = 0;
    if (answer.refused == Reason::unknown_session && ++done_.anew < most_anew) {
      must(conversation_.ask("LOGIN upload"));
      return 0;
    }
    const auto there = have(answer);
    const bool goes_on = answer.ok() || answer.refused == Reason::offset;
    if (!goes_on || !there || *there > done_.size) throw UploadRefused{answer};
    return *there;
  }

  static void must(const Asked& asked) {
    if (!asked.answer.ok()) throw UploadRefused{asked.answer};
  }

  static constexpr unsigned most_waits = 100;

  Conversation& conversation_;
  File file_;
  Uploaded done_;
  unsigned waited_ = 0;
};

}  // namespace

Uploaded upload(Conversation& conversation, const std::string& file) { return Sender(conversation, file).run(); }

}  // namespace echolab::session
