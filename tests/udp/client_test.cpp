// What a client can know of what became of its datagrams, and what it cannot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A server that the test plays itself.
struct Peer {
  net::FileDescriptor socket = bound_socket(SOCK_DGRAM);
  std::string port = port_of(socket);
  net::Address client;

  std::string receive() {
    char room[65536];
    const auto size = ::recvfrom(socket.get(), room, sizeof room, 0, client.fill(), client.fill_size());
    return {room, static_cast<std::size_t>(size)};
  }
  void answer(const std::string& bytes) const { answer_from(socket, bytes); }
  void answer_from(const net::FileDescriptor& from, const std::string& bytes) const {
    ::sendto(from.get(), bytes.data(), bytes.size(), 0, client.data(), client.size());
  }
  std::vector<std::string> ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--port", port});
    return command("udp_client", quiet(std::move(arguments)));
  }
};

TEST(FaultF4, AMessageWithoutAnswerIsUnknown) {
  const Peer silent;
  const Ended client = Process(silent.ask({"-m", "x", "--timeout", "0.2"})).wait();
  EXPECT_EQ(client.status, 1);
  EXPECT_THAT(client.err, HasSubstr("message 1: unknown"));
  EXPECT_THAT(client.err, HasSubstr("UDP cannot say"));
}

TEST(UdpClient, CtrlCWhileAnAnswerIsAwaitedIsACleanEndAndTheMessageIsUnknown) {
  Peer silent;
  Process client(command("udp_client", {"--port", silent.port, "-m", "hello", "--states", "off"}));
  client.wait_for("recvfrom(");
  const Ended ended = client.end(SIGINT);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("message 1: unknown: ended before an answer came"));
  EXPECT_THAT(ended.err, HasSubstr("messages 1, answered 0, unknown 1,"));
}

TEST(UdpClient, ItsHelpSpeaksOfNoStates) {
  EXPECT_THAT(run("udp_client", {"--help"}).out, HasSubstr("Show the packets:"));
  EXPECT_THAT(run("udp_server", {"--help", "--lang", "ko"}).out, HasSubstr("패킷을 보여 줍니다."));
}

TEST(FaultF5, GoesOnAfterALostMessage) {
  Peer peer;
  Process client(peer.ask({"-m", "lost", "-m", "kept", "--timeout", "0.3"}));
  EXPECT_EQ(peer.receive(), "lost");
  EXPECT_EQ(peer.receive(), "kept");
  peer.answer("kept");
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1) << "one is missing";
  EXPECT_EQ(ended.out, "kept");
}

TEST(FaultF4, AClosedPortIsReportedAsWhatItIs) {
  std::string port;
  {
    const Peer gone;
    port = gone.port;
  }
  const Ended client = run("udp_client", quiet({"--port", port, "-m", "x"}));
  EXPECT_EQ(client.status, 1);
  EXPECT_THAT(client.err, HasSubstr("port unreachable"));
  EXPECT_THAT(client.err, Not(HasSubstr("unknown")));
}

TEST(FaultF5, ADuplicateIsNoticed) {
  Peer peer;
  Process client(peer.ask({"--count", "2", "--size", "8"}));
  const std::string first = peer.receive();
  peer.answer(first);
  peer.answer(first);
  peer.answer(peer.receive());
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "0000000100000002");
  EXPECT_THAT(ended.err, HasSubstr("message 1: its answer came again"));
}

TEST(FaultF5, ALateAnswerIsNotTakenForTheNextOne) {
  Peer peer;
  Process client(peer.ask({"--count", "2", "--size", "8", "--timeout", "0.3"}));
  const std::string first = peer.receive(), second = peer.receive();
  peer.answer(first);
  peer.answer(second);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "00000002");
  EXPECT_THAT(ended.err, HasSubstr("message 1: its answer came after all"));
}

TEST(FaultF9, AStrangerIsIgnoredAndTold) {
  Peer peer;
  const auto stranger = bound_socket(SOCK_DGRAM);
  Process client(peer.ask({"-m", "hello"}));
  const std::string asked = peer.receive();
  peer.answer_from(stranger, "HELLO");
  peer.answer(asked);
  const Ended ended = client.wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "hello");
  EXPECT_THAT(ended.err, HasSubstr("from 127.0.0.1:" + port_of(stranger) + ", whom we did not ask"));
}

TEST(UdpClient, SpeaksKoreanWhereAsked) {
  const Peer silent;
  EXPECT_THAT(Process(silent.ask({"-m", "x", "--timeout", "0.1", "--lang", "ko"})).wait().err, HasSubstr("알 수 없음"));
}

}  // namespace
}  // namespace echolab::test
