#include "tools/lab/host/user_namespace.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "net/file_descriptor.hpp"
#include "net/system_call.hpp"

namespace echolab::lab {
namespace {

void write_map(const char* path, const std::string& text) {
  const net::FileDescriptor file(net::system_call("open", ::open(path, O_WRONLY | O_CLOEXEC), path));
  net::system_call("write", ::write(file.get(), text.data(), text.size()), path);
}

}  // namespace

void become_root(uid_t uid, gid_t gid) {
  write_map("/proc/self/setgroups", "deny");
  write_map("/proc/self/uid_map", "0 " + std::to_string(uid) + " 1");
  write_map("/proc/self/gid_map", "0 " + std::to_string(gid) + " 1");
}

}  // namespace echolab::lab
