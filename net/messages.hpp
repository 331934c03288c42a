// What an echo client sends: texts from its command line, numbered messages, or what comes in on stdin.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace echolab::net {

struct MessageOptions {
  std::vector<std::string> texts = {};      // -m: exactly these bytes
  std::optional<std::uint64_t> count = {};  // --count: so many messages, or so many times the texts
  std::size_t size = 64;                    // of a numbered message
  std::chrono::milliseconds interval{0};    // between two messages
  bool lines = false;  // stdin: a message ends with its line (UDP); else with what one read gives (TCP)
};

struct Message {
  std::uint64_t number = 1;          // from 1
  std::span<const std::byte> bytes;  // valid until the next message
};

class Messages {
 public:
  explicit Messages(MessageOptions options) : options_(std::move(options)) {}

  /// The next message; nullopt when there are no more. Waits for the interval, or for stdin; throws Stopped.
  /// When `watched` (a socket; -1: none) becomes readable meanwhile it waits no longer: nullopt, and `interrupted()`.
  std::optional<Message> next(int watched = -1);
  bool interrupted() const { return interrupted_; }

  /// Messages that are numbered can be told apart: their first 8 bytes are the number. Their size; nullopt: they are
  /// not.
  std::optional<std::size_t> numbered_size() const;
  /// Whether somebody at a terminal types them.
  bool typed() const;
  /// How many there will be, where that is known.
  std::optional<std::uint64_t> total() const;

  static constexpr std::size_t number_width = 8;

 private:
  bool wait_for_interval(int watched);
  std::optional<Message> from_stdin(int watched);
  Message message(std::size_t length);

  MessageOptions options_;
  std::uint64_t given_ = 0;
  bool interrupted_ = false, input_ended_ = false;
  std::vector<std::byte> current_, input_;
};

/// Message `number` of --count and --size: its number in 8 digits, letters, and a line break at the end. A shorter one:
/// letters alone.
std::vector<std::byte> numbered_message(std::uint64_t number, std::size_t size);

/// The number that numbered_message has written; nullopt where there is none.
std::optional<std::uint64_t> number_in(std::span<const std::byte> bytes);

}  // namespace echolab::net
