// An echo server over UDP: one socket, and nothing is kept for a client. Read it beside tcp/tcp_server.cpp.
#include <array>
#include <vector>

#include "net/system_call.hpp"
#include "tools/cli/echo_program.hpp"
#include "udp/rate_limit.hpp"
#include "udp/refusal.hpp"
#include "udp/socket.hpp"
#include "udp/texts.hpp"

namespace {

using namespace echolab;
using udp::Refusal;
namespace texts = udp::texts;
using Clock = udp::RateLimit::Clock;

constexpr std::size_t room_size = 64 * 1024;  // one read takes one datagram, which is never larger

class Server {
 public:
  Server(const cli::EchoOptions& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        address_(net::resolve(options.host, options.port)),
        socket_(address_.family(), timeline.calls()),
        rate_(options.rate.value_or(address_.is_loopback() ? options.rate_on_loopback : options.rate_elsewhere)),
        limit_(rate_, Clock::now()) {}

  void talk() {
    if (address_.is_wildcard()) socket_.report_destination();
    socket_.bind(address_);
    address_ = socket_.local_address();
    timeline_.watch_server(address_);  // packets are seen from here on; every privilege is gone
    tell_address();
    while (!done()) {
      net::throw_if_stopped();
      serve();
    }
    hang_up();
  }

  /// Nobody is told: there is no connection to close.
  void hang_up() {
    overflowed_ = socket_.overflowed();
    socket_.close();
  }

  cli::Exit tell_receipt() {
    timeline_.finish();
    if (!address_told_) return cli::Exit::failed;
    timeline_.result(
        fmt::format(R"("kind":"summary","role":"server","proto":"udp","datagrams":{},"answered":{},"bytes":{},)"
                    R"("refused":{{"low_port":{},"own_port":{},"group":{},"cut":{},"rate":{},"unsendable":{}}},)"
                    R"("overflowed":{},"kept_per_client":{{"descriptors":0,"bytes":0}})",
                    datagrams_, answered_, bytes_, refused(Refusal::low_port), refused(Refusal::own_port),
                    refused(Refusal::group), refused(Refusal::cut), over_limit_, unsendable_, overflowed_),
        words_on_what_was_kept());
    return cli::Exit::done;
  }

 private:
  // --- what happens ---

  void serve() {
    const auto datagram = receive();
    timeline_.throw_if_output_lost();
    if (!datagram) return;
    ++datagrams_;
    if (may_answer(*datagram)) answer(*datagram);
  }

  std::optional<udp::Datagram> receive() try {
    return socket_.receive_from(room_);
  } catch (const net::CallError& error) {
    // An ICMP error about an earlier answer: that client has gone, and we never knew it.
    if (error.code().value() == ECONNREFUSED) return std::nullopt;
    throw;
  }

  bool may_answer(const udp::Datagram& datagram) {
    const Refusal why = udp::refusal(datagram, address_.port());
    ++verdicts_[static_cast<std::size_t>(why)];
    if (why != Refusal::none) return false;
    const bool allowed = limit_.allow(Clock::now);
    if (!allowed && over_limit_++ == 0)
      timeline_.problem(R"("kind":"warning")", options_.words(texts::over_limit, rate_));
    return allowed;
  }

  /// Never more bytes than came, and from the address that was asked.
  void answer(const udp::Datagram& datagram) try {
    socket_.send_to(datagram.from, std::span<const std::byte>(room_).first(datagram.size),
                    address_.is_wildcard() ? &datagram.to : nullptr);
    ++answered_;
    bytes_ += datagram.size;
  } catch (const net::CallError&) {  // no way back to it, or no room: UDP loses it like any other
    ++unsendable_;
  }

  bool done() const { return options_.once && answered_ > 0; }

  // --- what is told ---

  void tell_address() {
    address_told_ = true;
    const std::string address = net::to_string(address_);
    timeline_.result(fmt::format(R"("kind":"listening","proto":"udp","address":"{}")", address),
                     options_.words(texts::listening, address));
    timeline_.throw_if_output_lost();  // nobody would know where we are
    if (!address_.is_loopback()) timeline_.problem(R"("kind":"warning")", options_.words(texts::reachable, address));
  }

  std::string words_on_what_was_kept() const {
    std::string words = options_.words(texts::served, datagrams_, answered_, bytes_);
    if (answered_ < datagrams_)
      words += "\n" + options_.words(texts::refused, refused(Refusal::low_port), refused(Refusal::own_port),
                                     refused(Refusal::group), refused(Refusal::cut), over_limit_, unsendable_);
    if (overflowed_ > 0) words += "\n" + options_.words(texts::overflowed, overflowed_);
    return words + "\n" + options_.words(texts::kept);
  }

  std::uint64_t refused(Refusal why) const { return verdicts_[static_cast<std::size_t>(why)]; }

  const cli::EchoOptions& options_;
  timeline::Timeline& timeline_;
  net::Address address_;
  udp::Socket socket_;
  std::uint32_t rate_;
  udp::RateLimit limit_;
  std::vector<std::byte> room_ = std::vector<std::byte>(room_size);
  std::uint64_t datagrams_ = 0, answered_ = 0, bytes_ = 0, over_limit_ = 0, unsendable_ = 0;
  std::uint32_t overflowed_ = 0;
  std::array<std::uint64_t, udp::refusal_count> verdicts_{};
  bool address_told_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const cli::EchoProgram program{
      .name = "udp_server",
      .role = timeline::Role::server,
      .protocol = timeline::Protocol::udp,
      .description = {"Sends back what comes over UDP, and tells the story of each datagram on stderr.",
                      "UDP로 온 것을 그대로 돌려보냅니다. 데이터그램이 오가는 과정은 표준 오류로 보여 줍니다."},
      .footer = {
          "Example: udp_server, and in another terminal: udp_client -m hello\nCtrl-C ends it, with a summary of "
          "what it kept.\n"
          "Exit status: 0 ended; 1 failed; 2 usage; 3 a right is missing",
          "예: udp_server, 그리고 다른 터미널에서: udp_client -m hello\nCtrl-C로 끝내면 무엇을 유지하고 있었는지 "
          "요약해 줍니다.\n"
          "종료 상태: 0 끝남, 1 실패, 2 사용법이 틀림, 3 권한이 없음"}};
  return cli::run_echo<Server>(program, argc, argv);
}
