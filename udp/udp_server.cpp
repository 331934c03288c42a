// The program udp_server: its options, its words and its JSON. What it does over UDP is udp/server.cpp.
#include "tools/echo/program.hpp"
#include "udp/server.hpp"
#include "udp/texts.hpp"

namespace {

using namespace echolab;
using udp::Refusal;
namespace texts = udp::texts;

class UdpServer final : public udp::ServerReport {
 public:
  UdpServer(const echo::Options& options, timeline::Timeline& timeline)
      : UdpServer(options, timeline, net::resolve(options.host, options.port)) {}

  void talk() {
    server_.bind();
    timeline_.watch_server(server_.address());  // packets are seen from here on; every privilege is gone
    tell_address();
    server_.serve();
  }

  void hang_up() { server_.hang_up(); }

  cli::Exit tell_receipt() {
    timeline_.finish();
    if (!told_) return cli::Exit::failed;
    const udp::Served& served = server_.served();
    timeline_.result(
        fmt::format(R"("kind":"summary","role":"server","proto":"udp","datagrams":{},"answered":{},"bytes":{},)"
                    R"("refused":{{"low_port":{},"own_port":{},"group":{},"cut":{},"rate":{},"unsendable":{}}},)"
                    R"("overflowed":{},"kept_per_client":{{"descriptors":0,"bytes":0}})",
                    served.datagrams, served.answered, served.bytes, served[Refusal::low_port],
                    served[Refusal::own_port], served[Refusal::group], served[Refusal::cut], served.over_limit,
                    served.unsendable, served.overflowed),
        words_on_what_was_kept());
    return cli::Exit::done;
  }

 private:
  UdpServer(const echo::Options& options, timeline::Timeline& timeline, const net::Address& address)
      : options_(options),
        timeline_(timeline),
        rate_(options.rate.value_or(address.is_loopback() ? options.rate_on_loopback : options.rate_elsewhere)),
        server_(address, {.once = options.once, .rate = rate_}, *this) {}

  // --- what the server reports ---

  net::CallLog* calls() override { return timeline_.calls(); }
  void tick() override { timeline_.throw_if_output_lost(); }
  void over_limit() override {
    if (server_.served().over_limit == 1)
      timeline_.problem(R"("kind":"warning")", options_.words(texts::over_limit, rate_));
  }

  // --- what is told ---

  void tell_address() {
    told_ = true;
    const std::string address = net::to_string(server_.address());
    timeline_.result(fmt::format(R"("kind":"listening","proto":"udp","address":"{}")", address),
                     options_.words(texts::listening, address));
    timeline_.throw_if_output_lost();  // nobody would know where we are
    if (!server_.address().is_loopback())
      timeline_.problem(R"("kind":"warning")", options_.words(texts::reachable, address));
  }

  std::string words_on_what_was_kept() const {
    const udp::Served& served = server_.served();
    std::string words = options_.words(texts::served, served.datagrams, served.answered, served.bytes);
    if (served.answered < served.datagrams)
      words +=
          "\n" + options_.words(texts::refused, served[Refusal::low_port], served[Refusal::own_port],
                                served[Refusal::group], served[Refusal::cut], served.over_limit, served.unsendable);
    if (served.overflowed > 0) words += "\n" + options_.words(texts::overflowed, served.overflowed);
    return words + "\n" + options_.words(texts::kept);
  }

  const echo::Options& options_;
  timeline::Timeline& timeline_;
  const std::uint32_t rate_;
  udp::Server server_;
  bool told_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const echo::Program program{
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
  return echo::run<UdpServer>(program, argc, argv);
}
