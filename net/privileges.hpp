// A program that reads what strangers send must not be able to do more than that.
#pragma once

#include <string>

namespace echolab::net {

/// Makes CAP_NET_RAW effective where it is only permitted (a binary with `setcap cap_net_raw+p`). Harmless elsewhere.
void raise_capture_right();

/// Gives up every capability for good: effective, permitted, inheritable, ambient, and the bounding set where that is
/// allowed. Call it before the first thread starts: capabilities belong to threads. Throws net::CallError.
void drop_privileges();

/// Becomes `user` (a name) with their groups, for good. Throws net::CallError where there is no such user, or
/// no right to (EPERM), or the user has no number in this user namespace (EINVAL).
void become_user(const std::string& user);

}  // namespace echolab::net
