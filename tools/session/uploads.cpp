#include "tools/session/uploads.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "net/system_call.hpp"

namespace echolab::session {
namespace {

std::string made_for_this_run() {
  std::string name = (std::filesystem::temp_directory_path() / "session_server-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw net::CallError("mkdtemp", name, errno);
  return name;
}

constexpr std::string_view prefix = "upload-";
constexpr std::chrono::seconds look{10};  // so often the folder is looked through

std::string file_of(const std::string& session) { return std::string(prefix) + session; }

Reason reason_of(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG ? Reason::full : Reason::store_unavailable;
}

bool write_all(int fd, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const auto written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

}  // namespace

Uploads::Uploads(const std::string& folder, bool durable, std::uint64_t most_bytes)
    : folder_(folder.empty() ? made_for_this_run() : folder),
      durable_(durable),
      of_this_run_(folder.empty()),
      most_bytes_(most_bytes) {
  if (::mkdir(folder_.c_str(), 0700) < 0 && errno != EEXIST) throw net::CallError("mkdir", folder_, errno);
  directory_ = net::FileDescriptor(
      net::system_call("open", ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), folder_));
}

Uploads::~Uploads() {
  std::error_code ignored;
  if (of_this_run_) std::filesystem::remove_all(folder_, ignored);
}

std::optional<Reason> Uploads::write(const std::string& session, std::uint64_t offset, std::string_view bytes) {
  if (session.empty()) return Reason::lost;  // a token that others have made, and no name to keep its bytes under
  const net::FileDescriptor file(
      ::openat(directory_.get(), file_of(session).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) < 0) return reason_of(errno);
  if (static_cast<std::uint64_t>(status.st_size) < offset) return Reason::lost;
  const std::uint64_t end = offset + bytes.size(), size = static_cast<std::uint64_t>(status.st_size);
  const std::uint64_t more = end > size ? end - size : 0;
  if (bytes_ + more > most_bytes_) return Reason::full;
  // What lies behind the offset was never acknowledged: it may be there, from a server that ended between the two
  // steps.
  if (!write_all(file.get(), bytes, offset)) return reason_of(errno);
  bytes_ += more;
  if (durable_ && ::fdatasync(file.get()) < 0) return reason_of(errno);
  return std::nullopt;
}

void Uploads::remove(const std::string& session) {
  struct stat status {};
  if (session.empty() || ::fstatat(directory_.get(), file_of(session).c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0)
    return;
  if (::unlinkat(directory_.get(), file_of(session).c_str(), 0) == 0)
    bytes_ -= std::min(bytes_, static_cast<std::uint64_t>(status.st_size));
}

void Uploads::keep(const std::string& session) {
  if (!session.empty()) ::utimensat(directory_.get(), file_of(session).c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

void Uploads::tidy(Time now, std::chrono::seconds idle) {
  if (now < next_look_) return;
  next_look_ = now + look;
  const auto oldest = std::chrono::floor<std::chrono::seconds>(now - idle).time_since_epoch().count();
  std::error_code ignored;
  bytes_ = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    const std::string name = entry.path().filename();
    struct stat status {};
    if (!name.starts_with(prefix) || ::fstatat(directory_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) < 0)
      continue;
    if (status.st_mtim.tv_sec < oldest)
      ::unlinkat(directory_.get(), name.c_str(), 0);
    else
      bytes_ += static_cast<std::uint64_t>(status.st_size);
  }
}

}  // namespace echolab::session
