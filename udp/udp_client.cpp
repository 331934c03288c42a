// An echo client over UDP. `diff -u tcp/tcp_client.cpp udp/udp_client.cpp` shows what TCP and UDP differ in.
#include <algorithm>
#include <vector>

#include "net/deadline.hpp"
#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tools/cli/echo_owner.hpp"
#include "tools/cli/echo_program.hpp"
#include "tools/cli/echo_refusal.hpp"
#include "tools/timeline/json_lines.hpp"
#include "udp/ledger.hpp"
#include "udp/socket.hpp"
#include "udp/texts.hpp"

namespace {

using namespace echolab;
namespace texts = udp::texts;
using udp::Outcome;

constexpr std::size_t room_size = 64 * 1024;  // one read takes one datagram, which is never larger
constexpr std::uint32_t no_limit = 65535;     // a packet over any link

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
    timeline_.result(
        fmt::format(R"("kind":"summary","role":"client","proto":"udp","messages":{},"answered":{},)"
                    R"("bytes_sent":{},"bytes_back":{},"unknown":{},"unreachable":{},"duplicates":{},)"
                    R"("late":{},"strangers":{},"unexpected":{},"resent":{})",
                    ledger_.messages(), ledger_[Outcome::answered], bytes_sent_, bytes_back_, ledger_[Outcome::unknown],
                    ledger_[Outcome::unreachable], ledger_[Outcome::duplicate], ledger_[Outcome::late],
                    ledger_[Outcome::stranger], ledger_[Outcome::unexpected], ledger_[Outcome::resent]),
        ledger_.messages() == 0 ? "" : words_on_what_came());
    return ledger_.all_answered() ? cli::Exit::done : cli::Exit::failed;
  }

 private:
  /// Sends the message and waits for its echo: one outstanding at a time. Nobody tells us what became of it.
  void exchange(const net::Message& message) {
    ledger_.sent(message.number, message.bytes);
    path_mtu_ = no_limit;
    const net::Deadline deadline(options_.timeout);
    try {
      socket_.send_to(server_, message.bytes);
      bytes_sent_ += message.bytes.size();
      do {
        net::throw_if_stopped();
        if (is_done_with(message, deadline)) return;
      } while (deadline.left());
      tell(Outcome::unknown, message.number, options_.words(texts::unknown, message.number, seconds(options_.timeout)));
    } catch (const net::Stopped&) {
      tell(Outcome::unknown, message.number, options_.words(texts::given_up, message.number));
      throw;
    }
  }

  /// Whether its echo has come, or an ICMP error instead.
  bool is_done_with(const net::Message& message, const net::Deadline& deadline) try {
    return take_echo(message, deadline);
  } catch (const net::RefusedOnTheWay& refused) {
    return is_refused(message, refused.icmp());
  }

  /// The next datagram, whole. False: it is not the echo, or none came. Datagrams that are something else are told.
  bool take_echo(const net::Message& message, const net::Deadline& deadline) {
    const auto datagram = socket_.receive_from(room_, deadline);
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
    ledger_.answered(message.number);
    return true;
  }

  /// Whether the ICMP error ends the waiting: it may be about an earlier message, whose bytes it quotes then.
  bool is_refused(const net::Message& message, const net::IcmpError& error) {
    const auto quoted = ledger_.quoted(error.quoted);
    if (quoted && quoted->number == message.number && error.packet_too_large()) {
      send_again(message, error);
      return false;
    }
    tell_error(error, quoted, message.number);
    return quoted && quoted->number == message.number;
  }

  /// Path MTU discovery: the kernel knows the limit now, and cuts what is larger into fragments (RFC 1191, RFC 8201).
  void send_again(const net::Message& message, const net::IcmpError& error) {
    if (error.mtu >= path_mtu_) return;  // it is about the packet before, or its fragments
    path_mtu_ = error.mtu;
    const Text& text = error.mtu > 0 ? texts::resent : texts::resent_smaller;
    tell(Outcome::resent, message.number,
         options_.words(text, message.number, net::host_string(error.from), net::name(error), error.mtu),
         timeline::json_member(error));
    socket_.send_to(server_, message.bytes);
  }

  /// A copy of the last answer may still be on its way: only numbered messages can be told apart.
  void notice_stragglers() {
    constexpr net::Timeout moment{20}, longest{200};
    if (!messages_.numbered_size()) return;
    const net::Deadline deadline(longest);
    while (deadline.left() && notice_straggler(net::Deadline(moment))) continue;
  }

  /// False: nothing has come.
  bool notice_straggler(const net::Deadline& deadline) try {
    const auto datagram = socket_.receive_from(room_, deadline);
    if (datagram && datagram->from == server_)
      tell_other_answer(std::span<const std::byte>(room_).first(datagram->size), ledger_.messages());
    return datagram.has_value();
  } catch (const net::RefusedOnTheWay& refused) {
    tell_error(refused.icmp(), ledger_.quoted(refused.icmp().quoted), ledger_.messages());
    return true;
  }

  void tell_other_answer(std::span<const std::byte> bytes, std::uint64_t in_hand) {
    const auto [outcome, number] = ledger_.judge(bytes, in_hand);
    const auto& text = outcome == Outcome::duplicate ? texts::duplicate
                       : outcome == Outcome::late    ? texts::late
                                                     : texts::unexpected;
    tell(outcome, number, options_.words(text, number));
  }

  /// `quoted`: the message that it is about; nullopt: none of ours.
  void tell_error(const net::IcmpError& error, const std::optional<udp::SentMessages::Quoted>& quoted,
                  std::uint64_t in_hand) {
    using Fate = udp::SentMessages::Fate;
    if (!quoted)
      return tell(Outcome::unexpected, in_hand, options_.words(texts::quotes_nothing, net::host_string(error.from)));
    if (quoted->fate == Fate::answered || quoted->fate == Fate::refused) return;  // told before
    const Text& text = quoted->certain ? texts::unreachable : texts::one_is_unreachable;
    const auto [what, mend] = cli::refusal(error, server_, options_);
    const std::string why = mend == last_mend_ ? what : what + ". " + mend;  // it is said once
    last_mend_ = mend;
    tell(Outcome::unreachable, quoted->number, options_.words(text, quoted->number, why), timeline::json_member(error));
  }

  /// `json`: more members of the object.
  void tell(Outcome outcome, std::uint64_t number, const std::string& sentence, const std::string& json = {}) {
    ledger_.count(outcome, number);
    if (!ledger_.tells(outcome)) return;
    timeline_.problem(fmt::format(R"("kind":"message","number":{},"outcome":"{}"{})", number, to_string(outcome), json),
                      ledger_.tells_no_more(outcome) ? sentence + options_.words(texts::only_counted) : sentence);
  }

  std::string words_on_what_came() const {
    std::string words = options_.words(texts::receipt, ledger_.messages(), ledger_[Outcome::answered],
                                       ledger_[Outcome::unknown], ledger_[Outcome::unreachable],
                                       ledger_[Outcome::duplicate], ledger_[Outcome::late], ledger_[Outcome::stranger]);
    if (const auto others = ledger_[Outcome::unexpected]; others > 0)
      words += options_.words(texts::receipt_unexpected, others);
    if (const auto again = ledger_[Outcome::resent]; again > 0) words += options_.words(texts::receipt_resent, again);
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
  std::string last_mend_;
  std::uint32_t path_mtu_ = no_limit;  // what routers have said while the message in hand waits
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
