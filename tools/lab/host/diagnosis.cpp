// Why a machine refuses what a lab needs, as far as its settings tell, and the commands that change it.
#include <cerrno>

#include "tools/lab/host/doctor.hpp"

namespace echolab::lab {
namespace {

struct Cause {
  Text why;
  std::vector<std::string_view> mends;
};

const Cause userns_clone_off{{"this kernel keeps user namespaces for root (kernel.unprivileged_userns_clone is 0)",
                              "이 커널은 사용자 네임스페이스를 root에게만 허용합니다"
                              "(kernel.unprivileged_userns_clone이 0)"},
                             {"sudo sysctl -w kernel.unprivileged_userns_clone=1"}};
const Cause no_user_namespaces{{"no user namespace is allowed here (user.max_user_namespaces is 0)",
                                "여기서는 사용자 네임스페이스를 하나도 만들 수 없습니다(user.max_user_namespaces가 0)"},
                               {"sudo sysctl -w user.max_user_namespaces=15000"}};
const Cause apparmor{{"AppArmor lets an ordinary user make a user namespace but takes every right in it away "
                      "(kernel.apparmor_restrict_unprivileged_userns is 1, as Ubuntu has it since 23.10)",
                      "AppArmor가 일반 사용자의 사용자 네임스페이스에서 모든 권한을 거둬 갑니다"
                      "(Ubuntu 23.10부터 kernel.apparmor_restrict_unprivileged_userns가 1)"},
                     {"sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"}};
const Cause container{
    {"this is a container, and its seccomp profile or its missing capabilities forbid it; start it with "
     "the rights to make networks",
     "여기는 컨테이너라 seccomp 프로필이나 빠진 capability 때문에 막혀 있습니다. "
     "네트워크를 만들 권한을 주고 컨테이너를 다시 띄워야 합니다"},
    {"docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN ...", "docker run --privileged ..."}};
const Cause too_many{{"the limit of namespaces is reached, or it is 0 (user.max_*_namespaces)",
                      "네임스페이스 개수의 한도에 이르렀거나 한도가 0입니다(user.max_*_namespaces)"},
                     {"sudo sysctl -w user.max_user_namespaces=15000 user.max_net_namespaces=15000 "
                      "user.max_pid_namespaces=15000"}};
const Cause not_in_kernel{{"this kernel was built without namespaces", "이 커널은 네임스페이스 없이 만들어졌습니다"},
                          {}};
const Cause refused{{"the kernel refuses it; a security module or a sandbox around this shell may be the reason",
                     "커널이 거부합니다. 보안 모듈이나, 이 셸을 감싼 샌드박스 때문일 수 있습니다"},
                    {"sudo lab run handshake"}};
const Cause refused_to_root{refused.why, {}};
const Cause no_veth{{"the veth driver is not loaded", "veth 드라이버가 올라와 있지 않습니다"}, {"sudo modprobe veth"}};
const Cause no_packet{{"packet sockets are not loaded", "패킷 소켓 모듈이 올라와 있지 않습니다"},
                      {"sudo modprobe af_packet"}};
const Cause no_diag{{"the kernel's TCP part of sock_diag is not loaded", "sock_diag의 TCP 모듈이 올라와 있지 않습니다"},
                    {"sudo modprobe -a inet_diag tcp_diag"}};

bool is_refusal(int error) { return error == EPERM || error == EACCES; }

/// For all three namespaces: the same settings stand in the way.
const Cause& why_no_namespace(int error, const Settings& settings) {
  if (error == EINVAL || error == ENOSYS) return not_in_kernel;
  if (!settings.is_root && settings.userns_clone_off) return userns_clone_off;
  if (!settings.is_root && settings.no_user_namespaces) return no_user_namespaces;
  if (error == ENOSPC || error == EUSERS) return too_many;
  if (!settings.is_root && settings.apparmor_restricts) return apparmor;
  if (settings.in_container) return container;
  return settings.is_root ? refused_to_root : refused;
}

const Cause& cause_of(Need need, int error, const Settings& settings) {
  if (need <= Need::pid_namespace) return why_no_namespace(error, settings);
  // With rights in the namespace nothing of this is refused: they have been taken away.
  if (is_refusal(error)) return why_no_namespace(error, settings);
  switch (need) {
    case Need::veth: return no_veth;
    case Need::packet_socket: return no_packet;
    case Need::sock_diag: return no_diag;
    default: return refused_to_root;
  }
}

}  // namespace

void diagnose(Finding& finding, int error, const Settings& settings) {
  const Cause& cause = cause_of(finding.need, error, settings);
  finding.why = cause.why;
  finding.mends = cause.mends;
}

}  // namespace echolab::lab
