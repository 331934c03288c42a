#include "tools/echo/owner.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

#include "capture/explain/failure.hpp"
#include "net/socket_owner.hpp"

namespace echolab::echo {
namespace {

inline constexpr Text not_yours{
    "the server at {0} belongs to another user, {1}: everybody on this machine shares this address. Take a port of "
    "your "
    "own (--port N), or a network of your own ({2})",
    "{0}의 서버는 다른 사용자({1})가 띄운 것입니다. 이 주소는 이 컴퓨터의 모든 사용자가 함께 씁니다. 다른 포트를 "
    "쓰거나(--port N) 혼자 쓰는 네트워크에서 실행하세요({2})"};

/// Their name, or their number where they have none.
std::string name_of(uid_t user) {
  std::array<char, 4096> room;
  passwd entry{}, *found = nullptr;
  if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) == 0 && found != nullptr) return found->pw_name;
  return std::to_string(user);
}

}  // namespace

void warn_of_other_owner(const Options& options, timeline::Timeline& timeline, const std::string& protocol,
                         const net::Address& server) {
  if (!server.is_loopback()) return;
  if (const auto owner = net::other_owner(protocol, server, ::geteuid()))
    timeline.problem(R"("kind":"warning")", options.words(not_yours, net::to_string(server), name_of(*owner),
                                                          capture::shell_of(options.started)));
}

}  // namespace echolab::echo
