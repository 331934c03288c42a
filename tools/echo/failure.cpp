#include "tools/echo/failure.hpp"

#include <fmt/format.h>

#include "tools/echo/refusal.hpp"

namespace echolab::echo {
namespace {

namespace words {
// {0} is the address, {1} the program, {2} the port, {3} the time-out in seconds, {4} the program's peer, {5} bytes,
// {6} another port, {7} the host, {8} "ip" or "ip -6".
inline constexpr Text refused{
    "nobody listens on {0} (connection refused). Start a server there: {4} --port {2}",
    "기다리는 서버가 없습니다(connection refused): {0}. 서버를 먼저 띄우세요: {4} --port {2}"};
inline constexpr Text nobody_listens{"nobody listens on {0} (connection refused). ",
                                     "기다리는 서버가 없습니다(connection refused): {0}. "};
inline constexpr Text no_answer{"no answer from {0} in {3} s: the host is silent, or a firewall drops the packets",
                                "{0}: {3}초 동안 답이 없습니다. 호스트가 꺼져 있거나 방화벽이 패킷을 버리고 있습니다"};
inline constexpr Text stalled{"{0} takes nothing more and sends nothing: waited {3} s",
                              "{0}: 더 받지도 보내지도 않습니다. {3}초를 기다렸습니다"};
inline constexpr Text unacknowledged{
    "{0} acknowledges nothing: the kernel sent again for long enough and gave up. The host is gone, or packets are lost",
    "{0}: ACK가 오지 않아 커널이 재전송을 포기했습니다. 호스트가 사라졌거나 패킷을 잃고 있습니다"};
inline constexpr Text in_use{
    "Address already in use: {0}. Who has it: ss -ltnup 'sport = :{2}'. Another port: {1} --port {6}, and "
    "{4} --port {6}",
    "이미 쓰이고 있는 주소입니다(Address already in use): {0}. 누가 쓰는지: ss -ltnup 'sport = :{2}'. 다른 포트로: "
    "{1} --port {6}, 클라이언트는 {4} --port {6}"};
inline constexpr Text low_port{
    "ports below 1024 need a right (CAP_NET_BIND_SERVICE) that this program does not have. Take another port "
    "({1} --port 9000, and {4} --port 9000), or sudo {1} --port {2}",
    "1024보다 작은 포트를 쓰려면 권한(CAP_NET_BIND_SERVICE)이 필요합니다. 다른 포트를 쓰거나({1} --port 9000, "
    "클라이언트는 {4} --port 9000) sudo를 붙이세요: sudo {1} --port {2}"};
inline constexpr Text not_ours{"{0} is not an address of this machine. Its addresses: ip -brief address",
                               "이 컴퓨터의 주소가 아닙니다: {0}. 이 컴퓨터의 주소: ip -brief address"};
// Our own kernel refuses: nothing was sent, and no ICMP error came.
inline constexpr Text no_way{
    "this machine has no route to {0} (network unreachable), so nothing was sent. Its routes: {8} route",
    "이 컴퓨터에는 그 주소로 가는 경로가 없어(network unreachable) 아무것도 보내지 않았습니다: {0}. 경로 확인: {8} route"};
inline constexpr Text unreachable_route{
    "this machine's own kernel refuses: its route to {0} says unreachable, so nothing was sent. The route: {8} route "
    "show match {7}",
    "이 컴퓨터의 커널이 거절했습니다. 경로에 unreachable로 적혀 있어 아무것도 보내지 않았습니다: {0}. 그 경로: {8} route show "
    "match {7}"};
inline constexpr Text prohibit_route{
    "this machine's own kernel refuses: its route to {0} says prohibit, so nothing was sent. The route: {8} route show "
    "match {7}",
    "이 컴퓨터의 커널이 거절했습니다. 경로에 prohibit로 적혀 있어 아무것도 보내지 않았습니다: {0}. 그 경로: {8} route show "
    "match {7}"};
inline constexpr Text blackhole_route{
    "this machine's own kernel refuses: its route to {0} is a blackhole, so nothing was sent. The route: {8} route show "
    "match {7}",
    "이 컴퓨터의 커널이 거절했습니다. 경로가 blackhole이라 아무것도 보내지 않았습니다: {0}. 그 경로: {8} route show match {7}"};
inline constexpr Text own_firewall{
    "this machine's own firewall forbids to send to {0}, so nothing was sent. Its rules: nft list ruleset",
    "이 컴퓨터의 방화벽이 막아 아무것도 보내지 않았습니다: {0}. 규칙 확인: nft list ruleset"};
inline constexpr Text group{
    "this machine's own kernel refuses: {7} is the address of many (broadcast or multicast), so nothing was sent. An "
    "echo has one server: give its own address. Those here: ip -brief address",
    "이 컴퓨터의 커널이 거절했습니다. 여럿에게 가는 주소(broadcast 또는 multicast)라 아무것도 보내지 않았습니다: {7}. 에코 "
    "서버는 하나이므로 그 서버의 주소를 주세요. 이 컴퓨터의 주소: ip -brief address"};
inline constexpr Text which_link{
    "{7} is an address on every link (link-local), so nothing was sent: say on which, as {7}%eth0. The links here: ip "
    "-brief link",
    "링크마다 있을 수 있는 주소(link-local)라 아무것도 보내지 않았습니다: {7}. 어느 링크인지 {7}%eth0처럼 적어 주세요. 이 "
    "컴퓨터의 링크: ip -brief link"};
// The connection was there.
inline constexpr Text broke{
    "the connection to {0} broke: nothing was acknowledged any more, and the last that was heard is an ICMP error: {9}. "
    "The way: tracepath -n {7}",
    "연결이 끊어졌습니다: {0}. ACK가 더 오지 않았고 마지막으로 온 것은 ICMP 오류입니다: {9}. 지나가는 길: tracepath -n {7}"};
inline constexpr Text no_answer_but_icmp{"no answer in {0} s, but an ICMP error: ",
                                         "{0}초 동안 답은 없고 ICMP 오류만 왔습니다. "};
inline constexpr Text no_family{"this machine has no IPv6 or it is switched off: {0}",
                                "이 컴퓨터에 IPv6가 없거나 꺼져 있습니다: {0}"};
inline constexpr Text reset{"the server ended the connection with RST", "서버가 RST로 연결을 끊었습니다"};
inline constexpr Text too_large{"the message is larger than a UDP datagram to {0} can be (at most {5} bytes)",
                                "UDP 데이터그램 하나에 담을 수 없는 메시지입니다(최대 {5}바이트). 받는 주소: {0}"};
}  // namespace words

bool is_link_local(const net::Address& address) {
  const auto octets = address.octets();
  return octets.size() == 16 && octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
}

/// Why our own kernel sends nothing to `server`; what each error of a route means is in rtnetlink's fib (RTN_PROHIBIT:
/// EACCES, RTN_BLACKHOLE: EINVAL, RTN_UNREACHABLE: EHOSTUNREACH).
const Text* local_refusal(int error, const net::Address& server) {
  const bool group = (error == EACCES || error == ENETUNREACH || error == EINVAL) && net::is_group(server);
  if (group) return &words::group;
  switch (error) {
    case ENETUNREACH: return &words::no_way;
    case EHOSTUNREACH: return &words::unreachable_route;
    case EACCES: return &words::prohibit_route;
    case EINVAL: return is_link_local(server) ? &words::which_link : &words::blackhole_route;
    case EPERM: return &words::own_firewall;
    default: return nullptr;
  }
}

const Text* text_for(const net::CallError& error) {
  const bool sends = error.call() == "connect" || error.call() == "sendto";
  switch (error.code().value()) {
    case ECONNREFUSED: return &words::refused;
    case ETIMEDOUT:
      if (error.call() == "recv") return &words::unacknowledged;  // ours has passed without an error
      return error.call() == "connect" ? &words::no_answer : &words::stalled;
    case EADDRINUSE: return &words::in_use;
    case EADDRNOTAVAIL: return &words::not_ours;
    case ENETUNREACH:
    case EHOSTUNREACH: return sends ? nullptr : &words::broke;
    case EAFNOSUPPORT: return &words::no_family;
    case ECONNRESET:
    case EPIPE: return &words::reset;
    case EMSGSIZE: return &words::too_large;
    case EACCES: return error.call() == "bind" ? &words::low_port : nullptr;
    default: return nullptr;
  }
}

/// The address that the call was about.
net::Address address_of(const net::CallError& error, const Options& options) {
  const std::string shown = error.subject();  // "10.0.0.1:9000", "[fe80::1%eth0]:9000"
  const auto colon = shown.rfind(':');
  if (colon == shown.npos) return net::resolve(options.host, options.port);
  const bool v6 = shown.front() == '[';
  return net::resolve(v6 ? shown.substr(1, colon - 2) : shown.substr(0, colon), options.port);
}

/// A port to try instead.
int another(std::uint16_t port) { return port < 65535 ? port + 1 : port - 1; }

std::string shown_address(const net::CallError& error, const Options& options) {
  if (!error.subject().empty()) return error.subject();
  const bool v6 = options.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(v6 ? "[{}]:{}" : "{}:{}"), options.host, options.port);
}

}  // namespace

std::string failure_text(const net::CallError& error, const Program& program, const Options& options) {
  const Text* text = text_for(error);
  if (text == &words::refused)
    if (const auto mend = mend_in_lab(address_of(error, options), options); !mend.empty())
      return options.words(words::nobody_listens, shown_address(error, options)) + mend;
  std::string host = options.host;
  if (text == nullptr && (error.call() == "connect" || error.call() == "sendto")) {
    const net::Address server = address_of(error, options);
    host = net::host_string(server);
    text = local_refusal(error.code().value(), server);
  }
  if (text == nullptr) return error.what();
  const bool tcp = program.protocol == timeline::Protocol::tcp;
  const std::string address = shown_address(error, options);
  const bool v6 = address.front() == '[';
  const double seconds = std::chrono::duration<double>(options.timeout).count();
  const bool client = program.role == timeline::Role::client;
  const std::string peer = fmt::format("{}_{}", tcp ? "tcp" : "udp", client ? "server" : "client");
  return options.words(*text, address, options.started, options.port, seconds, cli::beside(options.started, peer),
                       v6 ? 65527 : 65507, another(options.port), host, v6 ? "ip -6" : "ip", error.code().message());
}

std::string failure_text(const net::RefusedOnTheWay& error, const Options& options) {
  const std::string why = refusal(error.icmp(), address_of(error, options), options).text();
  if (error.code().value() != ETIMEDOUT) return why;
  const double seconds = std::chrono::duration<double>(options.timeout).count();
  return options.words(words::no_answer_but_icmp, seconds) + why;
}

bool lacks_right(const net::CallError& error) { return error.call() == "bind" && error.code().value() == EACCES; }

}  // namespace echolab::echo
