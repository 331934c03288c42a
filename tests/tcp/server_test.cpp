// The server's manners: half-close, slow and dead clients, limits, signals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <list>

#include "tests/support/echo_pair.hpp"
#include "tests/support/random_bytes.hpp"
#include "tests/support/raw_socket.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

TEST(FaultE13, EchoesTheRestAfterAHalfClose) {
  Server server("tcp_server");
  const auto client = connected_to(server.port());
  const std::string sent = random_bytes(500'000, 3);
  std::jthread sender([&] {
    for (std::size_t at = 0; at < sent.size();)
      at += static_cast<std::size_t>(::send(client.get(), sent.data() + at, sent.size() - at, 0));
    ::shutdown(client.get(), SHUT_WR);
  });
  EXPECT_TRUE(read_all(client.get()) == sent);
}

TEST(FaultE9, AClientThatNeverReadsDisturbsNobody) {
  Server server("tcp_server");
  const auto greedy = connected_to(server.port());
  const std::string much(1 << 20, 'x');
  while (::send(greedy.get(), much.data(), much.size(), MSG_DONTWAIT) > 0) {
  }
  const std::string sent = random_bytes(1'000'000, 5);
  EXPECT_TRUE(server.ask("tcp_client", {}, sent).out == sent);
  const Ended ended = server.process().end(SIGTERM);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("still here"));
}

TEST(FaultE8, AClientThatResetsIsDroppedAlone) {
  Server server("tcp_server");
  for (int i = 0; i < 20; ++i) {
    const auto client = connected_to(server.port());
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ASSERT_EQ(::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset), 0);
    ASSERT_EQ(::send(client.get(), "x", 1, 0), 1);
  }
  EXPECT_EQ(server.ask("tcp_client", {"-m", "alive"}).out, "alive");
}

TEST(TcpServer, OnceServesOneClientAndEnds) {
  Server server("tcp_server", quiet({"--once"}));
  EXPECT_EQ(server.ask("tcp_client", {"-m", "only"}).out, "only");
  EXPECT_EQ(server.process().wait().status, 0);
}

TEST(FaultE15, SignalsEndItCleanlyWithASummary) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Server server("tcp_server");
    server.ask("tcp_client", {"-m", "12345"});
    const Ended ended = server.process().end(signal);
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("clients 1, bytes in 5, bytes out 5"));
    EXPECT_THAT(ended.out, HasSubstr("1 file descriptor"));
  }
}

TEST(FaultE11, ASilentClientIsClosedAfterTheIdleTimeout) {
  Server server("tcp_server", quiet({"--idle-timeout", "0.2"}));
  const auto silent = connected_to(server.port());
  EXPECT_EQ(read_all(silent.get()), "") << "the server closes";
}

TEST(FaultE11, WhereItIsFullTheLongestSilentClientMakesRoom) {
  Server server("tcp_server", quiet({"--max-clients", "2"}));
  const auto first = connected_to(server.port()), second = connected_to(server.port());
  EXPECT_EQ(server.ask("tcp_client", {"-m", "third", "--timeout", "20"}).out, "third");
  EXPECT_EQ(read_all(first.get()), "") << "the first had to go";
  EXPECT_EQ(::send(second.get(), "here", 4, MSG_NOSIGNAL), 4);
  char room[4];
  EXPECT_EQ(::recv(second.get(), room, 4, MSG_WAITALL), 4);
}

double cpu_seconds(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string word;
  for (int i = 0; i < 13; ++i) file >> word;
  double user = 0, system = 0;
  file >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

TEST(FaultE10, OutOfDescriptorsItWaitsWithoutBurningTheProcessor) {
  Process process({"sh", "-c", "ulimit -n 24; exec " + program("tcp_server") + " --port 0 --log off --states off"});
  std::string port = process.wait_for("listening on ");
  port = port.substr(port.rfind(':') + 1, port.find('\n') - port.rfind(':') - 1);
  std::list<net::FileDescriptor> clients;
  for (int i = 0; i < 40; ++i) clients.push_back(connected_to(port));
  process.wait_for("no file descriptor is left");
  const double before = cpu_seconds(process.pid());
  ::poll(nullptr, 0, 1000);  // what is watched is a second of nothing
  EXPECT_LT(cpu_seconds(process.pid()) - before, 0.2);
  ASSERT_EQ(::send(clients.back().get(), "late", 4, 0), 4);
  for (int i = 0; i < 30; ++i) clients.pop_front();
  char room[4];
  EXPECT_EQ(::recv(clients.back().get(), room, 4, MSG_WAITALL), 4) << "those who waited are served when others go";
}

TEST(FaultE1, APortInUseIsExitOneAndNamesIt) {
  Server first("tcp_server");
  const Ended second = run("tcp_server", quiet({"--port", first.port()}));
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.err, HasSubstr("Address already in use: 127.0.0.1:" + first.port()));
  const std::string other = " --port " + std::to_string(std::stoi(first.port()) + (first.port() == "65535" ? -1 : 1));
  EXPECT_THAT(second.err, HasSubstr(program("tcp_server") + other + ", and " + program("tcp_client") + other));
  EXPECT_EQ(second.out, "");
}

TEST(FaultE1, RestartsOnItsPortDespiteTimeWait) {
  std::string port;
  {
    Server server("tcp_server");
    port = server.port();
    const auto client = connected_to(port);
    server.process().end(SIGTERM);  // the server closes first: TIME_WAIT is on its side
    EXPECT_EQ(read_all(client.get()), "");
  }
  Process again(command("tcp_server", quiet({"--port", port})));
  EXPECT_THAT(again.wait_for("\n"), HasSubstr("listening on 127.0.0.1:" + port));
}

TEST(FaultE16, WarnsWhereOthersCanReachIt) {
  Server narrow("tcp_server"), wide("tcp_server", quiet({"--bind", "0.0.0.0"}));
  EXPECT_THAT(wide.process().end(SIGTERM).err, HasSubstr("can be reached from other machines"));
  EXPECT_EQ(narrow.process().end(SIGTERM).err, "");
}

TEST(TcpServer, AnAddressThatIsNotOursIsExitOne) {
  const Ended server = run("tcp_server", quiet({"--bind", "192.0.2.1"}));
  EXPECT_EQ(server.status, 1);
  EXPECT_THAT(server.err, HasSubstr("not an address of this machine"));
}

TEST(FaultE2, AWrongCommandLineIsExitTwo) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{{"--port", "65536"},
                                                                                     {"--port", "x"},
                                                                                     {"--max-clients", "0"},
                                                                                     {"--idle-timeout", "-1"},
                                                                                     {"-m", "x"},
                                                                                     {"extra"}})
    EXPECT_EQ(run("tcp_server", wrong).status, 2) << wrong.front();
}

}  // namespace
}  // namespace echolab::test
