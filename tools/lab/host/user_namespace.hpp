#pragma once

#include <sys/types.h>

namespace echolab::lab {

/// In a user namespace that this process has just entered it becomes root, and nobody else is anybody
/// (user_namespaces(7)). `uid` and `gid` are its numbers outside. Throws net::CallError.
void become_root(uid_t uid, gid_t gid);

}  // namespace echolab::lab
