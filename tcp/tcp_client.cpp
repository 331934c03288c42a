// The program tcp_client: its options, its words and its JSON. What it does over TCP is tcp/client.cpp.
#include <cstring>

#include "net/system_call.hpp"
#include "tcp/client.hpp"
#include "tcp/texts.hpp"
#include "tools/echo/owner.hpp"
#include "tools/echo/program.hpp"

namespace {

using namespace echolab;
namespace texts = tcp::texts;

class TcpClient final : public net::EchoReport {
 public:
  TcpClient(const echo::Options& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        server_(net::resolve(options.host, options.port)),
        client_(server_, options.messages, options.timeout, *this) {}

  void talk() try {
    timeline_.watch_client(client_.socket().fd(), server_);  // packets are seen from here on; every privilege is gone
    client_.open();
    echo::warn_of_other_owner(options_, timeline_, "tcp", server_);
    if (options_.timeline.calls && client_.messages().typed()) timeline_.note(options_.words(texts::type_a_line));
    client_.talk();
    if (client_.bytes_unasked() > 0) throw unasked();
    if (client_.messages().interrupted()) throw echo::Failed(options_.words(texts::closed_unasked));
    client_.close();
  } catch (const tcp::Failure failure) {
    throw failed(failure);
  } catch (const net::CallError& error) {
    if (error.connection_lost() && answered_ < sent_) throw failed(tcp::Failure::closed);
    throw;
  }

  void hang_up() { client_.close(); }

  cli::Exit tell_receipt() {
    timeline_.finish();
    timeline_.result(fmt::format(R"("kind":"summary","role":"client","proto":"tcp","messages":{},"answered":{},)"
                                 R"("bytes_sent":{},"bytes_back":{},"bytes_unasked":{})",
                                 sent_, answered_, bytes_sent_, bytes_back_, client_.bytes_unasked()),
                     sent_ == 0 ? "" : words_on_what_came());
    return answered_ == sent_ ? cli::Exit::done : cli::Exit::failed;
  }

 private:
  // --- what the client reports ---

  net::CallLog* calls() override { return timeline_.calls(); }
  void asks(const net::Message& message) override {
    ++sent_;
    awaited_ = missing_ = message.bytes.size();
  }
  void sent(std::size_t bytes) override { bytes_sent_ += bytes; }
  void echo(std::span<const std::byte> bytes) override {
    timeline_.echo(bytes);
    missing_ -= bytes.size();
    bytes_back_ += bytes.size();
  }
  void answered(const net::Message&) override { ++answered_; }

  // --- what is told ---

  echo::Failed failed(tcp::Failure failure) const {
    switch (failure) {
      case tcp::Failure::silent: return silent();
      case tcp::Failure::closed:
        return echo::Failed(options_.words(texts::closed_early, awaited_ - missing_, awaited_));
      case tcp::Failure::not_an_echo: return echo::Failed(options_.words(texts::differs));
      case tcp::Failure::stays_open: break;
    }
    return client_.bytes_unasked() > 0 ? unasked() : silent(texts::stays_open);
  }

  /// No echo in time: the kernel knows whether the bytes have arrived, and what routers have said meanwhile.
  echo::Failed silent() const {
    if (client_.socket().all_acknowledged()) return silent(texts::silent_program);
    const int error = client_.socket().soft_error();
    return error == 0 ? silent(texts::silent_host) : silent(texts::silent_way, std::strerror(error));
  }

  echo::Failed silent(const Text& text, const char* why = "") const {
    const double seconds = std::chrono::duration<double>(options_.timeout).count();
    return echo::Failed(options_.words(text, net::to_string(server_), seconds, why));
  }

  echo::Failed unasked() const { return echo::Failed(options_.words(texts::unasked, client_.bytes_unasked())); }

  std::string words_on_what_came() const {
    std::string words = options_.words(texts::receipt, sent_, bytes_sent_, bytes_back_);
    if (bytes_back_ < bytes_sent_) words += options_.words(texts::outstanding, bytes_sent_ - bytes_back_);
    return words;
  }

  const echo::Options& options_;
  timeline::Timeline& timeline_;
  const net::Address server_;
  tcp::Client client_;
  std::uint64_t sent_ = 0, answered_ = 0;  // messages
  std::size_t awaited_ = 0, missing_ = 0;  // bytes of the last one's echo
  std::uint64_t bytes_sent_ = 0, bytes_back_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const echo::Program program{
      .name = "tcp_client",
      .role = timeline::Role::client,
      .protocol = timeline::Protocol::tcp,
      .description = {"Sends messages over TCP, shows the echo on stdout and the story of the connection on stderr.",
                      "TCP로 메시지를 보냅니다. 되돌아온 것은 표준 출력으로, 연결 과정은 표준 오류로 보여 줍니다."},
      .footer = {"Example: tcp_client -m hello\n"
                 "Exit status: 0 all came back, or Ctrl-C; 1 failed; 2 usage; 3 a right is missing",
                 "예: tcp_client -m hello\n"
                 "종료 상태: 0 모두 돌아왔거나 Ctrl-C, 1 실패, 2 사용법이 틀림, 3 권한이 없음"}};
  return echo::run<TcpClient>(program, argc, argv);
}
