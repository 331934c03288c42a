// What this machine allows of all that a lab needs, tried one after the other, and how to get what is missing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/text.hpp"

namespace echolab::lab {

/// What a lab needs, in the order in which it is made: each stands on the ones before it.
enum class Need : std::uint8_t {
  user_namespace,
  network_namespace,
  pid_namespace,
  veth,
  packet_socket,
  ethtool,
  sock_diag
};
inline constexpr int need_count = 7;

struct Finding {
  Need need = Need::user_namespace;
  Text what{};  // a noun: "a user namespace"
  bool tried = false, ok = false;
  Text why{};                             // where it is not ok: a sentence
  std::string kernel{};                   // and the kernel's own words: "unshare: Operation not permitted"
  std::vector<std::string_view> mends{};  // commands to copy, any of which may help; may be empty
};

/// Tries everything in a process of its own, which leaves nothing behind, until something is refused. Throws
/// net::CallError where even that process cannot be had.
std::vector<Finding> examine();

/// Whether nothing is missing.
bool can_run(const std::vector<Finding>& findings);

/// What the machine's settings say; read by `examine`, an argument where a test plays another machine.
struct Settings {
  bool is_root = false;
  bool in_container = false;
  bool userns_clone_off = false;    // kernel.unprivileged_userns_clone = 0 (Debian's kernels)
  bool no_user_namespaces = false;  // user.max_user_namespaces = 0
  bool apparmor_restricts = false;  // kernel.apparmor_restrict_unprivileged_userns = 1 (Ubuntu 23.10 and later)
};

/// Fills in why `error` refused the need of `finding`, and the mend.
void diagnose(Finding& finding, int error, const Settings& settings);

}  // namespace echolab::lab
