// An echo client over UDP. `diff -u tcp/tcp_client.cpp udp/udp_client.cpp` shows what TCP and UDP differ in.
#include <algorithm>
#include <vector>

#include "net/deadline.hpp"
#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tools/cli/echo_owner.hpp"
#include "tools/cli/echo_program.hpp"
#include "udp/ledger.hpp"
#include "udp/socket.hpp"
#include "udp/texts.hpp"

namespace {

using namespace echolab;
namespace texts = udp::texts;
using udp::Outcome;

constexpr std::size_t room_size = 64 * 1024;  // one read takes one datagram, which is never larger

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
    socket_.report_errors();
    cli::warn_of_other_owner(options_, timeline_, "udp", server_);
    if (options_.timeline.calls && messages_.typed()) timeline_.note(options_.words(texts::type_a_line));
    while (const auto message = messages_.next()) exchange(*message);
    notice_stragglers();
    socket_.close();
  }

  void hang_up() { socket_.close(); }

  cli::Exit tell_receipt() {
    timeline_.finish();
    timeline_.result(fmt::format(R"("kind":"summary","role":"client","proto":"udp","messages":{},"answered":{},)"
                                 R"("bytes_sent":{},"bytes_back":{},"unknown":{},"unreachable":{},"duplicates":{},)"
                                 R"("late":{},"strangers":{},"unexpected":{})",
                                 ledger_.messages(), ledger_[Outcome::answered], bytes_sent_, bytes_back_,
                                 ledger_[Outcome::unknown], ledger_[Outcome::unreachable], ledger_[Outcome::duplicate],
                                 ledger_[Outcome::late], ledger_[Outcome::stranger], ledger_[Outcome::unexpected]),
                     ledger_.messages() == 0 ? "" : words_on_what_came());
    return ledger_.all_answered() ? cli::Exit::done : cli::Exit::failed;
  }

 private:
  /// Sends the message and waits for its echo: one outstanding at a time. Nobody tells us what became of it.
  void exchange(const net::Message& message) {
    ledger_.sent();
    const net::Deadline deadline(options_.timeout);
    try {
      socket_.send_to(server_, message.bytes);
      bytes_sent_ += message.bytes.size();
      while (const auto left = deadline.left()) {
        net::throw_if_stopped();
        if (take_echo(message, *left)) return ledger_.answered(message.number);
      }
      tell(Outcome::unknown, message.number, options_.words(texts::unknown, message.number, seconds(options_.timeout)));
    } catch (const net::CallError& error) {
      tell_error(error, message);
    } catch (const net::Stopped&) {
      tell(Outcome::unknown, message.number, options_.words(texts::given_up, message.number));
      throw;
    }
  }

  /// The next datagram, whole. False: it is not the echo, or none came. Datagrams that are something else are told.
  bool take_echo(const net::Message& message, net::Timeout timeout) {
    const auto datagram = socket_.receive_from(room_, timeout);
    if (!datagram) return false;
    const auto echo = std::span<const std::byte>(room_).first(datagram->size);
    if (!(datagram->from == server_)) {
      tell(Outcome::stranger, message.number, options_.words(texts::stranger, net::to_string(datagram->from)));
      return false;
    }
    if (!std::ranges::equal(echo, message.bytes)) {
      tell_other_answer(echo, message.number);
      return false;
    }
    timeline_.echo(echo);
    bytes_back_ += echo.size();
    return true;
  }

  /// A copy of the last answer may still be on its way: only numbered messages can be told apart.
  void notice_stragglers() {
    constexpr net::Timeout moment{20}, longest{200};
    if (!messages_.numbered_size()) return;
    const net::Deadline deadline(longest);
    try {
      while (deadline.left()) {
        const auto datagram = socket_.receive_from(room_, moment);
        if (!datagram) return;
        if (datagram->from == server_)
          tell_other_answer(std::span<const std::byte>(room_).first(datagram->size), ledger_.messages());
      }
    } catch (const net::CallError&) {  // an ICMP error about a message that is told as unknown already
    }
  }

  void tell_other_answer(std::span<const std::byte> bytes, std::uint64_t in_hand) {
    const auto [outcome, number] = ledger_.judge(bytes, in_hand);
    const auto& text = outcome == Outcome::duplicate ? texts::duplicate
                       : outcome == Outcome::late    ? texts::late
                                                     : texts::unexpected;
    tell(outcome, number, options_.words(text, number));
  }

  void tell_error(const net::CallError& error, const net::Message& message) {
    const int number = error.code().value();
    if (number == EMSGSIZE || number == ENETUNREACH) throw error;  // of our own kernel: nothing was sent
    tell(Outcome::unreachable, message.number,
         number == ECONNREFUSED ? options_.words(texts::unreachable, message.number, net::to_string(server_),
                                                 server_.port(), cli::beside(options_.started, "udp_server"))
                                : options_.words(texts::icmp_error, message.number, error.code().message()));
  }

  void tell(Outcome outcome, std::uint64_t number, const std::string& sentence) {
    ledger_.count(outcome);
    if (!ledger_.tells(outcome)) return;
    timeline_.problem(fmt::format(R"("kind":"message","number":{},"outcome":"{}")", number, to_string(outcome)),
                      ledger_.tells_no_more(outcome) ? sentence + options_.words(texts::only_counted) : sentence);
  }

  std::string words_on_what_came() const {
    std::string words = options_.words(texts::receipt, ledger_.messages(), ledger_[Outcome::answered],
                                       ledger_[Outcome::unknown], ledger_[Outcome::unreachable],
                                       ledger_[Outcome::duplicate], ledger_[Outcome::late], ledger_[Outcome::stranger]);
    if (const auto others = ledger_[Outcome::unexpected]; others > 0)
      words += options_.words(texts::receipt_unexpected, others);
    return words;
  }

  static double seconds(net::Timeout timeout) { return std::chrono::duration<double>(timeout).count(); }

  const cli::EchoOptions& options_;
  timeline::Timeline& timeline_;
  const net::Address server_;
  udp::Socket socket_;
  net::Messages messages_;
  std::vector<std::byte> room_ = std::vector<std::byte>(room_size);
  udp::Ledger ledger_{messages_.numbered_size()};
  std::uint64_t bytes_sent_ = 0, bytes_back_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const cli::EchoProgram program{
      .name = "udp_client",
      .role = timeline::Role::client,
      .protocol = timeline::Protocol::udp,
      .description =
          {"Sends messages over UDP, shows the echo on stdout and the story of the datagrams on stderr.",
           "UDP로 메시지를 보냅니다. 되돌아온 것은 표준 출력으로, 데이터그램이 오가는 과정은 표준 오류로 보여 줍니다."},
      .footer = {"Example: udp_client -m hello\n"
                 "Exit status: 0 all came back, or Ctrl-C; 1 failed; 2 usage; 3 a right is missing",
                 "예: udp_client -m hello\n"
                 "종료 상태: 0 모두 돌아왔거나 Ctrl-C, 1 실패, 2 사용법이 틀림, 3 권한이 없음"}};
  return cli::run_echo<Client>(program, argc, argv);
}
