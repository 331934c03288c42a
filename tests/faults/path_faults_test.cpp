// H31 to H34: what the way to the server does to the pairs. A client, a router and a server of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/echo_pair.hpp"
#include "tests/support/raw_socket.hpp"
#include "tests/support/three_hosts.hpp"

namespace echolab::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Words = std::vector<std::string>;

/// What differs between the two IPs.
struct Family {
  std::string name, server, router, nobody;  // nobody: a network that the router drops without a word
  IcmpWords port, prohibited;
};

class OnTheWay : public testing::TestWithParam<Family> {
 protected:
  void SetUp() override {
    if (const auto why_not = ThreeHosts::why_not(); !why_not.empty()) GTEST_SKIP() << why_not;
    hosts_.emplace();
    hosts_->router.does("ip route add blackhole 10.8.0.0/16; ip -6 route add blackhole fd08::/64");
  }
  ThreeHosts& hosts() { return *hosts_; }
  static bool v6() { return GetParam().name == "IPv6"; }

  /// A server on the server's host.
  Process start(const std::string& name, const std::string& port = "9000") {
    return Process(hosts().server.command(command(name, quiet({"--bind", GetParam().server, "--port", port}))));
  }
  static Words client(const std::string& name, const std::string& host, Words arguments) {
    arguments.insert(arguments.begin(), host);
    return command(name, quiet(std::move(arguments)));
  }
  static Ended ask(const std::string& name, const std::string& host, Words arguments) {
    return Process(client(name, host, std::move(arguments))).wait();
  }
  static std::string ip() { return v6() ? "ip -6 " : "ip "; }

 private:
  std::optional<ThreeHosts> hosts_;
};

std::vector<nlohmann::json> objects(const std::string& lines) {
  std::vector<nlohmann::json> all;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) all.push_back(nlohmann::json::parse(line));
  return all;
}

nlohmann::json first_with(const std::string& lines, const std::string& member, const std::string& value) {
  for (auto& object : objects(lines))
    if (object.contains(member) && object[member] == value) return object;
  return {};
}

// --- H31: too large for the path ---

using FaultH31 = OnTheWay;

TEST_P(FaultH31, WhatIsTooLargeForThePathIsSentAgainAndArrives) {
  hosts().router.does("ip link set right mtu 1280");
  hosts().server.does("ip link set eth0 mtu 1280");
  Process server = start("udp_server");
  server.wait_for("listening on ");
  const Ended ended = ask("udp_client", GetParam().server, {"--count", "3", "--size", "1400"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out.size(), 4200U);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("message 1: "), HasSubstr("says " + GetParam().router),
                               HasSubstr("the path takes packets of 1280 bytes at most. Sent again")));
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << "the kernel knows it from then on: " << ended.err;
}

TEST_P(FaultH31, ProgramsReadTheLimitAndTheResend) {
  hosts().router.does("ip link set right mtu 1280");
  hosts().server.does("ip link set eth0 mtu 1280");
  Process server = start("udp_server");
  server.wait_for("listening on ");
  const Ended ended = Process(command("udp_client", {GetParam().server, "--count", "1", "--size", "1400", "--format",
                                                     "json", "--states", "off"}))
                          .wait();
  auto resent = first_with(ended.out, "outcome", "resent");
  EXPECT_EQ(resent["icmp"]["mtu"], 1280) << ended.out;
  EXPECT_EQ(resent["icmp"]["from"], GetParam().router);
  EXPECT_EQ(first_with(ended.out, "kind", "summary")["resent"], 1);
  EXPECT_EQ(first_with(ended.out, "result", "EMSGSIZE")["origin"], "icmp");
}

TEST_P(FaultH31, ARouterThatSaysTheSameForEverIsNotObeyedForEver) {
  Process asking(client("udp_client", GetParam().nobody, {"--count", "1", "--size", "1000", "--timeout", "1"}));
  const std::string packet = hosts().packet(IPPROTO_UDP);
  const IcmpWords too_large = v6() ? IcmpWords{2, 0} : IcmpWords{3, 4};
  for (int i = 0; i < 5; ++i) hosts().refuse(packet, {too_large.type, too_large.code, 1280});
  const Ended ended = asking.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("message 1: unknown"));
  std::size_t times = 0;
  for (auto at = ended.err.find("Sent again"); at != std::string::npos; at = ended.err.find("Sent again", at + 1))
    ++times;
  EXPECT_EQ(times, 1U) << ended.err;
}

// --- H32: our own kernel refuses ---

using FaultH32 = OnTheWay;

TEST_P(FaultH32, WhatOurOwnKernelRefusesNobodySentAnIcmpErrorFor) {
  const Words kinds = {"prohibit", "blackhole", "unreachable"};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string network = v6() ? "fd09:" + std::to_string(i + 1) + "::" : "10.9." + std::to_string(i + 1) + ".";
    NetworkHost::run({"sh", "-ec", ip() + "route replace " + kinds[i] + " " + network + (v6() ? "/64" : "0/24")});
    for (const char* name : {"udp_client", "tcp_client"}) {
      const Ended ended = ask(name, network + "1", {"-m", "x"});
      EXPECT_EQ(ended.status, 1);
      EXPECT_THAT(ended.err, AllOf(HasSubstr("own kernel refuses"), HasSubstr(kinds[i]), HasSubstr("nothing was sent"),
                                   HasSubstr(ip() + "route show match " + network + "1"), Not(HasSubstr("ICMP"))));
      EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
    }
  }
}

TEST_P(FaultH32, AnAddressOfManyIsNoEchoServers) {
  const Words groups = v6() ? Words{"ff0e::1"} : Words{"255.255.255.255", "10.0.1.255", "224.0.0.9"};
  for (const std::string& group : groups) {
    EXPECT_THAT(ask("tcp_client", group, {"-m", "x"}).err, HasSubstr(group + " is the address of many"));
    if (v6() || group.starts_with("224")) continue;  // UDP may send there
    const Ended ended = ask("udp_client", group, {"-m", "x", "--lang", "ko"});
    EXPECT_THAT(ended.err, AllOf(HasSubstr("여럿에게 가는 주소"), HasSubstr(group), Not(HasSubstr("ICMP"))));
  }
}

TEST_P(FaultH32, ProgramsReadThatNobodyElseHasRefused) {
  NetworkHost::run({"sh", "-ec", ip() + "route del default"});
  for (const std::string protocol : {"udp", "tcp"}) {
    const Ended ended =
        Process(command(protocol + "_client", {GetParam().nobody, "-m", "x", "--format", "json"})).wait();
    auto call = first_with(ended.out, "result", "ENETUNREACH");
    EXPECT_EQ(call["origin"], "local") << ended.out;
    EXPECT_FALSE(call.contains("icmp"));
    EXPECT_THAT(ended.err, HasSubstr("has no route to"));
  }
}

// --- H33: which message it is about ---

using FaultH33 = OnTheWay;

TEST_P(FaultH33, AnErrorThatComesLateIsToldOfTheMessageThatItQuotes) {
  Process asking(client("udp_client", GetParam().nobody, {"-m", "first", "-m", "second", "--timeout", "1"}));
  const std::string first = hosts().packet(IPPROTO_UDP);
  asking.wait_for("message 1: unknown");
  hosts().packet(IPPROTO_UDP);
  hosts().refuse(first, GetParam().prohibited);
  const Ended ended = asking.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("message 1: access to "), HasSubstr("refused, says " + GetParam().router),
                               HasSubstr("message 2: unknown"), Not(HasSubstr("message 2: access"))));
}

TEST_P(FaultH33, AnErrorThatComesBetweenTwoMessagesStopsNeither) {
  const net::FileDescriptor server = hosts().server.socket(v6() ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
  const net::Address address = net::resolve(GetParam().server, 9000);
  ASSERT_EQ(::bind(server.get(), address.data(), address.size()), 0);
  Process asking(client("udp_client", GetParam().server, {"--timeout", "0.2"}), std::nullopt);
  asking.say("first\n");
  const std::string first = hosts().packet(IPPROTO_UDP);
  asking.wait_for("message 1: unknown");
  hosts().refuse(first, GetParam().prohibited);  // it waits in the socket: the next sendto fails for it
  asking.say("second\n");
  char room[100];
  net::Address from;
  for (const std::string text : {"first\n", "second\n"}) {
    const auto size = ::recvfrom(server.get(), room, sizeof room, 0, from.fill(), from.fill_size());
    ASSERT_EQ(std::string(room, static_cast<std::size_t>(size)), text) << "it was sent";
  }
  ::sendto(server.get(), room, 7, 0, from.data(), from.size());
  asking.wait_for("second\n");
  asking.end_input();
  const Ended ended = asking.wait();
  EXPECT_EQ(ended.out, "second\n") << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("message 1: access to "));
}

TEST_P(FaultH33, WhereTheQuoteTellsNothingApartThatIsSaid) {
  Process asking(client("udp_client", GetParam().nobody, {"-m", "same", "-m", "same", "--timeout", "0.5"}));
  const std::string first = hosts().packet(IPPROTO_UDP);
  hosts().packet(IPPROTO_UDP);
  hosts().refuse(first, GetParam().prohibited);
  const Ended ended = asking.wait();
  EXPECT_THAT(ended.err, HasSubstr("message 1, or a later one that the ICMP error cannot tell from it: access to "));
  EXPECT_THAT(ended.err, HasSubstr("message 2: unknown"));
}

TEST_P(FaultH33, TheEightBytesOfAnOldRouterAreEnoughForOneMessage) {
  Process asking(client("udp_client", GetParam().nobody, {"-m", "alone"}));
  const std::string packet = hosts().packet(IPPROTO_UDP);
  IcmpWords short_quote = GetParam().prohibited;
  short_quote.quotes = packet.size() - 5;
  hosts().refuse(packet, short_quote);
  EXPECT_THAT(asking.wait().err, HasSubstr("message 1: access to "));
}

TEST_P(FaultH33, AQuoteOfWhatWasNeverSentIsIgnored) {
  Process asking(client("udp_client", GetParam().nobody, {"-m", "mine", "--timeout", "0.5"}));
  std::string packet = hosts().packet(IPPROTO_UDP);
  packet.replace(packet.size() - 4, 4, "\x1b[2J");
  hosts().refuse(packet, GetParam().prohibited);
  const Ended ended = asking.wait();
  EXPECT_THAT(ended.err, AllOf(HasSubstr("quotes nothing of ours: ignored"), HasSubstr("message 1: unknown")));
}

// --- H34: who refuses a connection ---

using FaultH34 = OnTheWay;

TEST_P(FaultH34, WhoRefusesAConnectionIsNamed) {
  hosts().router.does(v6() ? "ip -6 route add unreachable fd07:1::/64; ip -6 route add prohibit fd07:2::/64"
                           : "ip route add unreachable 10.7.1.0/24; ip route add prohibit 10.7.2.0/24");
  for (const bool prohibited : {false, true}) {
    const std::string host = (v6() ? "fd07:" : "10.7.") + std::string(prohibited ? "2" : "1") + (v6() ? "::1" : ".1");
    for (const char* name : {"tcp_client", "udp_client"}) {
      const Ended ended = ask(name, host, {"-m", "x"});
      EXPECT_EQ(ended.status, 1);
      EXPECT_THAT(ended.err,
                  AllOf(HasSubstr((prohibited ? "refused, says " : "unreachable, says ") + GetParam().router),
                        HasSubstr("On " + GetParam().router + ": "), Not(HasSubstr("Start a server"))));
    }
  }
}

TEST_P(FaultH34, EveryCodeThatEndsAConnectIsSaidWithItsName) {
  const std::vector<std::pair<IcmpWords, std::string>> codes =
      v6() ? std::vector<std::pair<IcmpWords, std::string>>{{{1, 0}, "no route to destination"},
                                                            {{1, 1}, "communication administratively prohibited"},
                                                            {{1, 3}, "address unreachable"},
                                                            {{1, 4}, "port unreachable"}}
           : std::vector<std::pair<IcmpWords, std::string>>{{{3, 1}, "host unreachable"},
                                                            {{3, 3}, "port unreachable"},
                                                            {{3, 10}, "host administratively prohibited"},
                                                            {{3, 13}, "communication administratively prohibited"}};
  for (const auto& [words, name] : codes) {
    Process asking(command("tcp_client", {GetParam().nobody, "-m", "x", "--format", "json", "--states", "off"}));
    hosts().refuse(hosts().packet(IPPROTO_TCP), words);
    const Ended ended = asking.wait();
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("says " + GetParam().router + ": " + name), Not(HasSubstr("RST"))));
    auto call = first_with(ended.out, "origin", "icmp");
    EXPECT_EQ(call["call"], "connect") << ended.out;
    EXPECT_EQ(call["icmp"]["from"], GetParam().router);
    EXPECT_EQ(call["icmp"]["code"], words.code);
  }
}

TEST_P(FaultH34, TheServersOwnRstIsNoIcmpError) {
  const Ended ended =
      Process(command("tcp_client", {GetParam().server, "-m", "x", "--format", "json", "--states", "off"})).wait();
  EXPECT_THAT(ended.err, AllOf(HasSubstr("nobody listens on"), Not(HasSubstr("ICMP"))));
  EXPECT_EQ(first_with(ended.out, "result", "ECONNREFUSED")["origin"], "peer");
}

TEST_P(FaultH34, AFirewallOfTheHostItselfIsNoMissingServer) {
  Process asking(client("udp_client", GetParam().nobody, {"-m", "x"}));
  hosts().refuse(hosts().packet(IPPROTO_UDP), GetParam().port);
  EXPECT_THAT(asking.wait().err, AllOf(HasSubstr("refused, says " + GetParam().router), HasSubstr("firewall"),
                                       Not(HasSubstr("Start a server"))));
}

TEST_P(FaultH34, AConnectionThatIsThereOutlivesAnIcmpErrorAndTheClientSaysWhatCame) {
  Process server = start("tcp_server");
  server.wait_for("listening on ");
  Process asking(client("tcp_client", GetParam().server, {"--timeout", "1"}), std::nullopt);
  asking.say("before\n");
  asking.wait_for("before\n");
  hosts().router.does(ip() + "route add unreachable " + GetParam().server);
  asking.say("after\n");
  const Ended ended = asking.wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("no echo from"), HasSubstr("an ICMP error came instead"),
                               HasSubstr("TCP goes on trying")));
}

TEST_P(FaultH34, AWayThatComesBackIsTakenAgain) {
  Process server = start("tcp_server");
  server.wait_for("listening on ");
  Process asking(client("tcp_client", GetParam().server, {"--timeout", "20"}), std::nullopt);
  asking.say("before\n");
  asking.wait_for("before\n");
  hosts().router.does(ip() + "route add unreachable " + GetParam().server);
  while (hosts().packet(IPPROTO_TCP).find("before") == std::string::npos) continue;
  asking.say("after\n");
  while (hosts().packet(IPPROTO_TCP).find("after") == std::string::npos) continue;
  hosts().router.does(ip() + "route del unreachable " + GetParam().server);
  asking.wait_for("after\n");
  asking.end_input();
  EXPECT_EQ(asking.wait().status, 0);
}

const Family v4{"IPv4", "10.0.2.2", "10.0.1.1", "10.8.0.1", {3, 3}, {3, 13}};
const Family v6{"IPv6", "fd00:2::2", "fd00:1::1", "fd08::1", {1, 4}, {1, 1}};
void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }
std::string name_of(const testing::TestParamInfo<Family>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Over, FaultH31, testing::Values(v4, v6), name_of);
INSTANTIATE_TEST_SUITE_P(Over, FaultH32, testing::Values(v4, v6), name_of);
INSTANTIATE_TEST_SUITE_P(Over, FaultH33, testing::Values(v4, v6), name_of);
INSTANTIATE_TEST_SUITE_P(Over, FaultH34, testing::Values(v4, v6), name_of);

}  // namespace
}  // namespace echolab::test
