// The program tcp_server: its options, its words and its JSON. What it does over TCP is tcp/server.cpp.
#include <sys/resource.h>

#include <utility>

#include "tcp/server.hpp"
#include "tcp/texts.hpp"
#include "tools/echo/program.hpp"

namespace {

using namespace echolab;
namespace texts = tcp::texts;

/// A descriptor a client: take as many as we may have.
void take_all_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

class TcpServer final : public tcp::ServerReport {
 public:
  TcpServer(const echo::Options& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        server_(net::resolve(options.host, options.port),
                {.once = options.once, .max_clients = options.max_clients, .idle_timeout = options.idle_timeout},
                *this) {}

  void talk() {
    server_.bind();
    timeline_.watch_server(server_.address());  // packets are seen from here on; every privilege is gone
    server_.listen();
    tell_address();
    take_all_descriptors();
    server_.serve();
  }

  void hang_up() { server_.hang_up(); }

  cli::Exit tell_receipt() {
    timeline_.finish();
    if (!told_) return cli::Exit::failed;
    const tcp::Sessions& sessions = server_.sessions();
    timeline_.result(
        fmt::format(R"("kind":"summary","role":"server","proto":"tcp","clients":{},"bytes_in":{},"bytes_out":{},)"
                    R"("kept_per_client":{{"descriptors":1,"bytes":{},"unsent_limit":{},"kernel_socket_bytes":{}}})",
                    sessions.count(), sessions.bytes_in(), sessions.bytes_out(), sizeof(tcp::Session),
                    tcp::Server::most_unsent, kernel_socket_bytes()),
        words_on_what_was_kept());
    return cli::Exit::done;
  }

 private:
  // --- what the server reports ---

  net::CallLog* calls() override { return timeline_.calls(); }
  void tick() override { timeline_.throw_if_output_lost(); }
  void no_descriptor() override {
    if (!std::exchange(shortage_told_, true))
      timeline_.problem(R"("kind":"warning")", options_.words(texts::no_more_files));
  }
  void full() override {
    if (!std::exchange(full_told_, true))
      timeline_.problem(R"("kind":"warning")", options_.words(texts::full, options_.max_clients));
  }
  void sends_away(const net::Address& peer, Reason reason) override {
    const Text& text = reason == Reason::makes_room ? texts::made_room : texts::idle;
    timeline_.note(options_.words(text, net::to_string(peer)));
  }

  // --- what is told ---

  void tell_address() {
    told_ = true;
    const std::string address = net::to_string(server_.address());
    timeline_.result(fmt::format(R"("kind":"listening","proto":"tcp","address":"{}")", address),
                     options_.words(texts::listening, address));
    timeline_.throw_if_output_lost();  // nobody would know where we are
    if (!server_.address().is_loopback())
      timeline_.problem(R"("kind":"warning")", options_.words(texts::reachable, address));
  }

  std::string words_on_what_was_kept() const {
    const tcp::Sessions& sessions = server_.sessions();
    std::string words = options_.words(texts::served, sessions.count(), sessions.bytes_in(), sessions.bytes_out());
    if (sessions.count() == 0) return words;
    words +=
        "\n" + options_.words(texts::kept_head, sizeof(tcp::Session), tcp::Server::most_unsent, kernel_socket_bytes());
    for (const tcp::Trace& client : server_.kept()) words += "\n" + words_on(client);
    if (const auto told = server_.kept().size(); told < sessions.count())
      words += "\n" + options_.words(texts::more_rows, sessions.count() - told);
    return words;
  }

  std::string words_on(const tcp::Trace& client) const {
    return options_.words(texts::kept_row, net::to_string(client.peer), client.fd, client.bytes_in, client.bytes_out,
                          client.most_unsent, client.still_here ? options_.words(texts::still_here) : "");
  }

  std::size_t kernel_socket_bytes() const { return tcp::kernel_socket_bytes(server_.address().family()); }

  const echo::Options& options_;
  timeline::Timeline& timeline_;
  tcp::Server server_;
  bool told_ = false, shortage_told_ = false, full_told_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const echo::Program program{
      .name = "tcp_server",
      .role = timeline::Role::server,
      .protocol = timeline::Protocol::tcp,
      .description = {"Sends back what comes over TCP, and tells the story of each connection on stderr.",
                      "TCP로 온 것을 그대로 돌려보냅니다. 연결 과정은 표준 오류로 보여 줍니다."},
      .footer = {
          "Example: tcp_server, and in another terminal: tcp_client -m hello\nCtrl-C ends it, with a summary of "
          "what it kept.\n"
          "Exit status: 0 ended; 1 failed; 2 usage; 3 a right is missing",
          "예: tcp_server, 그리고 다른 터미널에서: tcp_client -m hello\nCtrl-C로 끝내면 무엇을 유지하고 있었는지 "
          "요약해 줍니다.\n"
          "종료 상태: 0 끝남, 1 실패, 2 사용법이 틀림, 3 권한이 없음"}};
  return echo::run<TcpServer>(program, argc, argv);
}
