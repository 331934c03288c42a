// A program that reads what strangers send must not be able to do more than that.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace echolab::net {

/// Makes CAP_NET_RAW effective where it is only permitted (a binary with `setcap cap_net_raw+p`). Harmless elsewhere.
void raise_capture_right();

/// Gives up every capability for good: effective, permitted, inheritable, ambient, and the bounding set where that is
/// allowed; no execve brings one back. Call it before the first thread starts: capabilities belong to threads. Throws
/// net::CallError.
void drop_privileges();

struct User {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
};

/// nullopt: there is no user of that name.
std::optional<User> user_named(const std::string& name);
/// Who called sudo; nullopt where this is not root by sudo. Of the environment no other word is taken.
std::optional<User> caller_of_sudo();
/// The user who owns nothing; 65534 where the system has no name for it.
User nobody();

/// Becomes `user` with their groups, for good, and tries that root is out of reach then. False: this user namespace
/// has no number for them (setresuid's EINVAL), and this process is who it was. Throws net::CallError where there is no
/// right to (EPERM), or root could be had back.
bool become(const User& user);

/// Whether this is root of the machine itself, not of a user namespace of one's own.
bool is_root_of_the_machine();

/// Whether this is root for files, too: of the machine or of a container, and, in a user namespace of one's own, by who
/// one is outside of it. Where it cannot be told: true.
bool is_root_outside();

}  // namespace echolab::net
