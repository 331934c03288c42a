#include "tools/compare/transport/talk.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "net/deadline.hpp"
#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tcp/socket.hpp"
#include "udp/socket.hpp"

namespace echolab::compare {
namespace {

using Clock = std::chrono::steady_clock;
using Bytes = std::span<const std::byte>;

FailureKind kind_of(const net::CallError& error) {
  if (error.connection_lost()) return FailureKind::reset;
  switch (error.code().value()) {
    case ECONNREFUSED: return FailureKind::refused;
    case ETIMEDOUT: return FailureKind::silence;
    default: return FailureKind::other;
  }
}

/// What both clients do alike: messages in their order, and the book of what came of them.
class Talker {
 public:
  explicit Talker(const Work& work) : work_(work) {}
  virtual ~Talker() = default;
  Talker(const Talker&) = delete;
  Talker& operator=(const Talker&) = delete;

  Talk run() {
    const auto start = Clock::now();
    try {
      open();
      for (std::uint64_t number = 1; number <= work_.messages && !over_; ++number) exchange(number);
      if (!over_) close(start);
    } catch (const net::CallError& error) {
      fail(kind_of(error), start);
    }
    if (talk_.total.count() == 0) talk_.total = Clock::now() - start;
    return std::move(talk_);
  }

 protected:
  virtual void open() = 0;
  /// Sends the message and waits for its answer; what it sees instead.
  virtual std::optional<FailureKind> ask(std::uint64_t number, Bytes message) = 0;
  /// Nothing more will be asked.
  virtual void close(Clock::time_point began) = 0;

  void fail(FailureKind kind, Clock::time_point since) {
    if (!talk_.failure) talk_.failure = {.kind = kind, .after = Clock::now() - since};
  }
  void begins() {
    if (began_ == Clock::time_point{}) began_ = Clock::now();
  }
  void count_answer() {
    ++talk_.answered;
    if (!talk_.first_answer) talk_.first_answer = Clock::now() - began_;
  }

  const Work& work_;
  Talk talk_;
  std::array<std::byte, 65536> room_;
  bool over_ = false;  // there is no talking any more

 private:
  void exchange(std::uint64_t number) {
    const auto message = net::numbered_message(number, work_.size);
    ++talk_.sent;
    const auto asked = Clock::now();
    std::optional<FailureKind> kind;
    try {
      kind = ask(number, message);
    } catch (const net::CallError& error) {
      kind = kind_of(error);
    }
    if (kind) return fail(*kind, asked);
    talk_.round_trips.push_back(Clock::now() - asked);
    if (work_.answered) work_.answered(number);
  }

  Clock::time_point began_{};
};

class TcpTalker final : public Talker {
 public:
  TcpTalker(const net::Address& server, const Work& work)
      : Talker(work), server_(server), socket_(server.family(), nullptr) {}

 private:
  void open() override {
    socket_.send_at_once();
    begins();
    socket_.connect(server_, net::Deadline(work_.patience));
  }

  /// A connection that has failed once is no more.
  std::optional<FailureKind> ask(std::uint64_t, Bytes message) override {
    over_ = true;
    Bytes unsent = message;
    std::size_t missing = message.size();
    const net::Deadline deadline(work_.patience);
    while (missing > 0) {
      net::throw_if_stopped();
      if (!deadline.left()) return FailureKind::silence;
      if (!unsent.empty()) unsent = unsent.subspan(socket_.send(unsent));
      if (!unsent.empty() && !socket_.wait_to_read_or_send(deadline)) continue;
      const auto size = socket_.receive(std::span(room_).first(missing), deadline);
      if (!size) return FailureKind::silence;
      if (*size == 0) return FailureKind::closed;
      const Bytes expected = message.last(missing).first(*size);
      if (!std::ranges::equal(expected, Bytes(room_).first(*size))) return FailureKind::other;  // that is no echo
      missing -= *size;
    }
    over_ = false;
    count_answer();
    return std::nullopt;
  }

  /// Our FIN, then the server's; whoever has more to say is no echo server.
  void close(Clock::time_point began) override {
    socket_.shutdown_send();
    if (socket_.receive(room_, net::Deadline(work_.patience)).value_or(0) > 0) fail(FailureKind::other, began);
    socket_.close();
  }

  const net::Address& server_;
  tcp::Socket socket_;
};

class UdpTalker final : public Talker {
 public:
  UdpTalker(const net::Address& server, const Work& work, bool again)
      : Talker(work), server_(server), socket_(server.family(), nullptr), again_(again) {}

 private:
  void open() override { socket_.report_errors(); }

  std::optional<FailureKind> ask(std::uint64_t number, Bytes message) override {
    begins();
    const net::Deadline deadline(work_.patience);
    for (net::Timeout timeout = again_ ? work_.first_timeout : work_.patience; deadline.left(); timeout *= 2) {
      socket_.send_to(server_, message);
      const net::Deadline this_time(std::min(timeout, *deadline.left()));
      while (this_time.left())
        if (take_answer(this_time) == number) return std::nullopt;
    }
    return FailureKind::silence;
  }

  /// Copies of the last answers may still be on their way: looking for them is no part of the work.
  void close(Clock::time_point began) override {
    constexpr net::Timeout moment{20}, longest{200};
    talk_.total = Clock::now() - began;
    const net::Deadline deadline(longest);
    while (deadline.left() && take_answer(net::Deadline(moment))) continue;
    socket_.close();
  }

  /// The number of the message that the next datagram answers, be it late or a copy; 0: of none that was sent; nullopt:
  /// no datagram has come.
  std::optional<std::uint64_t> take_answer(const net::Deadline& deadline) {
    net::throw_if_stopped();
    const auto datagram = socket_.receive_from(room_, deadline);
    if (!datagram) return std::nullopt;
    const Bytes bytes = Bytes(room_).first(datagram->size);
    const auto number = net::number_in(bytes).value_or(0);
    if (!(datagram->from == server_) || number == 0 || number > talk_.sent ||
        !std::ranges::equal(bytes, net::numbered_message(number, work_.size)))
      return 0;
    if (!answered_.insert(number).second) {
      doubled_.insert(number);
      talk_.doubled = doubled_.size();
    } else {
      if (number < *answered_.rbegin()) ++talk_.out_of_order;
      count_answer();
    }
    return number;
  }

  const net::Address& server_;
  udp::Socket socket_;
  bool again_;
  std::set<std::uint64_t> answered_, doubled_;
};

}  // namespace

std::string_view to_string(FailureKind kind) {
  static constexpr std::array<std::string_view, 5> names{"silence", "refused", "closed", "reset", "other"};
  return names[static_cast<std::size_t>(kind)];
}

Talk talk(Client client, const net::Address& server, const Work& work) {
  if (client == Client::tcp) return TcpTalker(server, work).run();
  return UdpTalker(server, work, client == Client::udp_retry).run();
}

}  // namespace echolab::compare
