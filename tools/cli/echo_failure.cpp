#include "tools/cli/echo_failure.hpp"

#include <fmt/format.h>

namespace echolab::cli {
namespace {

namespace words {
// {0} is the address, {1} the program, {2} the port, {3} the time-out in seconds, {4} the program's peer, {6} another
// port.
inline constexpr Text refused{
    "nobody listens on {0} (connection refused). Start a server there: {4} --port {2}",
    "기다리는 서버가 없습니다(connection refused): {0}. 서버를 먼저 띄우세요: {4} --port {2}"};
inline constexpr Text no_answer{"no answer from {0} in {3} s: the host is silent, or a firewall drops the packets",
                                "{0}: {3}초 동안 답이 없습니다. 호스트가 꺼져 있거나 방화벽이 패킷을 버리고 있습니다"};
inline constexpr Text stalled{"{0} takes nothing more and sends nothing: waited {3} s",
                              "{0}: 더 받지도 보내지도 않습니다. {3}초를 기다렸습니다"};
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
inline constexpr Text no_way{"there is no route to {0} from here (network unreachable). Look at: ip route",
                             "가는 경로가 없는 주소입니다(network unreachable): {0}. 확인: ip route"};
inline constexpr Text no_family{"this machine has no IPv6 or it is switched off: {0}",
                                "이 컴퓨터에 IPv6가 없거나 꺼져 있습니다: {0}"};
inline constexpr Text reset{"the server ended the connection with RST", "서버가 RST로 연결을 끊었습니다"};
inline constexpr Text too_large{"the message is larger than a UDP datagram to {0} can be (at most {5} bytes)",
                                "UDP 데이터그램 하나에 담을 수 없는 메시지입니다(최대 {5}바이트). 받는 주소: {0}"};
}  // namespace words

const Text* text_for(const net::CallError& error) {
  switch (error.code().value()) {
    case ECONNREFUSED: return &words::refused;
    case ETIMEDOUT: return error.call() == "connect" ? &words::no_answer : &words::stalled;
    case EADDRINUSE: return &words::in_use;
    case EADDRNOTAVAIL: return &words::not_ours;
    case ENETUNREACH:
    case EHOSTUNREACH: return &words::no_way;
    case EAFNOSUPPORT: return &words::no_family;
    case ECONNRESET:
    case EPIPE: return &words::reset;
    case EMSGSIZE: return &words::too_large;
    case EACCES: return error.call() == "bind" ? &words::low_port : nullptr;
    default: return nullptr;
  }
}

/// A port to try instead.
int another(std::uint16_t port) { return port < 65535 ? port + 1 : port - 1; }

std::string shown_address(const net::CallError& error, const EchoOptions& options) {
  if (!error.subject().empty()) return error.subject();
  const bool v6 = options.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(v6 ? "[{}]:{}" : "{}:{}"), options.host, options.port);
}

}  // namespace

std::string failure_text(const net::CallError& error, const EchoProgram& program, const EchoOptions& options) {
  const Text* text = text_for(error);
  if (text == nullptr) return error.what();
  const bool tcp = program.protocol == timeline::Protocol::tcp;
  const std::string address = shown_address(error, options);
  const double seconds = std::chrono::duration<double>(options.timeout).count();
  const bool client = program.role == timeline::Role::client;
  const std::string peer = fmt::format("{}_{}", tcp ? "tcp" : "udp", client ? "server" : "client");
  return fmt::format(fmt::runtime(text->in(options.common.lang)), address, options.started, options.port, seconds,
                     beside(options.started, peer), address.front() == '[' ? 65527 : 65507, another(options.port));
}

bool lacks_right(const net::CallError& error) { return error.call() == "bind" && error.code().value() == EACCES; }

}  // namespace echolab::cli
