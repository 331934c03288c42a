// What --retry adds to UDP: nothing lost and nothing echoed twice, over a way that loses, doubles and delays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "net/system_call.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"
#include "udp/retry.hpp"

namespace echolab::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A server that the test plays itself: it decides of each datagram what becomes of it.
struct BadWay {
  net::FileDescriptor socket = bound_socket(SOCK_DGRAM);
  std::string port = port_of(socket);
  net::Address client;

  std::string receive() {
    char room[65536];
    const auto size = ::recvfrom(socket.get(), room, sizeof room, 0, client.fill(), client.fill_size());
    net::system_call("recvfrom", size);
    return {room, static_cast<std::size_t>(size)};
  }
  /// The first datagram that is another than `before`, of which more tries may have come.
  std::string receive_after(const std::string& before) {
    std::string bytes = receive();
    while (bytes == before) bytes = receive();
    return bytes;
  }
  void answer(const std::string& bytes) const {
    ::sendto(socket.get(), bytes.data(), bytes.size(), 0, client.data(), client.size());
  }
  std::vector<std::string> ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--port", port});
    return command("udp_client", quiet(std::move(arguments)));
  }
};

TEST(Retry, WhatIsLostIsSentAgainUntilItIsAnswered) {
  BadWay way;
  Process client(way.ask({"-m", "one", "-m", "two", "--retry", "5", "--timeout", "0.05"}));
  std::string message;
  for (const std::string expected : {"00000001 one", "00000002 two"}) {
    message = way.receive_after(message);
    EXPECT_EQ(message, expected);
    for (int lost = 1; lost <= 3; ++lost) EXPECT_EQ(way.receive(), expected);
    way.answer(message);
  }
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "onetwo") << "without the numbers";
  EXPECT_THAT(ended.err, HasSubstr("message 1: no answer in 0.05 s: sent again (1 of 5 times)"));
  EXPECT_THAT(ended.err, HasSubstr("message 1: no answer in 0.2 s: sent again (3 of 5 times)")) << "doubled twice";
}

TEST(Retry, AMessageOfCountHasItsNumberAlready) {
  BadWay way;
  Process client(way.ask({"--count", "2", "--size", "12", "--retry", "5", "--timeout", "0.05"}));
  std::string message;
  for (std::uint64_t number : {1, 2}) {
    const auto bytes = net::numbered_message(number, 12);
    const std::string expected(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    message = way.receive_after(message);
    EXPECT_EQ(message, expected);
    EXPECT_EQ(way.receive(), expected) << "the same again";
    way.answer(message);
  }
  EXPECT_EQ(client.wait().status, 0);
}

TEST(Retry, AnAnswerThatComesTwiceIsEchoedOnce) {
  BadWay way;
  Process client(way.ask({"-m", "same", "--count", "3", "--retry", "2"}));
  for (int i = 0; i < 3; ++i) {
    const std::string asked = way.receive();
    way.answer(asked);
    way.answer(asked);
  }
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "samesamesame");
  EXPECT_THAT(ended.err, HasSubstr("message 1: its answer came again"));
}

TEST(Retry, TheAnswerToTheFirstTryIsTakenWhileTheSecondWaits) {
  BadWay way;
  Process client(way.ask({"-m", "slow", "-m", "next", "--retry", "3", "--timeout", "0.2"}));
  const std::string first = way.receive();
  const std::string again = way.receive();  // the time-out has passed
  EXPECT_EQ(first, again);
  way.answer(first);
  const std::string next = way.receive_after(first);
  EXPECT_EQ(next, "00000002 next");
  way.answer(again);  // now a duplicate, while the next message waits
  way.answer(next);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "slownext");
  EXPECT_THAT(ended.err, HasSubstr("message 1: its answer came again"));
}

TEST(Retry, GivesUpAfterSoManyTriesAndSaysSo) {
  BadWay silent;
  const Ended ended = Process(silent.ask({"-m", "x", "--retry", "2", "--timeout", "0.05"})).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("message 1: unknown: no answer to any of 3 tries in 0.35 s; given up"));
  for (int tries = 0; tries < 3; ++tries) EXPECT_EQ(silent.receive(), "00000001 x");
  char room[16];
  EXPECT_LT(::recv(silent.socket.get(), room, sizeof room, MSG_DONTWAIT), 0) << "no fourth";
}

TEST(Retry, AClosedPortIsNotTriedAgain) {
  std::string port;
  {
    const BadWay gone;
    port = gone.port;
  }
  const Ended ended = run("udp_client", quiet({"--port", port, "-m", "x", "--retry", "5"}));
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("port unreachable"));
  EXPECT_THAT(ended.err, Not(HasSubstr("sent again")));
}

TEST(Retry, IsOffUnlessAsked) {
  BadWay way;
  Process client(way.ask({"-m", "plain", "--timeout", "0.1"}));
  EXPECT_EQ(way.receive(), "plain");
  EXPECT_EQ(client.wait().status, 1);
}

TEST(Retry, JsonCountsTheTries) {
  BadWay way;
  Process client(way.ask({"-m", "x", "--retry", "3", "--timeout", "0.05", "--format", "json"}));
  way.receive();
  way.answer(way.receive());
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr(R"("number":1,"outcome":"retried","tries":1,)"));
  EXPECT_THAT(ended.out, HasSubstr(R"("bytes_sent":1,"bytes_back":1,)"));
  EXPECT_THAT(ended.out, HasSubstr(R"("retried":1})"));
}

TEST(Retry, HasNothingToDoWhereAnAnswerMayTakeForEver) {
  const Ended ended = run("udp_client", {"-m", "x", "--retry", "2", "--timeout", "0"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("--retry and --timeout=0 cannot be used together"));
}

TEST(Retry, SpeaksKoreanWhereAsked) {
  const BadWay silent;
  const Ended ended = Process(silent.ask({"-m", "x", "--retry", "1", "--timeout", "0.05", "--lang", "ko"})).wait();
  EXPECT_THAT(ended.err, HasSubstr("0.05초 동안 답이 없어 다시 보냅니다(1번까지, 이번이 1번째)"));
  EXPECT_THAT(ended.err, HasSubstr("0.15초 동안 2번 보냈지만 답이 없어 포기합니다"));
}

/// As a library: what a program sees that has a report of its own.
struct Counting final : udp::ClientReport {
  int asked = 0, answers = 0;
  std::map<udp::Outcome, int> outcomes;
  void asks(const net::Message&) override { ++asked; }
  void answered(const net::Message&) override { ++answers; }
  void tell(const udp::Event& event) override { ++outcomes[event.outcome]; }
};

TEST(Retry, AsALibraryItLosesNothing) {
  const Server server("udp_server");
  Counting report;
  udp::RetryingClient client(net::resolve("127.0.0.1", static_cast<std::uint16_t>(std::stoi(server.port()))),
                             {.count = 20}, net::Timeout{1000}, 3, report);
  client.open();
  client.talk();
  client.close();
  EXPECT_EQ(report.asked, 20);
  EXPECT_EQ(report.answers, 20);
  EXPECT_TRUE(report.outcomes.empty());
}

}  // namespace
}  // namespace echolab::test
