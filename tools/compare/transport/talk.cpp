#include "tools/compare/transport/talk.hpp"

#include <algorithm>
#include <set>

#include "net/system_call.hpp"
#include "tcp/client.hpp"
#include "udp/retry.hpp"

namespace echolab::compare {
namespace {

using Clock = std::chrono::steady_clock;

FailureKind kind_of(const net::CallError& error) {
  if (error.connection_lost()) return FailureKind::reset;
  switch (error.code().value()) {
    case ECONNREFUSED: return FailureKind::refused;
    case ETIMEDOUT: return FailureKind::silence;
    default: return FailureKind::other;
  }
}
FailureKind kind_of(tcp::Failure failure) {
  switch (failure) {
    case tcp::Failure::closed: return FailureKind::closed;
    case tcp::Failure::not_an_echo: return FailureKind::other;
    default: return FailureKind::silence;
  }
}

/// Notes when each message goes and when its echo is here.
template <typename Report>
class Watch : public Report {
 public:
  /// It begins to run now.
  explicit Watch(const Work& work) : work_(work) {}

  void asks(const net::Message&) override {
    asked_ = Clock::now();
    ++talk_.sent;
  }
  void answered(const net::Message& message) override {
    talk_.round_trips.push_back(Clock::now() - asked_);
    count_answer();
    if (work_.answered) work_.answered(message.number);
  }

  void fails(FailureKind kind) {
    last_ = Clock::now();
    if (!talk_.failure) talk_.failure = {.kind = kind, .after = last_ - asked_};
  }
  Talk take(Clock::time_point end) {
    talk_.total = end - began_;
    return std::move(talk_);
  }
  /// When the last thing happened that matters.
  Clock::time_point last() const { return last_; }

 protected:
  void count_answer() {
    last_ = Clock::now();
    ++talk_.answered;
    if (!talk_.first_answer) talk_.first_answer = last_ - began_;
  }

  const Work& work_;
  Talk talk_;
  Clock::time_point began_ = Clock::now(), asked_ = began_, last_ = began_;
};

class TcpWatch final : public Watch<net::EchoReport> {
 public:
  using Watch::Watch;
  /// An echo that drips would buy the client's time-out again with each byte.
  void echo(std::span<const std::byte>) override {
    if (Clock::now() - asked_ > work_.patience) throw tcp::Failure::silent;
  }
};

class UdpWatch final : public Watch<udp::ClientReport> {
 public:
  using Watch::Watch;
  void answered(const net::Message& message) override {
    highest_ = message.number;
    Watch::answered(message);
  }
  void tell(const udp::Event& event) override {
    switch (event.outcome) {
      case udp::Outcome::unknown: return fails(FailureKind::silence);
      case udp::Outcome::unreachable: return fails(FailureKind::refused);
      case udp::Outcome::duplicate:
        doubled_.insert(event.number);
        talk_.doubled = doubled_.size();
        return;
      case udp::Outcome::late:
        if (event.number < highest_) ++talk_.out_of_order;
        return count_answer();
      default: return;  // no answer of ours
    }
  }

 private:
  std::uint64_t highest_ = 0;  // number of an answered message
  std::set<std::uint64_t> doubled_;
};

net::MessageOptions messages_of(const Work& work) { return {.count = work.messages, .size = work.size}; }

/// With opening and closing.
Talk talk_over_tcp(const net::Address& server, const Work& work) {
  TcpWatch watch(work);
  tcp::Client client(server, messages_of(work), work.patience, watch);
  try {
    client.open();
    client.talk();
    client.close();
  } catch (const net::CallError& error) {
    watch.fails(kind_of(error));
  } catch (const tcp::Failure failure) {
    if (failure != tcp::Failure::stays_open) watch.fails(kind_of(failure));
  }
  if (client.bytes_unasked() > 0) watch.fails(FailureKind::other);  // whoever has more to say is no echo server
  return watch.take(Clock::now());
}

/// Looking for copies of the last answers, which may still be on their way, is no part of the work.
Talk talk_over_udp(udp::Client& client, UdpWatch& watch) {
  try {
    client.open();
    client.talk();
    client.close();
  } catch (const net::CallError& error) {
    watch.fails(kind_of(error));
  }
  return watch.take(watch.last());
}

/// How often a message is sent again before that has taken as long as the patience.
std::uint32_t retries_of(const Work& work) {
  std::uint32_t retries = 0;
  for (auto waited = work.first_timeout; waited < work.patience; waited = 2 * waited + work.first_timeout) ++retries;
  return retries;
}

}  // namespace

std::string_view to_string(FailureKind kind) {
  static constexpr std::array<std::string_view, 5> names{"silence", "refused", "closed", "reset", "other"};
  return names[static_cast<std::size_t>(kind)];
}

Talk talk(Client client, const net::Address& server, const Work& work) {
  if (client == Client::tcp) return talk_over_tcp(server, work);
  UdpWatch watch(work);
  if (client == Client::udp) {
    udp::Client once(server, messages_of(work), work.patience, watch);
    return talk_over_udp(once, watch);
  }
  udp::RetryingClient again(server, messages_of(work), work.first_timeout, retries_of(work), watch);
  return talk_over_udp(again, watch);
}

}  // namespace echolab::compare
