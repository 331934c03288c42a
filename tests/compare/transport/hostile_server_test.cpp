// S: compare against a server that lies. Its counts stay within what was sent, and it comes to an end.
#include <gtest/gtest.h>
#include <poll.h>

#include <functional>
#include <string>
#include <thread>

#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tests/support/raw_socket.hpp"
#include "tools/compare/transport/talk.hpp"
#include "tools/load/bulk.hpp"
#include "tools/load/many_clients.hpp"

namespace echolab::compare {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr net::Timeout tick{5};

/// What it does with what came (empty: nothing has); `send` gives false where nobody is there any more.
using Send = std::function<bool(const std::string&)>;
using Behaviour = std::function<void(const std::string&, const Send&)>;

bool readable(int fd) {
  pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, static_cast<int>(tick.count())) == 1;
}

/// Over UDP: `behave` is called for each datagram, and again and again while none comes.
class LyingUdp {
 public:
  explicit LyingUdp(const Behaviour& behave)
      : thread_([this, behave](const std::stop_token& stop) {
          net::Address client;
          while (!stop.stop_requested()) {
            char room[2048];
            ssize_t size = 0;
            if (readable(socket_.get()))
              size = ::recvfrom(socket_.get(), room, sizeof room, 0, client.fill(), client.fill_size());
            if (client.family() == AF_UNSPEC) continue;
            behave(std::string(room, static_cast<std::size_t>(std::max<ssize_t>(size, 0))),
                   [&](const std::string& bytes) {
                     ::sendto(socket_.get(), bytes.data(), bytes.size(), 0, client.data(), client.size());
                     return !stop.stop_requested();
                   });
          }
        }) {}
  net::Address address() const { return net::local_address(socket_.get()); }

 private:
  net::FileDescriptor socket_ = test::bound_socket(SOCK_DGRAM);
  std::jthread thread_;  // last: it uses the socket
};

/// Over TCP, for one client.
class LyingTcp {
 public:
  explicit LyingTcp(const Behaviour& behave) {
    ::listen(listener_.get(), 8);
    thread_ = std::jthread([this, behave](const std::stop_token& stop) {
      if (!readable_until(stop)) return;
      const net::FileDescriptor client(::accept(listener_.get(), nullptr, nullptr));
      bool here = true;
      while (here && !stop.stop_requested()) {
        std::string came;
        if (readable(client.get())) {
          char room[65536];
          came.assign(room, static_cast<std::size_t>(
                                std::max<ssize_t>(0, ::recv(client.get(), room, sizeof room, MSG_DONTWAIT))));
        }
        behave(came, [&](const std::string& bytes) {
          return here = ::send(client.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0 ||
                        errno == EAGAIN;
        });
      }
    });
  }
  net::Address address() const { return net::local_address(listener_.get()); }

 private:
  bool readable_until(const std::stop_token& stop) const {
    while (!stop.stop_requested())
      if (readable(listener_.get())) return true;
    return false;
  }
  net::FileDescriptor listener_ = test::bound_socket(SOCK_STREAM);
  std::jthread thread_;
};

std::string numbered(std::uint64_t number, std::size_t size) {
  const auto bytes = net::numbered_message(number, size);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether `act` is over in a time that leaves no doubt; a test that hangs says so here.
template <typename Act>
void in_time(Act act) {
  const auto start = std::chrono::steady_clock::now();
  act();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(20));
}

TEST(FaultS3, AnswersToWhatWasNeverSentDoNotCount) {
  const LyingUdp server([](const std::string& came, const Send& send) {
    if (came.empty()) return;
    for (std::uint64_t number = 0; number < 300; ++number) send(numbered(number, came.size()));
  });
  const Talk seen = talk(Client::udp, server.address(), {.messages = 5, .patience = milliseconds(200)});
  EXPECT_EQ(seen.sent, 5U);
  EXPECT_LE(seen.answered, seen.sent);
  EXPECT_LE(seen.doubled, seen.sent);
  EXPECT_LE(seen.lost(), seen.sent);
}

TEST(FaultS3, ANumberWithOtherBytesIsNoAnswer) {
  const LyingUdp server([](const std::string& came, const Send& send) {
    if (!came.empty()) send(came.substr(0, 8) + std::string(came.size() - 8, 'X'));
  });
  const Talk seen = talk(Client::udp, server.address(), {.messages = 2, .patience = milliseconds(100)});
  EXPECT_EQ(seen.answered, 0U);
  EXPECT_EQ(seen.lost(), 2U);
}

TEST(FaultS3, CopiesWithoutEndEndWithTheDeadline) {
  std::string last;
  const LyingUdp server([&last](const std::string& came, const Send& send) {
    if (!came.empty()) last = came;
    for (int i = 0; i < 1000; ++i) send(last);
  });
  in_time([&] {
    const Talk seen = talk(Client::udp, server.address(), {.messages = 3, .patience = milliseconds(200)});
    EXPECT_LE(seen.doubled, 3U);
  });
}

TEST(FaultS3, BytesBehindTheLastEchoAreAFailureAndAreNotReadForEver) {
  const LyingTcp server([](const std::string& came, const Send& send) { send(came.empty() ? "more" : came); });
  in_time([&] {
    const Talk seen = talk(Client::tcp, server.address(), {.messages = 1, .patience = milliseconds(500)});
    ASSERT_TRUE(seen.failure);
    EXPECT_EQ(seen.failure->kind, FailureKind::other);
  });
}

TEST(FaultS3, AnAnswerThatDripsIsGivenUpWhenThePatienceIsOver) {
  std::string rest;
  const LyingTcp server([&rest](const std::string& came, const Send& send) {
    rest += came;
    if (rest.empty()) return;
    send(rest.substr(0, 1));
    rest.erase(0, 1);
  });
  const Talk seen = talk(Client::tcp, server.address(), {.messages = 1, .size = 1472, .patience = milliseconds(300)});
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, FailureKind::silence);
  EXPECT_LT(seen.failure->after, seconds(3));
}

TEST(FaultS3, ACrowdTakesCopiesOfEarlierAnswersForNothing) {
  std::string first;
  const LyingUdp server([&first](const std::string& came, const Send& send) {
    if (came.empty()) return;
    if (first.empty()) first = came;
    send(first);
  });
  const auto result =
      load::run({.duration = milliseconds(300), .patience = milliseconds(50)}, SOCK_DGRAM, server.address());
  EXPECT_LE(result.answers, 1U);
}

TEST(FaultS3, ACrowdTakesNoOtherStreamForAnEcho) {
  const LyingTcp server([](const std::string&, const Send& send) { send(std::string(64, 'x')); });
  EXPECT_THROW(load::run({.duration = milliseconds(300)}, SOCK_STREAM, server.address()), net::CallError);
}

TEST(FaultS3, NoMoreComesBackInBulkThanWasSent) {
  const LyingUdp server([](const std::string& came, const Send& send) {
    if (!came.empty()) send(came);
    for (int i = 0; i < 100; ++i) send(std::string(60'000, 'x'));
  });
  const auto result = load::run_bulk(SOCK_DGRAM, server.address(), milliseconds(200), milliseconds(100));
  EXPECT_LE(result.bytes_back, result.bytes_sent);
  EXPECT_GT(result.bytes_back, 0U);
}

TEST(FaultS3, AStreamThatComesBackLongerEndsTheBulk) {
  const LyingTcp server([](const std::string& came, const Send& send) { send(came + "x"); });
  EXPECT_THROW(load::run_bulk(SOCK_STREAM, server.address(), milliseconds(200), milliseconds(100)), net::CallError);
}

TEST(FaultS3, ABulkThatDripsBackComesToAnEnd) {
  std::string kept;
  const LyingTcp server([&kept](const std::string& came, const Send& send) {
    kept += came;
    if (kept.empty()) return;
    send(kept.substr(0, 1));
    kept.erase(0, 1);
  });
  in_time([&] { load::run_bulk(SOCK_STREAM, server.address(), milliseconds(100), milliseconds(100)); });
}

}  // namespace
}  // namespace echolab::compare
