#include "net/messages.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "net/deadline.hpp"
#include "net/system_call.hpp"

namespace echolab::net {
namespace {

constexpr std::size_t read_size = 64 * 1024;
/// More than a datagram can carry (65,527 bytes over IPv6): a line that is longer need not be read to its end.
constexpr std::size_t longest_line = 64 * 1024;

/// Waits for one of the two; -1 stands for none. True: it is the second.
enum class Waited : std::uint8_t { time_out, first, second };
Waited wait_for(int first, int second, const Deadline& deadline) {
  pollfd waiting[2] = {{.fd = first, .events = POLLIN, .revents = 0}, {.fd = second, .events = POLLIN, .revents = 0}};
  const int ready = system_call("poll", uninterrupted([&] { return ::poll(waiting, 2, deadline.for_poll()); }));
  if (ready == 0) return Waited::time_out;
  return waiting[1].revents != 0 ? Waited::second : Waited::first;
}

}  // namespace

std::vector<std::byte> numbered_message(std::uint64_t number, std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>('a' + (i + number) % 26);
  if (size < Messages::number_width) return bytes;
  const std::string digits = fmt::format("{:08}", number % 100'000'000);
  std::memcpy(bytes.data(), digits.data(), digits.size());
  if (size > Messages::number_width) bytes.back() = std::byte{'\n'};
  return bytes;
}

std::optional<std::uint64_t> number_in(std::span<const std::byte> bytes) {
  if (bytes.size() < Messages::number_width) return std::nullopt;
  const char* digits = reinterpret_cast<const char*>(bytes.data());
  std::uint64_t number = 0;
  const auto read = std::from_chars(digits, digits + Messages::number_width, number);
  if (read.ptr != digits + Messages::number_width) return std::nullopt;
  return number;
}

std::optional<std::size_t> Messages::numbered_size() const {
  const bool numbered = options_.texts.empty() && options_.count && options_.size >= number_width;
  return numbered ? std::optional(options_.size) : std::nullopt;
}

std::optional<std::uint64_t> Messages::total() const {
  if (options_.texts.empty()) return options_.count;
  return options_.texts.size() * options_.count.value_or(1);
}

bool Messages::typed() const { return !total() && ::isatty(STDIN_FILENO) == 1; }

std::optional<Message> Messages::next(int watched) {
  interrupted_ = false;
  const auto all = total();
  if (all && given_ == *all) return std::nullopt;
  if (given_ > 0 && !wait_for_interval(watched)) return std::nullopt;
  if (!all) return from_stdin(watched);
  if (options_.texts.empty()) {
    current_ = numbered_message(given_ + 1, options_.size);
  } else {
    const std::string& text = options_.texts[given_ % options_.texts.size()];
    current_.resize(text.size());
    std::ranges::copy(std::as_bytes(std::span(text)), current_.begin());
  }
  return Message{.number = ++given_, .bytes = current_};
}

bool Messages::wait_for_interval(int watched) {
  throw_if_stopped();
  if (options_.interval.count() <= 0) return true;
  interrupted_ = wait_for(-1, watched, Deadline(options_.interval)) == Waited::second;
  return !interrupted_;
}

std::optional<Message> Messages::from_stdin(int watched) {
  for (;;) {
    const auto line_end = std::ranges::find(input_, std::byte{'\n'});
    if (options_.lines && line_end != input_.end()) return message(line_end - input_.begin() + 1);
    if (!input_.empty() && (!options_.lines || input_ended_ || input_.size() >= longest_line))
      return message(input_.size());
    if (input_ended_) return std::nullopt;

    if (wait_for(STDIN_FILENO, watched, no_deadline) == Waited::second) {
      interrupted_ = true;
      return std::nullopt;
    }
    const std::size_t held = input_.size();
    input_.resize(held + read_size);
    const auto size = system_call(
        "read", uninterrupted([&] { return ::read(STDIN_FILENO, input_.data() + held, read_size); }), "stdin");
    input_.resize(held + static_cast<std::size_t>(size));
    input_ended_ = size == 0;
  }
}

/// The first `length` bytes of what has come in.
Message Messages::message(std::size_t length) {
  const auto end = input_.begin() + static_cast<std::ptrdiff_t>(length);
  current_.assign(input_.begin(), end);
  input_.erase(input_.begin(), end);
  return {.number = ++given_, .bytes = current_};
}

}  // namespace echolab::net
