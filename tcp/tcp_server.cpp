// An echo server over TCP: one thread, many clients. Read it beside udp/udp_server.cpp.
#include <sys/resource.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "net/system_call.hpp"
#include "tcp/poller.hpp"
#include "tcp/sessions.hpp"
#include "tcp/socket.hpp"
#include "tcp/texts.hpp"
#include "tools/cli/echo_program.hpp"

namespace {

using namespace echolab;
using tcp::Clock;
using tcp::Session;
namespace texts = tcp::texts;
using std::chrono::milliseconds;

constexpr std::size_t room_size = 64 * 1024;  // one read; so also the most that is kept unsent for a client
constexpr int backlog = 4096;                 // handshakes that the kernel may finish before we accept them
constexpr milliseconds tick{1000};            // how often the rest is looked after
constexpr milliseconds turn{1000};            // who has been here this long may have to make room
constexpr milliseconds grace{1000};           // for what is unsent when the server stops

class Server {
 public:
  Server(const cli::EchoOptions& options, timeline::Timeline& timeline)
      : options_(options),
        timeline_(timeline),
        address_(net::resolve(options.host, options.port)),
        socket_(address_.family(), timeline.calls()) {}

  void talk() {
    socket_.reuse_address();
    socket_.send_at_once();  // the sockets that accept makes inherit it
    socket_.bind(address_);
    address_ = socket_.local_address();
    timeline_.watch_server(address_);  // packets are seen from here on; every privilege is gone
    socket_.listen(backlog);
    tell_address();
    take_all_descriptors();
    go_on_accepting();
    while (!done()) {
      net::throw_if_stopped();
      serve(patience());
    }
    hang_up();
  }

  /// No new clients, and those that are here get what is still unsent, if they take it within a moment.
  void hang_up() {
    kept_ = sessions_.traces();
    accepting_ = false;
    socket_.close();
    for (auto next = sessions_.all().begin(); next != sessions_.all().end();) finish(*next++);
    send_what_is_left();
    while (!sessions_.empty()) close(sessions_.longest_silent());
  }

  cli::Exit tell_receipt() {
    timeline_.finish();
    if (!address_told_) return cli::Exit::failed;
    timeline_.result(
        fmt::format(R"("kind":"summary","role":"server","proto":"tcp","clients":{},"bytes_in":{},"bytes_out":{},)"
                    R"("kept_per_client":{{"descriptors":1,"bytes":{},"unsent_limit":{},"kernel_socket_bytes":{}}})",
                    sessions_.count(), sessions_.bytes_in(), sessions_.bytes_out(), sizeof(Session), room_size,
                    tcp::kernel_socket_bytes(address_.family())),
        words_on_what_was_kept());
    return cli::Exit::done;
  }

 private:
  // --- what happens ---

  void serve(milliseconds patience) {
    const auto ready = poller_.wait(patience);
    now_ = Clock::now();
    for (const epoll_event& event : ready) {
      if (event.data.ptr == nullptr)
        welcome();
      else
        attend(*static_cast<Session*>(event.data.ptr));
    }
    sessions_.forget_closed();
    close_silent_clients();
    if (now_ - looked_ < tick) return;
    looked_ = now_;
    if (!accepting_ && socket_.fd() >= 0) go_on_accepting();
    timeline_.throw_if_output_lost();
  }

  /// Until the client that has been silent longest is to be closed, and no longer than a tick.
  milliseconds patience() const {
    if (options_.idle_timeout.count() == 0 || sessions_.empty()) return tick;
    const auto left = sessions_.longest_silent().last_active + options_.idle_timeout - Clock::now();
    return std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds{0}, tick);
  }

  /// A client has come: its handshake is done, and from now on it costs us something.
  void welcome() {
    if (!accepting_ || !make_room()) return;
    net::Address peer;
    auto accepted = socket_.accept(peer);
    if (auto* client = std::get_if<tcp::Socket>(&accepted)) {
      Session& session = sessions_.open(std::move(*client), peer, now_);
      poller_.add(session.socket.fd(), EPOLLIN, &session);
      if (options_.once) stop_accepting();
    } else if (std::get<tcp::Socket::NoClient>(accepted) == tcp::Socket::NoClient::no_descriptor) {
      stop_accepting();  // or epoll would report the waiting client for ever
      if (!std::exchange(shortage_told_, true))
        timeline_.problem(R"("kind":"warning")", options_.words(texts::no_more_files));
    }
  }

  /// A client has sent something, or has room again for what we could not send. What goes wrong concerns this client
  /// alone.
  void attend(Session& session) {
    if (session.socket.fd() < 0) return;  // closed earlier in this round
    sessions_.touch(session, now_);
    try {
      if (session.unsent.empty())
        echo(session);
      else
        send_rest(session);
    } catch (const net::CallError&) {  // RST, or killed: the log has it
      close(session);
    }
  }

  void echo(Session& session) {
    const auto size = session.socket.receive(room_);
    if (!size) return;
    if (*size == 0) return close(session);  // its FIN, and nothing is unsent: ours follows
    const auto bytes = std::span<const std::byte>(room_).first(*size);
    const std::size_t sent = session.socket.send(bytes);
    session.bytes_in += *size;
    session.bytes_out += sent;
    if (sent < *size) keep(session, bytes.subspan(sent));
  }

  /// The client reads too slowly: keep the rest, and read no more from it until it has taken that.
  void keep(Session& session, std::span<const std::byte> rest) {
    session.unsent.assign(rest.begin(), rest.end());
    session.unsent_from = 0;
    session.most_unsent = std::max(session.most_unsent, rest.size());
    poller_.change(session.socket.fd(), EPOLLOUT, &session);
  }

  void send_rest(Session& session) {
    const std::size_t sent = session.socket.send(session.rest());
    session.unsent_from += sent;
    session.bytes_out += sent;
    if (!session.rest().empty()) return;
    session.unsent.clear();
    if (session.leaving) return close(session);
    poller_.change(session.socket.fd(), EPOLLIN, &session);
  }

  void send_what_is_left() try {
    for (const auto end = Clock::now() + grace; !sessions_.empty() && Clock::now() < end;) serve(grace);
  } catch (const net::Stopped&) {  // told once more: no longer
  }

  // --- who goes ---

  void close(Session& session) {
    sessions_.close(session);
    if (!accepting_ && !options_.once && socket_.fd() >= 0) go_on_accepting();
  }

  /// Closes the session once it has nothing unsent.
  void finish(Session& session) {
    session.leaving = true;
    if (session.unsent.empty()) close(session);
  }

  void close_silent_clients() {
    if (options_.idle_timeout.count() == 0) return;
    while (!sessions_.empty() && now_ - sessions_.longest_silent().last_active >= options_.idle_timeout)
      send_away(sessions_.longest_silent(), texts::idle);
  }

  /// Whether another client may come. If we are full the one that has been silent longest goes, once it has had its
  /// turn: a byte now and then keeps no place for ever, and a crowd of short conversations is not torn apart.
  bool make_room() {
    if (sessions_.size() < options_.max_clients) return true;
    if (!std::exchange(full_told_, true))
      timeline_.problem(R"("kind":"warning")", options_.words(texts::full, options_.max_clients));
    if (Session* session = sessions_.longest_silent_since(now_ - turn)) {
      send_away(*session, texts::made_room);
      return true;
    }
    stop_accepting();
    return false;
  }

  void send_away(Session& session, const Text& why) {
    timeline_.note(options_.words(why, net::to_string(session.peer)));
    close(session);
  }

  bool done() const { return options_.once && sessions_.count() > 0 && sessions_.empty(); }

  // --- the listener ---

  void go_on_accepting() {
    poller_.add(socket_.fd(), EPOLLIN, nullptr);
    accepting_ = true;
  }

  void stop_accepting() {
    poller_.remove(socket_.fd());
    accepting_ = false;
  }

  /// A descriptor a client: take as many as we may have.
  static void take_all_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }

  // --- what is told ---

  void tell_address() {
    address_told_ = true;
    const std::string address = net::to_string(address_);
    timeline_.result(fmt::format(R"("kind":"listening","proto":"tcp","address":"{}")", address),
                     options_.words(texts::listening, address));
    timeline_.throw_if_output_lost();  // nobody would know where we are
    if (!address_.is_loopback()) timeline_.problem(R"("kind":"warning")", options_.words(texts::reachable, address));
  }

  std::string words_on_what_was_kept() const {
    std::string words = options_.words(texts::served, sessions_.count(), sessions_.bytes_in(), sessions_.bytes_out());
    if (sessions_.count() == 0) return words;
    words += "\n" +
             options_.words(texts::kept_head, sizeof(Session), room_size, tcp::kernel_socket_bytes(address_.family()));
    for (const tcp::Trace& client : kept_)
      words += "\n" + options_.words(texts::kept_row, net::to_string(client.peer), client.fd, client.bytes_in,
                                     client.bytes_out, client.most_unsent,
                                     client.still_here ? options_.words(texts::still_here) : "");
    if (sessions_.count() > kept_.size())
      words += "\n" + options_.words(texts::more_rows, sessions_.count() - kept_.size());
    return words;
  }

  const cli::EchoOptions& options_;
  timeline::Timeline& timeline_;
  net::Address address_;
  tcp::Socket socket_;
  tcp::Poller poller_;
  tcp::Sessions sessions_;
  std::vector<tcp::Trace> kept_;
  std::vector<std::byte> room_ = std::vector<std::byte>(room_size);
  Clock::time_point now_ = Clock::now(), looked_ = now_;
  bool address_told_ = false, accepting_ = false, shortage_told_ = false, full_told_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  const cli::EchoProgram program{
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
  return cli::run_echo<Server>(program, argc, argv);
}
