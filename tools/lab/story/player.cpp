#include "tools/lab/story/player.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <tuple>

#include "capture/render/escape.hpp"
#include "net/call_log.hpp"
#include "net/system_call.hpp"
#include "tools/lab/host/process.hpp"

namespace echolab::lab {
namespace {

using nlohmann::json;

bool is_echo_program(const std::string& name) {
  constexpr std::array<std::string_view, 4> names{"tcp_server", "tcp_client", "udp_server", "udp_client"};
  return std::ranges::find(names, name) != names.end();
}

constexpr std::string_view hand_name = "by_hand";

/// Ours is the one that was built, or installed, with us.
std::string beside_us(const std::string& name) {
  std::error_code unknown;
  const auto path = program_folder() / name;
  return std::filesystem::exists(path, unknown) ? path.string() : name;
}

/// by_hand's words without its orders: they are the student's to give.
std::vector<std::string> words_before_orders(std::vector<std::string> words) {
  constexpr std::size_t program_host_port = 3;
  words.resize(std::min(words.size(), program_host_port));
  return words;
}

/// Its words, and those that make one of our programs tell its calls to us. The lab sees the states itself.
std::vector<std::string> words_for(const Program& program, bool ours, bool patient) {
  auto words = program.words;
  const bool hand = words.front() == hand_name;
  if (hand && patient) words = words_before_orders(words);
  if (hand || ours) words.front() = beside_us(words.front());
  if (!ours) return words;
  const bool client = words.front().ends_with("client");
  words.insert(words.end(), {"--format", "json", "--log", "calls", "--states", "off"});
  if (patient && client) words.insert(words.end(), {"--timeout", "0"});
  return words;
}

std::pair<net::FileDescriptor, net::FileDescriptor> make_pipe() {
  int ends[2];
  net::system_call("pipe", ::pipe2(ends, O_CLOEXEC));
  net::system_call("fcntl", ::fcntl(ends[0], F_SETFL, O_NONBLOCK));
  return {net::FileDescriptor(ends[0]), net::FileDescriptor(ends[1])};
}

/// The entry's text, where it has one: a program may only look like ours.
std::string text_of(const json& entry, const char* name) {
  const auto found = entry.find(name);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// "1700364000.123456789". Now, where it is no time, or one to come: what is told has happened.
capture::Time time_of(const std::string& text) {
  using std::chrono::nanoseconds, std::chrono::seconds;
  const capture::Time now = net::wall_clock();
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0, fraction = 0;
  const auto [point, wrong] = std::from_chars(text.data(), end, whole);
  if (wrong != std::errc() || end - point != 10 || *point != '.') return now;
  if (std::from_chars(point + 1, end, fraction).ptr != end || whole < 0 || fraction < 0) return now;
  const auto since_1970 = now.time_since_epoch();
  if (whole > std::chrono::floor<seconds>(since_1970).count()) return now;
  return capture::Time(std::min<nanoseconds>(since_1970, seconds(whole) + nanoseconds(fraction)));
}

}  // namespace

Player::Player(Network& network, const Program& program, bool patient)
    : program_(program), name_(std::filesystem::path(program.words.at(0)).filename()), ours_(is_echo_program(name_)) {
  auto [out, out_written] = make_pipe();
  auto [error, error_written] = make_pipe();
  out_.end = std::move(out);
  error_.end = std::move(error);
  net::FileDescriptor orders;
  if (patient && name_ == hand_name) std::tie(orders, orders_) = make_pipe();
  pid_ = network.start(program_.host, {.words = words_for(program_, ours_, patient),
                                       .stdin_fd = orders.get(),
                                       .stdout_fd = out_written.get(),
                                       .stderr_fd = error_written.get()});
  life_ =
      net::FileDescriptor(net::system_call("pidfd_open", static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)), name_));
  ready_ = !ours_ && program_.ready.empty();
  if (ours_ && name_.ends_with("client")) ready_ = true;
}

std::array<int, 3> Player::descriptors() const { return {out_.end.get(), error_.end.get(), ended_ ? -1 : life_.get()}; }

std::vector<Event> Player::read() {
  std::vector<Event> events;
  for (Pipe* pipe : {&out_, &error_}) {
    const bool open = fill(*pipe);
    take_lines(*pipe, pipe == &error_, events);
    if (!open) pipe->end.reset();
  }
  const bool silent = !out_.end && !error_.end;
  int status = 0;
  // A child that it left behind may hold its pipes: what it said before it ended is in them already.
  if (ended_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return events;
  ended_ = true;
  if (!silent) {
    auto rest = read();
    events.insert(events.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
  }
  events.push_back(ExitEvent{program_.host, net::wall_clock(), name_,
                             WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status)});
  return events;
}

void Player::order(const std::string& line) const {
  const std::string text = line + "\n";  // far below what a pipe takes at once
  if (::write(orders_.get(), text.data(), text.size()) < 0 && errno != EPIPE)
    throw net::CallError("write", name_, errno);
}

void Player::end(int signal) const {
  if (!ended_) ::kill(pid_, signal);
}

/// What is in the pipe now, and no more than that: whoever writes faster than we read must not keep us here. False:
/// nobody holds its other end any more.
bool Player::fill(Pipe& pipe) {
  constexpr std::size_t size_of_a_pipe = 65536;  // pipe(7)
  if (!pipe.end) return false;
  std::array<char, size_of_a_pipe> room;
  const auto count = ::read(pipe.end.get(), room.data(), room.size());
  if (count > 0) pipe.unread.append(room.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

/// The lines that have ended; of a longer one, pieces: a program that never ends its line still speaks.
void Player::take_lines(Pipe& pipe, bool error, std::vector<Event>& events) {
  constexpr std::size_t longest_line = 65536;  // bytes
  std::string_view left = pipe.unread;
  for (;;) {
    const std::string_view line = left.substr(0, left.find('\n')), piece = capture::beginning(line, longest_line);
    const bool cut = piece.size() < line.size(), complete = line.size() < left.size() || ended_;
    if (left.empty() || !(cut || complete)) break;
    take_line(std::string(piece), error, events);
    left.remove_prefix(cut ? piece.size() : std::min(line.size() + 1, left.size()));
  }
  pipe.unread.erase(0, pipe.unread.size() - left.size());
}

void Player::take_line(const std::string& line, bool error, std::vector<Event>& events) {
  if (!program_.ready.empty() && line.find(program_.ready) != std::string::npos) ready_ = true;
  if (ours_ && !error)
    take_log(line, events);
  else
    events.push_back(OutputEvent{program_.host, net::wall_clock(), name_, line, error});
}

/// A line of an echo program's log: what it called, or what it has to say.
void Player::take_log(const std::string& line, std::vector<Event>& events) {
  const json entry = json::parse(line, nullptr, false);
  if (entry.is_discarded() || !entry.is_object()) {
    events.push_back(OutputEvent{program_.host, net::wall_clock(), name_, line, false});
    return;
  }
  const std::string kind = text_of(entry, "kind"), text = text_of(entry, "text");
  const capture::Time time = time_of(text_of(entry, "time"));
  if (kind == "call") {
    events.push_back(CallEvent{program_.host, time, text_of(entry, "call"), text_of(entry, "phase") == "return",
                               text_of(entry, "arguments"), text_of(entry, "result"), text});
  } else if (kind == "listening") {
    ready_ = true;
  } else if (!text.empty() && kind != "warning") {  // of an address that others can reach: here there are no others
    events.push_back(OutputEvent{program_.host, time, name_, text, false});
  }
}

}  // namespace echolab::lab
