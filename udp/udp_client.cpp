// The program udp_client: its options, its words and its JSON. What it does over UDP is udp/client.cpp.
#include <memory>
#include <utility>

#include "net/system_call.hpp"
#include "tools/echo/owner.hpp"
#include "tools/echo/program.hpp"
#include "tools/echo/refusal.hpp"
#include "tools/timeline/json_lines.hpp"
#include "udp/client.hpp"
#include "udp/retry.hpp"
#include "udp/texts.hpp"

namespace {

using namespace echolab;
namespace texts = udp::texts;
using udp::Event;
using udp::Outcome;

class UdpClient final : public udp::ClientReport {
 public:
  UdpClient(const echo::Options& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        server_(net::resolve(options.host, options.port)),
        client_(make_client()) {}

  void talk() try {
    timeline_.watch_client(client_->socket().fd(), server_);  // packets are seen from here on; every privilege is gone
    client_->open();
    echo::warn_of_other_owner(options_, timeline_, "udp", server_);
    if (options_.timeline.calls && client_->messages().typed()) timeline_.note(options_.words(texts::type_a_line));
    client_->talk();
    client_->close();
  } catch (const net::Stopped&) {
    client_->give_up();
    throw;
  }

  void hang_up() { client_->close(); }

  cli::Exit tell_receipt() {
    const udp::Ledger& ledger = client_->ledger();
    timeline_.finish();
    timeline_.result(fmt::format(R"("kind":"summary","role":"client","proto":"udp","messages":{},"answered":{},)"
                                 R"("bytes_sent":{},"bytes_back":{},"unknown":{},"unreachable":{},"duplicates":{},)"
                                 R"("late":{},"strangers":{},"unexpected":{},"resent":{},"retried":{})",
                                 ledger.messages(), ledger[Outcome::answered], bytes_sent_, bytes_back_,
                                 ledger[Outcome::unknown], ledger[Outcome::unreachable], ledger[Outcome::duplicate],
                                 ledger[Outcome::late], ledger[Outcome::stranger], ledger[Outcome::unexpected],
                                 ledger[Outcome::resent], ledger[Outcome::retried]),
                     ledger.messages() == 0 ? "" : words_on_what_came());
    return ledger.all_answered() ? cli::Exit::done : cli::Exit::failed;
  }

 private:
  std::unique_ptr<udp::Client> make_client() {
    if (options_.retries == 0)
      return std::make_unique<udp::Client>(server_, options_.messages, options_.timeout, *this);
    return std::make_unique<udp::RetryingClient>(server_, options_.messages, options_.timeout, options_.retries, *this);
  }

  // --- what the client reports ---

  net::CallLog* calls() override { return timeline_.calls(); }
  void asks(const net::Message& message) override { size_ = message.bytes.size(); }
  void sent(std::size_t) override { bytes_sent_ += std::exchange(size_, 0); }  // the program's own bytes, once
  void echo(std::span<const std::byte> bytes) override {
    timeline_.echo(bytes);
    bytes_back_ += bytes.size();
  }

  void tell(const Event& event) override {
    const udp::Ledger& ledger = client_->ledger();
    if (!ledger.tells(event.outcome)) return;
    std::string sentence = words_on(event);
    if (ledger.tells_no_more(event.outcome)) sentence += options_.words(texts::only_counted);
    timeline_.problem(fmt::format(R"("kind":"message","number":{},"outcome":"{}"{})", event.number,
                                  to_string(event.outcome), members_of(event)),
                      sentence);
  }

  // --- what is told ---

  static std::string members_of(const Event& event) {
    if (event.tries > 0) return fmt::format(R"(,"tries":{})", event.tries);
    const bool of_ours = event.outcome == Outcome::unreachable || event.outcome == Outcome::resent;
    return of_ours ? timeline::json_member(*event.icmp) : "";
  }

  std::string words_on(const Event& event) {
    const double seconds = std::chrono::duration<double>(event.waited).count();
    switch (event.outcome) {
      case Outcome::unknown: return options_.words(silence(event), event.number, seconds, event.tries);
      case Outcome::retried:
        return options_.words(texts::retried, event.number, seconds, event.tries, options_.retries);
      case Outcome::unreachable: return words_on_refusal(event);
      case Outcome::resent: return words_on_path(event);
      case Outcome::duplicate: return options_.words(texts::duplicate, event.number);
      case Outcome::late: return options_.words(texts::late, event.number);
      case Outcome::stranger: return options_.words(texts::stranger, net::to_string(event.from));
      default: break;
    }
    return event.icmp ? options_.words(texts::quotes_nothing, net::host_string(event.icmp->from))
                      : options_.words(texts::unexpected, event.number);
  }

  static const Text& silence(const Event& event) {
    if (event.waited.count() == 0) return texts::given_up;
    return event.tries > 0 ? texts::tried_in_vain : texts::unknown;
  }

  std::string words_on_refusal(const Event& event) {
    const Text& text = event.certain ? texts::unreachable : texts::one_is_unreachable;
    const auto [what, mend] = echo::refusal(*event.icmp, server_, options_);
    const std::string why = mend == last_mend_ ? what : what + ". " + mend;  // it is said once
    last_mend_ = mend;
    return options_.words(text, event.number, why);
  }

  std::string words_on_path(const Event& event) const {
    const net::IcmpError& error = *event.icmp;
    const Text& text = error.mtu > 0 ? texts::resent : texts::resent_smaller;
    return options_.words(text, event.number, net::host_string(error.from), net::name(error), error.mtu);
  }

  std::string words_on_what_came() const {
    const udp::Ledger& ledger = client_->ledger();
    std::string words = options_.words(texts::receipt, ledger.messages(), ledger[Outcome::answered],
                                       ledger[Outcome::unknown], ledger[Outcome::unreachable],
                                       ledger[Outcome::duplicate], ledger[Outcome::late], ledger[Outcome::stranger]);
    const auto add = [&](const Text& text, Outcome outcome) {
      if (ledger[outcome] > 0) words += options_.words(text, ledger[outcome]);
    };
    add(texts::receipt_unexpected, Outcome::unexpected);
    add(texts::receipt_resent, Outcome::resent);
    add(texts::receipt_retried, Outcome::retried);
    return words;
  }

  const echo::Options& options_;
  timeline::Timeline& timeline_;
  const net::Address server_;
  std::unique_ptr<udp::Client> client_;
  std::size_t size_ = 0;
  std::uint64_t bytes_sent_ = 0, bytes_back_ = 0;
  std::string last_mend_;
};

}  // namespace

int main(int argc, char** argv) {
  const echo::Program program{
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
  return echo::run<UdpClient>(program, argc, argv);
}
