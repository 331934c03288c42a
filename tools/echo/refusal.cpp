#include "tools/echo/refusal.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace echolab::echo {
namespace {

namespace words {
// {0} is the server's address, {1} who sent the error, {2} its name, {3} "ICMP" or "ICMPv6", {4} and {5} type and code.
inline constexpr Text refused{"access to {0} is refused, says {1}: {2} ({3} type {4}, code {5})",
                              "거절당했습니다: {0}. {1}에서 알려 왔습니다: {2} ({3} type {4}, code {5})"};
inline constexpr Text unreachable{"{0} is unreachable, says {1}: {2} ({3} type {4}, code {5})",
                                  "닿을 수 없습니다: {0}. {1}에서 알려 왔습니다: {2} ({3} type {4}, code {5})"};
// {0} is the server's address, {1} its host, {2} who sent the error, {3} the port, {4} the server's program, {5} a
// number of bytes, {6} "ip" or "ip -6".
inline constexpr Text no_program{"port unreachable: ICMP says that nobody has {0}",
                                 "port unreachable. ICMP가 알려 왔습니다. 기다리는 프로그램이 없습니다: {0}"};
inline constexpr Text start_one{"Start a server there: {4} --port {3}", "서버를 먼저 띄우세요: {4} --port {3}"};
// {0} this host of the lab, {1} the command
inline constexpr Text other_host{"That is this host alone, {0}. The hosts' names are client and server: {1}",
                                 "이 주소는 이 호스트({0}) 자신입니다. 두 호스트의 이름은 client와 server입니다: {1}"};
inline constexpr Text firewall_of_host{
    "A port where nobody listens answers RST: this is a firewall of that host. Its rules: nft list ruleset, there",
    "기다리는 프로그램이 없는 포트라면 RST로 답했을 것입니다. 그 호스트의 방화벽이 막은 것입니다. 규칙은 그 호스트에서 확인: "
    "nft list ruleset"};
inline constexpr Text firewall{
    "A firewall there rejects it; the server has seen nothing. Its rules, on {2}: nft list ruleset",
    "그곳의 방화벽이 거절했고 서버는 아무것도 받지 못했습니다. 규칙은 {2}에서 확인: nft list ruleset"};
inline constexpr Text prohibited{
    "A firewall or a route there forbids it. On {2}: nft list ruleset, and {6} route show match {1}",
    "그곳의 방화벽이나 경로 설정이 막고 있습니다. {2}에서 확인: nft list ruleset, 그리고 {6} route show match {1}"};
inline constexpr Text nobody_there{
    "It finds nobody with that address on its link: is the host on, and the address right? On {2}: {6} neigh show {1}, "
    "and {6} route show match {1}",
    "그곳에서 찾아도 그 주소의 호스트가 없습니다. 호스트가 켜져 있는지, 주소가 맞는지 보세요. {2}에서 확인: {6} neigh show "
    "{1}, 그리고 {6} route show match {1}"};
inline constexpr Text nobody_here{
    "That is this machine: nobody on its own link answers for that address. Is the host on, and the address right? "
    "{6} neigh show {1}",
    "이 컴퓨터 자신입니다. 같은 링크에 그 주소로 답하는 호스트가 없습니다. 호스트가 켜져 있는지, 주소가 맞는지 보세요: "
    "{6} neigh show {1}"};
inline constexpr Text no_route{"It has no way to there. On {2}: {6} route get {1}",
                               "그곳에는 이 주소로 가는 경로가 없습니다. {2}에서 확인: {6} route get {1}"};
inline constexpr Text hops{"It went in a circle, or too far. The way: tracepath -n {1}",
                           "패킷이 돌고 돌았거나 너무 멀리 갔습니다. 지나간 길: tracepath -n {1}"};
inline constexpr Text too_large{"The path takes packets of {5} bytes at most",
                                "이 경로로는 {5}바이트가 넘는 패킷이 지나가지 못합니다"};
inline constexpr Text other{"The way: tracepath -n {1}", "지나간 길: tracepath -n {1}"};
}  // namespace words

enum class Kind : std::uint8_t { port, prohibited, host, network, hops, size, other };

Kind kind_v4(const net::IcmpError& error) {
  if (error.type == 11) return Kind::hops;
  if (error.type != 3) return Kind::other;
  switch (error.code) {
    case 0:
    case 6:
    case 11: return Kind::network;
    case 1:
    case 7:
    case 8:
    case 12: return Kind::host;
    case 3: return Kind::port;
    case 4: return Kind::size;
    case 9:
    case 10:
    case 13: return Kind::prohibited;
    default: return Kind::other;
  }
}

Kind kind_v6(const net::IcmpError& error) {
  if (error.type == 2) return Kind::size;
  if (error.type == 3) return Kind::hops;
  if (error.type != 1) return Kind::other;
  switch (error.code) {
    case 0: return Kind::network;
    case 3: return Kind::host;
    case 4: return Kind::port;
    case 1:
    case 5:
    case 6: return Kind::prohibited;
    default: return Kind::other;
  }
}

/// What to do about it.
const Text& mend(Kind kind, bool from_server, bool from_us) {
  switch (kind) {
    case Kind::port: return from_server ? words::firewall_of_host : words::firewall;
    case Kind::prohibited: return words::prohibited;
    case Kind::host: return from_us ? words::nobody_here : words::nobody_there;
    case Kind::network: return words::no_route;
    case Kind::hops: return words::hops;
    case Kind::size: return words::too_large;
    default: return words::other;
  }
}

}  // namespace

std::string mend_in_lab(const net::Address& server, const Options& options) {
  const char* host = std::getenv("ECHOLAB_HOST");
  if (host == nullptr || std::getenv("ECHOLAB_SERVER") == nullptr || !server.is_loopback()) return {};
  const std::string port = options.port == Options().port ? "" : fmt::format(" --port {}", options.port);
  return options.words(words::other_host, host, fmt::format("{} server{}", options.started, port));
}

Refusal refusal(const net::IcmpError& error, const net::Address& server, const Options& options) {
  const bool tcp = options.timeline.protocol == timeline::Protocol::tcp;
  const std::string who = net::host_string(error.from), host = net::host_string(server);
  const std::string peer = cli::beside(options.started, tcp ? "tcp_server" : "udp_server");
  const Kind kind = error.v6 ? kind_v6(error) : kind_v4(error);
  const auto say = [&](const Text& text) {
    return options.words(text, net::to_string(server), host, who, server.port(), peer, error.mtu,
                         error.v6 ? "ip -6" : "ip");
  };
  if (kind == Kind::port && who == host && !tcp) {
    const std::string in_lab = mend_in_lab(server, options);
    return {say(words::no_program), in_lab.empty() ? say(words::start_one) : in_lab};
  }
  const bool refused = kind == Kind::port || kind == Kind::prohibited;
  return {options.words(refused ? words::refused : words::unreachable, net::to_string(server), who, net::name(error),
                        error.v6 ? "ICMPv6" : "ICMP", error.type, error.code),
          say(mend(kind, who == host, net::is_own(error.from)))};
}

}  // namespace echolab::echo
