// Whose program answers at an address of this machine: ports are everybody's, and the first to come has them.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "net/address.hpp"

namespace echolab::net {

/// The user to whom the socket belongs that listens at `address`, where that is somebody else than `me`. nullopt: it is
/// one's own, or nobody knows. `protocol` is "tcp" or "udp", the name of the kernel's table (proc_net(5)).
std::optional<uid_t> other_owner(const std::string& protocol, const Address& address, uid_t me,
                                 const std::filesystem::path& tables = "/proc/net");

}  // namespace echolab::net
