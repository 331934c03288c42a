#include "tools/echo/options.hpp"

#include <fcntl.h>
#include <fmt/format.h>

namespace echolab::echo {
namespace {

namespace words {
inline constexpr Text host{"The server's name or address", "서버의 이름이나 주소"};
inline constexpr Text bind{"Address to bind", "bind할 주소"};
inline constexpr Text port{"Port of the server", "서버의 포트"};
inline constexpr Text port_to_bind{"Port to bind; 0: the kernel chooses, and it is printed",
                                   "bind할 포트. 0이면 커널이 고르고 그 번호를 알려 줍니다"};
inline constexpr Text message_tcp{
    "Send exactly these bytes; may be repeated. Without -m and --count: what comes in on stdin",
    "이 바이트를 그대로 보냅니다. 여러 번 쓸 수 있습니다. -m도 --count도 없으면 표준 입력을 들어오는 대로 보냅니다"};
inline constexpr Text message_udp{
    "Send exactly these bytes; may be repeated. Without -m and --count: stdin, line by line",
    "이 바이트를 그대로 보냅니다. 여러 번 쓸 수 있습니다. -m도 --count도 없으면 표준 입력을 한 줄씩 보냅니다"};
inline constexpr Text count{"Send N numbered messages (with -m: the texts N times)",
                            "번호를 매긴 메시지 N개를 보냅니다 (-m과 함께 쓰면 그 메시지를 N번)"};
inline constexpr Text size{"Size of a numbered message (with --count)", "번호를 매긴 메시지의 크기(--count와 함께)"};
inline constexpr Text port_in_host{"the port is not part of it; write: {0} --port {1}",
                                   "포트는 여기에 적지 않습니다. 이렇게 적으세요: {0} --port {1}"};
inline constexpr Text number_as_host{"{0} is not a host; a port is given with --port {0}",
                                     "{0}: 호스트가 아닙니다. 포트는 --port {0}처럼 적습니다"};
inline constexpr Text interval{"Pause between two messages", "메시지 사이에 쉬는 시간"};
inline constexpr Text timeout_tcp{"Give up connecting, or waiting for an answer, after S seconds; 0: never",
                                  "연결이나 답을 S초까지만 기다립니다. 0이면 끝없이"};
inline constexpr Text timeout_udp{"Wait S seconds for the answer to a message; 0: for ever",
                                  "메시지마다 답을 S초까지만 기다립니다. 0이면 끝없이"};
inline constexpr Text retry{
    "Number the messages, and send one again up to N times until it is answered: after --timeout S (here 1 unless "
    "given), then after twice as long each time",
    "메시지마다 번호를 붙이고, 답이 올 때까지 N번까지 다시 보냅니다. 처음에는 --timeout S(여기서는 기본값 1)만큼, 그다음부터는 "
    "매번 두 배로 기다립니다"};
inline constexpr Text once_tcp{"End after the first client has gone", "첫 클라이언트가 떠나면 끝냅니다"};
inline constexpr Text once_udp{"End after the first answer", "한 번 답하면 끝냅니다"};
inline constexpr Text max_clients{
    "Serve at most N clients at a time; for one more, the one silent the longest goes",
    "동시에 상대할 클라이언트 수의 한도. 하나가 더 오면 가장 오래 조용했던 클라이언트를 내보냅니다"};
inline constexpr Text idle_timeout{"Close a client that is silent for S seconds; 0: never",
                                   "S초 동안 조용한 클라이언트를 닫습니다. 0이면 닫지 않음"};
inline constexpr Text rate{
    "Answers a second, all clients together; 0: no limit. Unless given: {0} on loopback, {1} elsewhere",
    "1초에 답할 수 있는 횟수(모든 클라이언트 합계). 0이면 제한 없음. 주지 않으면 루프백에서 {0}, 그 밖에서 {1}"};
inline constexpr Text states_tcp{
    "Show packets and TCP states: on requires the sniffer, auto does what is allowed",
    "패킷과 TCP 상태를 보여 줍니다. on은 스니퍼가 꼭 있어야 하고, auto는 되는 만큼 합니다"};
inline constexpr Text states_udp{"Show the packets: on requires the sniffer, auto does what is allowed",
                                 "패킷을 보여 줍니다. on은 스니퍼가 꼭 있어야 하고, auto는 되는 만큼 합니다"};
inline constexpr Text log{"Show each socket call where it starts and where it returns",
                          "소켓 호출마다 시작과 끝을 보여 줍니다"};
inline constexpr Text log_fd{"Write the log to this file descriptor instead of stderr",
                             "로그를 표준 오류 대신 이 파일 디스크립터에 씁니다"};
inline constexpr Text not_open{"file descriptor {0} is not open", "열려 있지 않은 파일 디스크립터입니다: {0}"};
inline constexpr Text format{"text, or json: one object a line on stdout, the echoed bytes inside",
                             "text, 또는 json: 표준 출력에 한 줄에 객체 하나씩, 되돌아온 바이트도 그 안에"};
}  // namespace words

std::string in(const Text& text, Language lang) { return std::string(text.in(lang)); }

/// Seconds, with a fraction if wanted, into milliseconds.
CLI::Option* add_seconds(CLI::App& app, const std::string& name, std::chrono::milliseconds& value, const Text& text,
                         Language lang) {
  constexpr double longest = 86'400;
  const double now = std::chrono::duration<double>(value).count();
  return app
      .add_option_function<double>(
          name, [&value](double seconds) { value = std::chrono::milliseconds(std::llround(seconds * 1000)); },
          in(text, lang))
      ->check(CLI::Range(0.0, longest))
      ->type_name("S")
      ->default_str(std::to_string(std::llround(now)));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// What a HOST must not be: "127.0.0.1:9000", "[::1]:9000", "9000". The name "9000" would be the address 0.0.35.40.
std::string wrong_host(const std::string& text, Language lang) {
  const auto say = [&](const Text& words, const auto&... values) {
    return fmt::format(fmt::runtime(words.in(lang)), values...);
  };
  if (is_number(text)) return say(words::number_as_host, text);
  const auto colon = text.rfind(':');
  if (colon == text.npos || !is_number(std::string_view(text).substr(colon + 1))) return {};
  std::string host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != host.npos)) return {};  // a plain IPv6 address
  return say(words::port_in_host, host, text.substr(colon + 1));
}

void add_retry(CLI::App& app, const CLI::Option& timeout, Language lang, Options& options) {
  app.add_option("--retry", options.retries, in(words::retry, lang))
      ->check(CLI::Range(0, 1000))
      ->type_name("N")
      ->capture_default_str();
  app.final_callback([&] {
    if (options.retries == 0) return;
    if (timeout.count() == 0) options.timeout = Options::timeout_of_retries;
    if (options.timeout.count() == 0) throw CLI::ExcludesError("--retry", "--timeout=0");  // it would never be over
  });
}

void add_client_options(CLI::App& app, bool tcp, Language lang, Options& options) {
  app.add_option("HOST", options.host, in(words::host, lang))
      ->check(CLI::Validator([lang](const std::string& text) { return wrong_host(text, lang); }, ""))
      ->capture_default_str();
  app.add_option("--port", options.port, in(words::port, lang))
      ->check(CLI::Range(1, 65535))
      ->type_name("N")
      ->capture_default_str();
  auto* message =
      app.add_option("-m,--message", options.messages.texts, in(tcp ? words::message_tcp : words::message_udp, lang))
          ->type_name("TEXT")
          ->allow_extra_args(false);
  auto* count = app.add_option("--count", options.messages.count, in(words::count, lang))
                    ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
                    ->type_name("N");
  // A datagram's limit is the kernel's to tell (EMSGSIZE); a stream has none, but memory has.
  app.add_option("--size", options.messages.size, in(words::size, lang))
      ->check(CLI::Range(0, tcp ? 1 << 30 : 1 << 20))
      ->needs(count)
      ->excludes(message)
      ->type_name("BYTES")
      ->capture_default_str();
  app.add_option_function<std::int64_t>(
         "--interval", [&](std::int64_t ms) { options.messages.interval = std::chrono::milliseconds(ms); },
         in(words::interval, lang))
      ->check(CLI::Range(0, 86'400'000))
      ->type_name("MS")
      ->default_str("0");
  auto* timeout = add_seconds(app, "--timeout", options.timeout, tcp ? words::timeout_tcp : words::timeout_udp, lang);
  if (!tcp) add_retry(app, *timeout, lang, options);
}

void add_server_options(CLI::App& app, bool tcp, Language lang, Options& options) {
  app.add_option("--bind", options.host, in(words::bind, lang))->type_name("ADDRESS")->capture_default_str();
  app.add_option("--port", options.port, in(words::port_to_bind, lang))
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--once", options.once, in(tcp ? words::once_tcp : words::once_udp, lang));
  if (tcp) {
    app.add_option("--max-clients", options.max_clients, in(words::max_clients, lang))
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    add_seconds(app, "--idle-timeout", options.idle_timeout, words::idle_timeout, lang);
  } else {
    app.add_option("--rate", options.rate,
                   fmt::format(fmt::runtime(words::rate.in(lang)), options.rate_on_loopback, options.rate_elsewhere))
        ->check(CLI::Range(0, 1'000'000'000))
        ->type_name("N");
  }
}

/// A number of a descriptor that is open.
std::string open_descriptor(const std::string& text, Language lang) {
  const int fd = std::atoi(text.c_str());
  return ::fcntl(fd, F_GETFD) >= 0 ? std::string() : fmt::format(fmt::runtime(words::not_open.in(lang)), text);
}

void add_log_options(CLI::App& app, bool tcp, Language lang, timeline::Options& options) {
  using timeline::States;
  app.add_option("--states", options.states, in(tcp ? words::states_tcp : words::states_udp, lang))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, States>>{
          {"auto", States::automatic}, {"on", States::on}, {"off", States::off}}))
      ->default_str("auto");
  cli::add_verbosity(app, options.verbosity, lang);
  app.add_option("--log", options.calls, in(words::log, lang))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"calls", true}, {"off", false}}))
      ->default_str("calls");
  app.add_option("--log-fd", options.log_fd, in(words::log_fd, lang))
      ->check(CLI::Range(0, 1'000'000))
      ->check(CLI::Validator([lang](const std::string& text) { return open_descriptor(text, lang); }, ""))
      ->type_name("N")
      ->default_str("2");
  app.add_option("--format", options.json, in(words::format, lang))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"text", false}, {"json", true}}))
      ->default_str("text");
}

}  // namespace

void add_options(CLI::App& app, const Program& program, Language lang, Options& options) {
  const bool tcp = program.protocol == timeline::Protocol::tcp;
  if (program.role == timeline::Role::client)
    add_client_options(app, tcp, lang, options);
  else
    add_server_options(app, tcp, lang, options);
  add_log_options(app, tcp, lang, options.timeline);
}

}  // namespace echolab::echo
