// An echo client over TCP. `diff -u tcp/tcp_client.cpp udp/udp_client.cpp` shows what TCP and UDP differ in.
#include <algorithm>
#include <cstring>
#include <vector>

#include "net/deadline.hpp"
#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tcp/socket.hpp"
#include "tcp/texts.hpp"
#include "tools/cli/echo_owner.hpp"
#include "tools/cli/echo_program.hpp"

namespace {

using namespace echolab;
namespace texts = tcp::texts;

constexpr std::size_t room_size = 256 * 1024;  // one read takes what is there, up to this

class Client {
 public:
  Client(const cli::EchoOptions& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        server_(net::resolve(options.host, options.port)),
        socket_(server_.family(), timeline.calls()),
        messages_(options.messages) {}

  void talk() {
    timeline_.watch_client(socket_.fd(), server_);  // packets are seen from here on; every privilege is gone
    socket_.send_at_once();
    socket_.connect(server_, deadline());  // SYN; SYN,ACK; ACK
    cli::warn_of_other_owner(options_, timeline_, "tcp", server_);
    if (options_.timeline.calls && messages_.typed()) timeline_.note(options_.words(texts::type_a_line));
    while (const auto message = messages_.next(socket_.fd())) exchange(*message);
    if (!messages_.interrupted()) socket_.shutdown_send();  // our FIN
    read_to_the_end();                                      // the server's FIN
    socket_.close();
  }

  void hang_up() { socket_.close(); }

  cli::Exit tell_receipt() {
    timeline_.finish();
    timeline_.result(fmt::format(R"("kind":"summary","role":"client","proto":"tcp","messages":{},"answered":{},)"
                                 R"("bytes_sent":{},"bytes_back":{},"bytes_unasked":{})",
                                 sent_, answered_, bytes_sent_, bytes_back_, bytes_unasked_),
                     sent_ == 0 ? "" : words_on_what_came());
    return answered_ == sent_ ? cli::Exit::done : cli::Exit::failed;
  }

 private:
  /// Sends the message and takes its echo, both at once: a server whose buffer is full reads on only when we read.
  void exchange(const net::Message& message) {
    ++sent_;
    auto unsent = message.bytes, missing = message.bytes;  // of the message, of its echo
    try {
      while (!missing.empty()) {
        if (!unsent.empty()) unsent = unsent.subspan(send(unsent));
        if (!unsent.empty() && !socket_.wait_to_read_or_send(deadline())) continue;
        const std::size_t size = take_echo(missing);
        if (size == 0) throw closed_early(message, missing);
        missing = missing.subspan(size);
      }
    } catch (const net::CallError& error) {
      if (!error.connection_lost()) throw;
      throw closed_early(message, missing);
    }
    ++answered_;
  }

  std::size_t send(std::span<const std::byte> unsent) {
    const std::size_t taken = socket_.send(unsent);
    bytes_sent_ += taken;
    return taken;
  }

  /// The next part of the echo; 0: the server has closed. A stream has no message borders, so bytes are counted.
  std::size_t take_echo(std::span<const std::byte> missing) {
    const auto size = socket_.receive(std::span(room_).first(std::min(room_.size(), missing.size())), deadline());
    if (!size) throw silent();
    const auto came = std::span(room_).first(*size);
    const auto echo = came.first(static_cast<std::size_t>(std::ranges::mismatch(came, missing).in1 - came.begin()));
    timeline_.echo(echo);  // nothing else: a stranger's bytes may command the terminal
    bytes_back_ += echo.size();
    if (echo.size() < came.size()) throw cli::Failed(options_.words(texts::differs));
    return *size;
  }

  /// Every echo is here: only the server's FIN may still come, from now or from ours on.
  void read_to_the_end() {
    const bool closed = server_closes();
    if (bytes_unasked_ > 0) throw cli::Failed(options_.words(texts::unasked, bytes_unasked_));
    if (!closed) throw silent(texts::stays_open);
    if (messages_.interrupted()) throw cli::Failed(options_.words(texts::closed_unasked));
  }

  /// Whether its FIN comes in time, whatever it sends before: that is counted, and nothing else is done with it.
  bool server_closes() {
    const net::Deadline deadline(options_.timeout);
    do {
      net::throw_if_stopped();
      const auto size = socket_.receive(room_, deadline);
      if (size == 0) return true;
      bytes_unasked_ += size.value_or(0);
    } while (deadline.left());
    return false;
  }

  net::Deadline deadline() const { return net::Deadline(options_.timeout); }

  /// No echo in time: the kernel knows whether the bytes have arrived, and what routers have said meanwhile.
  cli::Failed silent() const {
    if (socket_.all_acknowledged()) return silent(texts::silent_program);
    const int error = socket_.soft_error();
    return error == 0 ? silent(texts::silent_host) : silent(texts::silent_way, std::strerror(error));
  }

  cli::Failed silent(const Text& text, const char* why = "") const {
    const double seconds = std::chrono::duration<double>(options_.timeout).count();
    return cli::Failed(options_.words(text, net::to_string(server_), seconds, why));
  }

  cli::Failed closed_early(const net::Message& message, std::span<const std::byte> missing) const {
    const std::size_t size = message.bytes.size();
    return cli::Failed(options_.words(texts::closed_early, size - missing.size(), size));
  }

  std::string words_on_what_came() const {
    std::string words = options_.words(texts::receipt, sent_, bytes_sent_, bytes_back_);
    if (bytes_back_ < bytes_sent_) words += options_.words(texts::outstanding, bytes_sent_ - bytes_back_);
    return words;
  }

  const cli::EchoOptions& options_;
  timeline::Timeline& timeline_;
  const net::Address server_;
  tcp::Socket socket_;
  net::Messages messages_;
  std::vector<std::byte> room_ = std::vector<std::byte>(room_size);
  std::uint64_t sent_ = 0, answered_ = 0;  // messages
  std::uint64_t bytes_sent_ = 0, bytes_back_ = 0, bytes_unasked_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const cli::EchoProgram program{
      .name = "tcp_client",
      .role = timeline::Role::client,
      .protocol = timeline::Protocol::tcp,
      .description = {"Sends messages over TCP, shows the echo on stdout and the story of the connection on stderr.",
                      "TCP로 메시지를 보냅니다. 되돌아온 것은 표준 출력으로, 연결 과정은 표준 오류로 보여 줍니다."},
      .footer = {"Example: tcp_client -m hello\n"
                 "Exit status: 0 all came back, or Ctrl-C; 1 failed; 2 usage; 3 a right is missing",
                 "예: tcp_client -m hello\n"
                 "종료 상태: 0 모두 돌아왔거나 Ctrl-C, 1 실패, 2 사용법이 틀림, 3 권한이 없음"}};
  return cli::run_echo<Client>(program, argc, argv);
}
