#include "tools/lab/host/doctor.hpp"

#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "net/system_call.hpp"
#include "tools/lab/host/kernel.hpp"
#include "tools/lab/host/links.hpp"
#include "tools/lab/host/netlink.hpp"
#include "tools/lab/host/packet_ring.hpp"
#include "tools/lab/host/user_namespace.hpp"

namespace echolab::lab {
namespace {

constexpr std::array<Text, need_count> names = {{
    {"a user namespace", "사용자 네임스페이스"},
    {"a network namespace", "네트워크 네임스페이스"},
    {"a PID namespace", "PID 네임스페이스"},
    {"a veth pair, the wire's two ends", "veth 쌍(와이어의 양 끝)"},
    {"packet sockets, to take frames from the wire", "패킷 소켓(와이어의 프레임을 받는 길)"},
    {"ethtool, to switch offloads off", "ethtool(오프로드 끄기)"},
    {"sock_diag, to ask the kernel for its sockets", "sock_diag(커널에 소켓 상태를 묻는 길)"},
}};

void unshare(int flag, const char* what) { net::system_call("unshare", ::unshare(flag), what); }

/// As `isolated` does: root does without where it is refused.
void try_user_namespace() {
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  if (::unshare(CLONE_NEWUSER) == 0) return become_root(uid, gid);
  if (uid != 0) throw net::CallError("unshare", "user namespace", errno);
}

void try_need(Need need) {
  switch (need) {
    case Need::user_namespace: return try_user_namespace();
    case Need::network_namespace: return unshare(CLONE_NEWNET, "network namespace");
    case Need::pid_namespace: return unshare(CLONE_NEWPID, "PID namespace");
    case Need::veth: {
      const net::FileDescriptor here(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
      const auto rtnetlink = open_netlink(NETLINK_ROUTE);
      add(rtnetlink, {"one", 100, {2, 0, 0, 0, 0, 1}, "other", {2, 0, 0, 0, 0, 2}, here.get()});
      return bring_up(rtnetlink, "one");
    }
    case Need::packet_socket: PacketRing("one"); return;
    case Need::ethtool: return switch_offloads_off("one");
    case Need::sock_diag: Kernel(open_netlink(NETLINK_SOCK_DIAG)).sockets(); return;
  }
}

/// What the trying process says of one need. Small enough for a pipe to carry it whole (pipe(7), PIPE_BUF).
struct Report {
  int error = 0;
  std::array<char, 128> words{};
};

[[noreturn]] void try_everything(int report_to) {
  for (int need = 0; need < need_count; ++need) {
    Report report;
    try {
      try_need(static_cast<Need>(need));
    } catch (const net::CallError& error) {
      report.error = error.code().value();
      std::strncpy(report.words.data(), error.what(), report.words.size() - 1);
    }
    if (::write(report_to, &report, sizeof report) != sizeof report || report.error != 0) break;
  }
  ::_exit(0);
}

bool setting_is(const char* name, char value) {
  char first = 0;
  return std::ifstream(std::string("/proc/sys/") + name) >> first && first == value;
}

Settings settings_here() {
  return {.is_root = ::geteuid() == 0,
          .in_container = std::filesystem::exists("/.dockerenv") || std::filesystem::exists("/run/.containerenv"),
          .userns_clone_off = setting_is("kernel/unprivileged_userns_clone", '0'),
          .no_user_namespaces = setting_is("user/max_user_namespaces", '0'),
          .apparmor_restricts = setting_is("kernel/apparmor_restrict_unprivileged_userns", '1')};
}

}  // namespace

std::vector<Finding> examine() {
  std::vector<Finding> findings;
  for (int need = 0; need < need_count; ++need)
    findings.push_back({.need = static_cast<Need>(need), .what = names[static_cast<std::size_t>(need)]});
  const Settings settings = settings_here();  // before: a namespace has settings of its own

  int pipe[2];
  net::system_call("pipe2", ::pipe2(pipe, O_CLOEXEC));
  const net::FileDescriptor reports(pipe[0]);
  net::FileDescriptor report_to(pipe[1]);
  const pid_t child = net::system_call("fork", ::fork());
  if (child == 0) try_everything(report_to.get());
  report_to.reset();
  for (Finding& finding : findings) {
    Report report;
    const auto size = net::uninterrupted([&] { return ::read(reports.get(), &report, sizeof report); });
    if (size != sizeof report) break;
    finding.tried = true;
    finding.ok = report.error == 0;
    finding.kernel = report.words.data();
    if (!finding.ok) diagnose(finding, report.error, settings);
  }
  ::waitpid(child, nullptr, 0);
  return findings;
}

bool can_run(const std::vector<Finding>& findings) {
  return std::ranges::all_of(findings, [](const Finding& finding) { return finding.ok; });
}

}  // namespace echolab::lab
