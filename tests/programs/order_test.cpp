// --sort and --top: the greatest conversations first; and what nothing matched is told.
#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A datagram of one of 20 clients: client n sends n of them.
Bytes many_clients() {
  Bytes file = file_header();
  for (std::uint8_t client = 1; client <= 20; ++client)
    for (std::uint8_t i = 0; i < client; ++i) {
      Bytes packet = ethernet_ipv4 + udp4;
      packet[ethernet_ipv4.size() + 20 + 1] = std::byte{client};  // its port
      file = file + record(packet, 100u + i, client);
    }
  return file;
}

class Order : public testing::Test {
 protected:
  Ended asked(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"-r", file_, "--lang", "en"});
    return run("capture", arguments);
  }
  std::vector<std::string> numbers(const std::string& by, const std::string& most) const {
    std::vector<std::string> found;
    for (const auto& line : of_kind(asked({"--format", "json", "--sort", by, "--top", most}).out, "stream"))
      found.push_back(line["stream"].dump());
    return found;
  }
  const TemporaryFolder folder_;
  const std::string file_ = folder_.file("many.pcap", many_clients());
};

TEST_F(Order, TheGreatestComeFirst) {
  for (const char* by : {"bytes", "packets", "duration"})
    EXPECT_THAT(numbers(by, "3"), ElementsAre("19", "18", "17")) << by;
}

TEST_F(Order, EqualOnesComeAsTheyAreNumbered) { EXPECT_THAT(numbers("again", "3"), ElementsAre("0", "1", "2")); }

TEST_F(Order, HowManyAreLeftOutIsSaid) {
  EXPECT_THAT(asked({"--format", "summary", "--sort", "bytes", "--top", "3"}).out,
              HasSubstr("conversations more than are shown: 17"));
  EXPECT_EQ(summary_of(asked({"--format", "json", "--sort", "bytes", "--top", "3"}))["streams_left_out"], 17);
  EXPECT_THAT(asked({"--format", "summary", "--sort", "bytes"}).out, Not(HasSubstr("more than are shown")));
}

TEST_F(Order, IsOneOfConversationsAndTopIsOneOfAnOrder) {
  EXPECT_EQ(asked({"--sort", "bytes"}).status, 2);
  EXPECT_THAT(asked({"--sort", "bytes"}).err, HasSubstr("add --format summary"));
  EXPECT_EQ(asked({"--format", "summary", "--top", "3"}).status, 2);
}

TEST_F(Order, WhatNothingMatchedIsTold) {
  EXPECT_THAT(asked({"--stream", "7"}).err,
              HasSubstr("--stream tcp:7: there is no such conversation here. TCP has 0, UDP 20"));
  EXPECT_THAT(asked({"--note", "refused"}).err, HasSubstr("--note refused: no packet has it"));
  EXPECT_THAT(asked({"--state", "CLOSED"}).err, HasSubstr("--state CLOSED"));
  EXPECT_THAT(asked({"--stream", "udp:7"}).err, Not(HasSubstr("--stream")));
  EXPECT_EQ(asked({"--stream", "7"}).status, 0);
}

}  // namespace
}  // namespace echolab::test
