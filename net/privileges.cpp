#include "net/privileges.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "net/system_call.hpp"

namespace echolab::net {
namespace {

using Capabilities = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;

void set(const Capabilities& capabilities) {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  system_call("capset", ::syscall(SYS_capset, &header, capabilities.data()));
}

Capabilities current() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  Capabilities capabilities{};
  system_call("capget", ::syscall(SYS_capget, &header, capabilities.data()));
  return capabilities;
}

/// It can be lowered only with CAP_SETPCAP: whoever lacks it gains nothing from an execve anyway.
void lower_bounding_set() {
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability)
    ::prctl(PR_CAPBSET_DROP, capability);
}

/// A whole number in the environment, root's 0 excepted.
std::optional<std::uint32_t> number_in_environment(const char* name) {
  const char* set = std::getenv(name);
  const std::string_view text = set != nullptr ? set : "";
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

/// Whether this user namespace has a number for the user; any other failure throws.
bool is_mapped(const char* call, int result, const User& user) {
  if (result < 0 && errno == EINVAL) return false;
  system_call(call, result, user.name);
  return true;
}

void expect_no_way_back() {
  if (::setuid(0) == 0 || ::seteuid(0) == 0) throw CallError("setresuid", "root can be had back", EPERM);
}

/// Whether this user namespace has one user alone.
bool is_alone() {
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t inside = 0, outside = 0, count = 0;
  return map >> inside >> outside >> count && count == 1 && !(map >> inside);
}

bool belongs_to_root(const char* path) {
  struct stat found {};
  return ::stat(path, &found) != 0 || found.st_uid == 0;
}

}  // namespace

void raise_capture_right() {
  constexpr auto net_raw = std::uint32_t{1} << CAP_NET_RAW;
  Capabilities capabilities = current();
  if ((capabilities[0].permitted & net_raw) == 0 || (capabilities[0].effective & net_raw) != 0) return;
  capabilities[0].effective |= net_raw;
  set(capabilities);
}

void drop_privileges() {
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  lower_bounding_set();
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  set({});
}

std::optional<User> user_named(const std::string& name) {
  const passwd* entry = ::getpwnam(name.c_str());
  if (entry == nullptr) return std::nullopt;
  return User{.name = entry->pw_name, .uid = entry->pw_uid, .gid = entry->pw_gid};
}

std::optional<User> caller_of_sudo() {
  if (::getuid() != 0) return std::nullopt;  // whoever is not root could have written anything there
  const auto uid = number_in_environment("SUDO_UID"), gid = number_in_environment("SUDO_GID");
  if (!uid) return std::nullopt;
  const passwd* entry = ::getpwuid(*uid);
  if (entry != nullptr) return User{.name = entry->pw_name, .uid = *uid, .gid = entry->pw_gid};
  return User{.name = std::to_string(*uid), .uid = *uid, .gid = gid.value_or(*uid)};
}

User nobody() {
  constexpr std::uint32_t overflow_id = 65534;  // what the kernel calls ids that it cannot name (proc(5), overflowuid)
  return user_named("nobody").value_or(User{.name = "nobody", .uid = overflow_id, .gid = overflow_id});
}

bool become(const User& user) {
  if (::getuid() == user.uid && ::geteuid() == user.uid) return true;
  lower_bounding_set();  // while this is root: later the right to is gone
  // The groups before the user, for the same reason.
  if (!is_mapped("setresgid", ::setresgid(user.gid, user.gid, user.gid), user)) return false;
  system_call("initgroups", ::initgroups(user.name.c_str(), user.gid), user.name);
  if (!is_mapped("setresuid", ::setresuid(user.uid, user.uid, user.uid), user)) return false;
  if (user.uid != 0) expect_no_way_back();
  return true;
}

bool is_root_of_the_machine() {
  constexpr std::uint64_t every_id = 4'294'967'295;
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t inside = 1, outside = 1, count = 0;
  map >> inside >> outside >> count;
  return ::geteuid() == 0 && inside == 0 && outside == 0 && count == every_id;
}

bool is_root_outside() {
  if (::geteuid() != 0) return false;
  // What is the machine's root's, or the container's, has no owner here unless we are they (user_namespaces(7)).
  return !is_alone() || belongs_to_root("/proc/sys/kernel") || belongs_to_root("/");
}

}  // namespace echolab::net
