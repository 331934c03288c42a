#include "net/privileges.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

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
  // The bounding set can be lowered only with CAP_SETPCAP: whoever lacks it gains nothing from an execve anyway.
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability)
    ::prctl(PR_CAPBSET_DROP, capability);
  set({});
}

void become_user(const std::string& user) {
  errno = 0;
  const passwd* entry = ::getpwnam(user.c_str());
  if (entry == nullptr) throw CallError("getpwnam", user, errno != 0 ? errno : ENOENT);
  system_call("initgroups", ::initgroups(user.c_str(), entry->pw_gid), user);
  system_call("setresgid", ::setresgid(entry->pw_gid, entry->pw_gid, entry->pw_gid), user);
  system_call("setresuid", ::setresuid(entry->pw_uid, entry->pw_uid, entry->pw_uid), user);
}

}  // namespace echolab::net
