#include "tools/lab/host/doctor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "tests/lab/host/isolation.hpp"
#include "tools/lab/host/links.hpp"

namespace echolab::lab {
namespace {

Finding refused(Need need, int error, const Settings& settings) {
  Finding finding{.need = need, .tried = true};
  diagnose(finding, error, settings);
  return finding;
}
std::string_view first_mend(const Finding& finding) { return finding.mends.empty() ? "" : finding.mends.front(); }

TEST(Doctor, SaysThatTheLabCanRunExactlyWhereItCan) {
  bool runs = true;
  try {
    isolated([] {
      Network network;
      return 0;
    });
  } catch (const Unavailable&) {
    runs = false;
  }
  EXPECT_EQ(can_run(examine()), runs);
}

TEST(Doctor, LeavesNothingBehind) {
  const auto interfaces = [] {
    std::ifstream file("/proc/net/dev");
    std::string names;
    for (std::string line; std::getline(file, line);) names += line.substr(0, line.find(':')) + "\n";
    return names;
  };
  const auto before = interfaces();
  examine();
  EXPECT_EQ(interfaces(), before);
}

TEST(Doctor, NamesWhatIsMissingAndTriesNothingBehindIt) {
  INSIDE({
    // A limit of this namespace alone.
    if (!set_sysctl("user/max_net_namespaces", "0")) return;
    const auto findings = examine();
    EXPECT_FALSE(can_run(findings));
    const auto missing = std::ranges::find_if(findings, [](const Finding& finding) { return !finding.ok; });
    ASSERT_NE(missing, findings.end());
    EXPECT_EQ(missing->need, Need::network_namespace);
    EXPECT_TRUE(missing->tried);
    EXPECT_NE(missing->kernel.find("unshare"), std::string::npos);
    EXPECT_NE(first_mend(*missing).find("user.max_net_namespaces"), std::string_view::npos);
    EXPECT_FALSE(findings.back().tried);
  });
}

TEST(Doctor, KnowsTheSettingThatStandsInTheWay) {
  const auto mend = [](const Settings& settings, int error) {
    return std::string(first_mend(refused(Need::user_namespace, error, settings)));
  };
  EXPECT_EQ(mend({.userns_clone_off = true}, EPERM), "sudo sysctl -w kernel.unprivileged_userns_clone=1");
  EXPECT_EQ(mend({.no_user_namespaces = true}, ENOSPC), "sudo sysctl -w user.max_user_namespaces=15000");
  EXPECT_EQ(mend({.apparmor_restricts = true}, EPERM), "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
  EXPECT_EQ(mend({.is_root = true, .in_container = true}, EPERM),
            "docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN ...");
  EXPECT_EQ(mend({}, EPERM), "sudo lab run handshake");
  EXPECT_EQ(mend({.is_root = true}, EPERM), "");  // more than root nobody is
}

TEST(Doctor, RightsThatWereTakenAwayShowInWhateverIsRefusedFirst) {
  EXPECT_EQ(refused(Need::veth, EPERM, {.apparmor_restricts = true}).mends,
            refused(Need::user_namespace, EPERM, {.apparmor_restricts = true}).mends);
}

TEST(Doctor, AMissingModuleIsToBeLoaded) {
  EXPECT_EQ(first_mend(refused(Need::veth, EOPNOTSUPP, {})), "sudo modprobe veth");
  EXPECT_EQ(first_mend(refused(Need::packet_socket, EAFNOSUPPORT, {})), "sudo modprobe af_packet");
  EXPECT_EQ(first_mend(refused(Need::sock_diag, ENOENT, {})), "sudo modprobe -a inet_diag tcp_diag");
}

TEST(Doctor, EveryRefusalHasItsSentenceInBothLanguages) {
  for (int need = 0; need < need_count; ++need)
    for (const int error : {EPERM, EACCES, EINVAL, ENOSPC, ENOENT, EOPNOTSUPP}) {
      const Finding finding = refused(static_cast<Need>(need), error, {});
      EXPECT_FALSE(finding.why.en.empty());
      EXPECT_FALSE(finding.why.ko.empty());
    }
  for (const Finding& finding : examine()) {
    EXPECT_FALSE(finding.what.en.empty());
    EXPECT_FALSE(finding.what.ko.empty());
  }
}

}  // namespace
}  // namespace echolab::lab
