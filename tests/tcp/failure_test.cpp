// What a client says when something is wrong: one line, and its exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

long lines(const std::string& text) { return std::ranges::count(text, '\n'); }

/// A port that nobody listens on: bound, so that nobody else takes it.
struct ClosedPort {
  net::FileDescriptor held = bound_socket(SOCK_STREAM);
  std::string number = port_of(held);
};

TEST(FaultE3, ARefusedConnectionIsOneLineAndExitOne) {
  const ClosedPort port;
  const Ended client = run("tcp_client", quiet({"--port", port.number, "-m", "x"}));
  EXPECT_EQ(client.status, 1);
  EXPECT_THAT(client.err, HasSubstr("nobody listens on 127.0.0.1:" + port.number));
  EXPECT_EQ(lines(client.err), 1);
  EXPECT_EQ(client.out, "");
}

TEST(TcpClient, SpeaksKoreanWhereAsked) {
  const ClosedPort port;
  EXPECT_THAT(run("tcp_client", quiet({"--port", port.number, "-m", "x", "--lang", "ko"})).err,
              HasSubstr("기다리는 서버가 없습니다"));
}

TEST(FaultE4, ASilentHostIsGivenUpAfterTheTimeout) {
  // A listener whose queue is full drops further SYNs: to the client it is a host that is silent.
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 0), 0);
  const auto first = connected_to(port_of(listener));
  const Ended client = run("tcp_client", quiet({"--port", port_of(listener), "-m", "x", "--timeout", "0.3"}));
  EXPECT_EQ(client.status, 1);
  EXPECT_THAT(client.err, HasSubstr("no answer from 127.0.0.1:" + port_of(listener) + " in 0.3 s"));
  EXPECT_EQ(lines(client.err), 1);
}

TEST(FaultE4, AServerThatStopsAnsweringIsGivenUpToo) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  const Ended client = run("tcp_client", quiet({"--port", port_of(listener), "-m", "x", "--timeout", "0.3"}));
  EXPECT_EQ(client.status, 1);
  EXPECT_THAT(client.err, HasSubstr("no echo from 127.0.0.1:" + port_of(listener) +
                                    " in 0.3 s. Its kernel took the bytes; its program is silent"));
}

TEST(FaultE4, AServerThatDoesNotCloseIsGivenUpWithAnotherSentence) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "hello", "--timeout", "0.3"})));
  const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
  ASSERT_EQ(::send(server.get(), "hello", 5, 0), 5);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "hello");
  EXPECT_THAT(ended.err, HasSubstr("has not closed its direction in 0.3 s after our FIN"));
}

TEST(FaultE5, AServerKilledHalfWayIsOneLine) {
  Server server("tcp_server");
  Process client(server.client("tcp_client", quiet({})), std::nullopt);
  client.say(std::string(1000, 'a'));
  client.wait_for(std::string(1000, 'a'));
  server.process().end(SIGKILL);
  client.say(std::string(1000, 'b'));
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("server closed"));
  EXPECT_EQ(lines(ended.err), 1);
}

TEST(FaultE5, SaysHowManyBytesCameBackBeforeTheServerWent) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "hello"})));
  {
    const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
    char room[5];
    ASSERT_EQ(::recv(server.get(), room, 5, MSG_WAITALL), 5);
    ASSERT_EQ(::send(server.get(), room, 3, 0), 3);
  }
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "hel");
  EXPECT_THAT(ended.err, HasSubstr("server closed after 3 of 5 bytes"));
}

TEST(TcpClient, AnAnswerThatIsNoEchoIsAFailure) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  Process client(command("tcp_client", quiet({"--port", port_of(listener), "-m", "hello"})));
  const net::FileDescriptor server(::accept(listener.get(), nullptr, nullptr));
  ASSERT_EQ(::send(server.get(), "HELLO", 5, 0), 5);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("not what was sent"));
}

TEST(TcpClient, AServerThatClosesWhileNothingIsAskedEndsTheClient) {
  Server server("tcp_server");
  Process client(server.client("tcp_client", quiet({})), std::nullopt);
  client.say("a\n");
  client.wait_for("a\n");
  server.process().end(SIGTERM);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("server closed the connection"));
  EXPECT_THAT(ended.err, HasSubstr("--idle-timeout"));
}

TEST(TcpClient, CtrlCIsACleanEnd) {
  Server server("tcp_server");
  Process client(server.client("tcp_client", quiet({})), std::nullopt);
  client.say("a\n");
  client.wait_for("a\n");
  const Ended ended = client.end(SIGINT);
  EXPECT_EQ(ended.status, 0) << ended.err;
}

TEST(TcpClient, CtrlCWhileAnEchoIsAwaitedIsACleanEndThatTellsWhatWasSent) {
  const auto listener = bound_socket(SOCK_STREAM);
  ASSERT_EQ(::listen(listener.get(), 1), 0);
  for (const bool korean : {false, true}) {
    Process client(command(
        "tcp_client", {"--port", port_of(listener), "-m", "hello", "--states", "off", "--lang", korean ? "ko" : "en"}));
    client.wait_for("recv(");
    const Ended ended = client.end(SIGINT);
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(
        ended.err,
        HasSubstr(korean ? "메시지 1개, 보낸 바이트 5, 돌아온 바이트 0. 끝날 때까지 돌아오지 않은 에코: 5바이트"
                         : "messages 1, bytes sent 5, bytes back 0; outstanding at the end: the echo of 5 bytes"));
  }
}

TEST(TcpClient, ItsHelpSaysThatCtrlCIsACleanEnd) {
  EXPECT_THAT(run("tcp_client", {"--help"}).out, HasSubstr("0 all came back, or Ctrl-C"));
  EXPECT_THAT(run("udp_client", {"--help"}).out, HasSubstr("0 all came back, or Ctrl-C"));
}

TEST(EchoClients, AHostIsNoPortAndThatIsSaidWithTheMend) {
  for (const char* name : {"tcp_client", "udp_client"}) {
    EXPECT_THAT(run(name, {"127.0.0.1:9000", "-m", "x"}).err, HasSubstr("write: 127.0.0.1 --port 9000"));
    EXPECT_THAT(run(name, {"[::1]:9000", "-m", "x"}).err, HasSubstr("write: ::1 --port 9000"));
    EXPECT_THAT(run(name, {"9000", "-m", "x"}).err, HasSubstr("a port is given with --port 9000"));
    EXPECT_THAT(run(name, {"127.0.0.1", "9000", "-m", "x"}).err, HasSubstr("a port is given with --port 9000"));
    EXPECT_THAT(run(name, {"127.0.0.1:9000", "-m", "x", "--lang", "ko"}).err,
                HasSubstr("이렇게 적으세요: 127.0.0.1 --port 9000"));
  }
  EXPECT_THAT(run("tcp_server", {"9000"}).err, HasSubstr("a port is given with --port 9000"));
}

TEST(EchoClients, AMessageWhoseQuotesAreForgottenIsToldSo) {
  EXPECT_THAT(run("tcp_client", {"127.0.0.1", "-m", "hello", "world"}).err, HasSubstr("-m \"two words\""));
  EXPECT_THAT(run("tcp_client", quiet({"-m", "hello", "no.such.host.invalid"})).err, HasSubstr("-m \"two words\""));
}

TEST(EchoClients, APlainIpv6AddressIsAHost) {
  EXPECT_NE(run("tcp_client", quiet({"::1", "--port", "1", "-m", "x"})).status, 2);
}

TEST(EchoClients, ASizeBelongsToNumberedMessagesAlone) {
  for (const char* name : {"tcp_client", "udp_client"}) {
    EXPECT_THAT(run(name, {"--size", "5"}).err, HasSubstr("--size also needs --count"));
    const Ended both = run(name, {"--size", "5", "--count", "1", "-m", "x"});
    EXPECT_EQ(both.status, 2);
    EXPECT_THAT(both.err, HasSubstr("cannot be used together"));
  }
}

TEST(TcpClient, AWrongCommandLineIsExitTwo) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{{"--port", "0"},
                                                                                     {"--port", "65536"},
                                                                                     {"--port", "abc"},
                                                                                     {"--size", "-1"},
                                                                                     {"--size", "5"},
                                                                                     {"127.0.0.1:9000"},
                                                                                     {"9000"},
                                                                                     {"--states", "maybe"},
                                                                                     {"--timeout", "-1"},
                                                                                     {"--log-fd", "77"},
                                                                                     {"--bind", "::1"},
                                                                                     {"--no-such"}}) {
    const Ended client = run("tcp_client", wrong);
    EXPECT_EQ(client.status, 2) << wrong.back();
    EXPECT_EQ(client.out, "");
    EXPECT_EQ(lines(client.err), 1) << client.err;
  }
}

TEST(FaultG2, AFullOutputIsExitOne) {
  Server server("tcp_server");
  auto words = server.client("tcp_client", quiet({"-m", "hello"}));
  std::string shell;
  for (const std::string& word : words) shell += word + " ";
  const Ended ended = Process({"sh", "-c", shell + ">/dev/full"}).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("cannot write output"));
}

}  // namespace
}  // namespace echolab::test
