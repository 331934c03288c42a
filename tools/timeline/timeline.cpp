#include "tools/timeline/timeline.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "capture/explain/failure.hpp"
#include "capture/render/json.hpp"
#include "capture/render/width.hpp"
#include "net/privileges.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/timeline/json_lines.hpp"
#include "tools/timeline/route.hpp"
#include "tools/timeline/texts.hpp"

namespace echolab::timeline {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds patience{50};  // how long a packet may wait for the call that it belongs before
constexpr milliseconds longest_close{1000};
constexpr std::size_t most_living = 10000;

std::string program_name(const Options& options) {
  return fmt::format("{}_{}", options.protocol == Protocol::tcp ? "tcp" : "udp",
                     options.role == Role::client ? "client" : "server");
}

bool wait_readable(int fd, int other, milliseconds timeout) {
  pollfd waiting[2] = {{.fd = fd, .events = POLLIN, .revents = 0}, {.fd = other, .events = POLLIN, .revents = 0}};
  return ::poll(waiting, 2, static_cast<int>(timeout.count())) > 0 && waiting[0].revents != 0;
}

/// The state as the ladder writes it: with a question mark where no packet of its own has shown it.
std::string marked(const capture::SideChange& side) {
  return fmt::format("{}{}", to_string(side.after), side.certainty == capture::Certainty::assumed ? "?" : "");
}

/// The lines of a sentence, broken at words where they are wider than `columns` (0: as wide as they are).
std::string broken(std::string_view sentence, int columns) {
  if (columns == 0) return fmt::format("{}\n", sentence);
  std::string out;
  for (std::size_t begin = 0; begin <= sentence.size();) {
    const std::size_t end = std::min(sentence.find('\n', begin), sentence.size());
    const std::string_view line = sentence.substr(begin, end - begin);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    for (const std::string& part : capture::wrap(line.substr(indent), columns - static_cast<int>(indent)))
      out += std::string(indent, ' ') + part + "\n";
    begin = end + 1;
  }
  return out;
}

bool has_ended(capture::State state) {
  return state == capture::State::closed || state == capture::State::time_wait || state == capture::State::listen;
}

}  // namespace

Timeline::Timeline(const Options& options)
    : net::CallLog(options.role == Role::client ? "client" : "server"),
      options_(options),
      style_{.options = options, .zero = net::wall_clock()},
      log_(options.log_fd),
      out_(STDOUT_FILENO) {
  // `auto` follows the log: whoever switched that off wants quiet.
  if (!options_.calls && options_.states == States::automatic) options_.states = States::off;
}

Timeline::~Timeline() {
  if (!teller_.joinable()) return;
  teller_.request_stop();
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

// --- starting ---

void Timeline::watch_client(int fd, const net::Address& server) {
  client_fd_ = fd;
  std::string interface;
  try {
    if (options_.states != States::off) interface = interface_to(server);
  } catch (const net::CallError&) {
    interface = "any";  // no way there: connect will say so
  }
  watch(interface, server.port());
}

void Timeline::watch_server(const net::Address& bound) {
  watch(options_.states == States::off ? std::string() : interface_of(bound), bound.port());
}

void Timeline::watch(const std::string& interface, std::uint16_t port) {
  if (options_.states != States::off) sniffer_ = open_sniffer(interface, port);
  net::drop_privileges();
  if (!sniffer_) return;
  if (options_.protocol == Protocol::udp) say(texts::udp_has_no_states.in(options_.language));
  wake_ = net::FileDescriptor(net::system_call("eventfd", ::eventfd(0, EFD_CLOEXEC)));
  teller_ = std::jthread([this](const std::stop_token& stop) { tell_while_waiting(stop); });
}

std::optional<Sniffer> Timeline::open_sniffer(const std::string& interface, std::uint16_t port) {
  net::raise_capture_right();
  auto opened = Sniffer::open(interface, port, options_.protocol);
  if (auto* sniffer = std::get_if<Sniffer>(&opened)) return std::move(*sniffer);
  refuse_or_fall_back(std::get<capture::SourceError>(opened));
  return std::nullopt;
}

void Timeline::refuse_or_fall_back(const capture::SourceError& error) {
  const auto in = [&](const Text& text) { return fmt::runtime(text.in(options_.language)); };
  const bool no_right = error.kind == capture::SourceError::Kind::no_permission;
  if (options_.states == States::on)
    throw CannotCapture("--states on: " + explain(error, options_.started, options_.language), no_right);
  const std::string why = no_right ? std::string(texts::no_permission.in(options_.language)) : error.detail;
  const bool tcp = options_.protocol == Protocol::tcp;
  kernel_states_ = tcp;
  say(fmt::format(in(tcp ? texts::fallback_tcp : texts::fallback_udp), why, options_.started,
                  capture::shell_of(options_.started)));
}

// --- telling ---

void Timeline::take(net::CallRecord record) {
  const std::lock_guard held(lock_);
  learn_local_port();
  record.time = net::wall_clock();
  tell_packets_until(record.time);
  if (record.call == "close" && record.fd == client_fd_) client_fd_ = -1;
  if (!options_.calls) return;
  // Data going to and fro may come in bursts; a call that fails is worth its line, unless it only says "not now".
  const bool routine = record.carries_data && (record.error == 0 || record.error == EAGAIN);
  if (routine && !fold_.tells(Fold::Event::call, record.time)) return;
  if (!routine) tell_folded();
  print(options_.json ? json_of(record, style_) : story_of(record, style_));
  throw_if_output_lost();
}

void Timeline::tell_packets_until(net::WallTime time) {
  if (!sniffer_) return;
  if (client_fd_ >= 0) time = std::min(time, asked_);  // whose the later ones are is not known yet
  while (const capture::Observation* seen = sniffer_->next_until(time))
    if (is_ours(*seen->stream)) tell(*seen);
}

void Timeline::tell(const capture::Observation& seen) {
  const bool routine = is_routine(seen);
  remember(seen);
  if (routine && !fold_.tells(Fold::Event::packet, seen.packet.time)) return;
  if (!routine) tell_folded();
  print(options_.json ? to_json(seen, options_.language) + "\n"
                      : story_of(seen, annotate(seen, options_.language), style_));
}

void Timeline::tell_folded() {
  const Fold::Counts counts = fold_.end();
  if (!counts.any()) return;
  const std::string text =
      fmt::format(fmt::runtime(texts::folded.in(options_.language)), (counts.calls + 1) / 2, counts.packets);
  if (options_.json)
    print(fmt::format(R"({{"v":1,"kind":"folded","calls":{},"packets":{},"text":{}}})", (counts.calls + 1) / 2,
                      counts.packets, capture::json_string(text)) +
          "\n");
  else
    print(story_of(text, net::wall_clock(), style_));
}

void Timeline::print(std::string_view text) {
  if (options_.json && options_.log_fd == STDERR_FILENO) {  // the log is the result
    out_.write(text);
    return;
  }
  if (mid_line_) log_.write("\n");
  mid_line_ = false;
  log_.write(text);
}

void Timeline::say(std::string_view sentence) {
  const std::lock_guard held(lock_);
  const net::WallTime now = net::wall_clock();
  tell_packets_until(now);
  print(options_.json ? json_of(sentence, now) : story_of(sentence, now, style_));
}

void Timeline::note(std::string_view sentence) {
  if (options_.calls || sniffer_) say(sentence);
}

void Timeline::echo(std::span<const std::byte> bytes) {
  const std::lock_guard held(lock_);
  if (options_.json) {
    print(json_of_echo(bytes, net::wall_clock()));
  } else if (!bytes.empty()) {
    out_.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    mid_line_ = bytes.back() != std::byte{'\n'} && ::isatty(STDOUT_FILENO) && ::isatty(options_.log_fd);
  }
  throw_if_output_lost();
}

void Timeline::result(std::string_view json, std::string_view sentence) {
  const std::lock_guard held(lock_);
  if (options_.json)
    print(fmt::format(R"({{"v":1,{}}})", json) + "\n");
  else if (sentence.empty())
    return;
  else if (options_.role == Role::server)
    out_.write(broken(sentence, options_.out_line));
  else if (options_.calls)
    print(broken(sentence, options_.log_line));
}

void Timeline::problem(std::string_view json, std::string_view sentence) {
  const std::lock_guard held(lock_);
  tell_packets_until(net::wall_clock());
  tell_folded();
  print(options_.json ? fmt::format(R"({{"v":1,{},"text":{}}})", json, capture::json_string(sentence)) + "\n"
                      : broken(fmt::format("{}: {}", program_name(options_), sentence), options_.log_line));
}

void Timeline::stopped() {
  const std::lock_guard held(lock_);
  if (!options_.json && net::interrupted_from_keyboard() && ::isatty(STDOUT_FILENO)) out_.write("\n");
}

void Timeline::throw_if_output_lost() const {
  if (out_.error() != 0) throw OutputLost(out_.error());
  if (log_.error() != 0) throw std::system_error(log_.error(), std::generic_category(), "write");
}

// --- whose packets ---

void Timeline::learn_local_port() {
  if (client_fd_ < 0) return;
  asked_ = net::wall_clock();
  net::Address local;  // the kernel chooses the port when connect starts, or with the first datagram
  if (::getsockname(client_fd_, local.fill(), local.fill_size()) == 0) local_port_ = local.port();
  if (local_port_ != 0) client_fd_ = -1;
}

bool Timeline::is_ours(const capture::StreamView& stream) const {
  if (options_.role == Role::server) return true;  // the filter has asked for the port already
  return stream.client.port == local_port_ || stream.server.port == local_port_;
}

// --- while the program waits ---

void Timeline::tell_while_waiting(const std::stop_token& stop) {
  bool waiting = false;
  while (!stop.stop_requested()) {
    // Nothing waits: sleep until a packet comes. Then give the call that it belongs before a moment to be told first.
    if (!waiting) wait_readable(sniffer_->selectable_fd(), wake_.get(), milliseconds{-1});
    wait_readable(wake_.get(), -1, patience);
    const std::lock_guard held(lock_);
    learn_local_port();
    tell_packets_until(net::wall_clock() - (calls() ? patience : milliseconds{0}));
    waiting = sniffer_->waits();
    if (fold_.over(net::wall_clock())) tell_folded();
  }
}

// --- the end ---

/// Keeps what the end has to say: the states of a client's conversation, and which conversations still live.
void Timeline::remember(const capture::Observation& seen) {
  if (!seen.tcp) return;
  if (options_.role == Role::client) last_ = *seen.tcp;
  if (!seen.tcp->client.changed() && !seen.tcp->server.changed()) return;
  const capture::State client = seen.tcp->client.after, server = seen.tcp->server.after;
  // Nobody tells the network that a connect was given up: nothing more will be seen of a SYN_SENT.
  if (client == capture::State::syn_sent || (has_ended(client) && has_ended(server)))
    living_.erase(seen.stream->number);
  else if (living_.size() < most_living)
    living_.insert(seen.stream->number);
}

void Timeline::finish() {
  if (!sniffer_ || finished_) return;
  finished_ = true;
  const auto deadline = net::wall_clock() + longest_close;
  for (;;) {
    {
      const std::lock_guard held(lock_);
      tell_packets_until(net::wall_clock());
      if (living_.empty() || net::wall_clock() > deadline) break;
    }
    wait_readable(sniffer_->selectable_fd(), -1, milliseconds{20});
  }
  const std::lock_guard held(lock_);
  tell_folded();
  tell_end();
}

void Timeline::tell_end() {
  const auto tell = [&](const std::string& sentence) {
    const net::WallTime now = net::wall_clock();
    print(options_.json ? json_of(sentence, now) : story_of(sentence, now, style_));
  };
  const auto in = [&](const Text& text) { return fmt::runtime(text.in(options_.language)); };
  if (last_) {
    const auto client = to_string(last_->client.after), server = to_string(last_->server.after);
    const std::string sentence = fmt::format(in(texts::at_the_end), marked(last_->client), marked(last_->server));
    if (options_.json)
      print(fmt::format(R"({{"v":1,"kind":"end","client":"{}","server":"{}","text":{}}})", client, server,
                        capture::json_string(sentence)) +
            "\n");
    else
      tell(sentence);
    if (last_->client.after == capture::State::time_wait) tell(std::string(texts::time_wait.in(options_.language)));
  }
  if (const auto dropped = sniffer_->dropped(); dropped > 0) tell(fmt::format(in(texts::packets_lost), dropped));
}

}  // namespace echolab::timeline
