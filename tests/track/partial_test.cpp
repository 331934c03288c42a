// Captures that are not whole: they begin late, miss a packet, hold packets twice. What is called `seen` is true all
// the same: each conversation is run whole first, and its states are the truth for the rest.
#include <string>
#include <vector>

#include "tests/track/talk.hpp"

namespace echolab::test {
using capture::Certainty;
using capture::Side;
using capture::State;

namespace {

struct Line {
  Side from;
  std::string packet;
};
struct States {
  State client, server;
};
using Conversation = std::vector<Line>;

constexpr auto C = Side::client, S = Side::server;
const Conversation handshake = {{C, "S 0:0(0)"}, {S, "S. 0:0(0) ack 1"}, {C, ". 1:1(0) ack 1"}};
const Conversation echo = {{C, "P. 1:6(5) ack 1"}, {S, ". 1:1(0) ack 6"},  {S, "P. 1:6(5) ack 6"},
                           {C, ". 6:6(0) ack 6"},  {C, "P. 6:9(3) ack 6"}, {S, "P. 6:9(3) ack 9"},
                           {C, ". 9:9(0) ack 9"}};
const std::vector<Conversation> ends = {
    {{C, "F. 9:9(0) ack 9"}, {S, ". 9:9(0) ack 10"}, {S, "F. 9:9(0) ack 10"}, {C, ". 10:10(0) ack 10"}},
    {{S, "F. 9:9(0) ack 9"}, {C, "F. 9:9(0) ack 10"}, {S, ". 10:10(0) ack 10"}},
    {{C, "FP. 9:19(10) ack 9"},
     {S, "P. 9:29(20) ack 20"},
     {C, ". 20:20(0) ack 29"},
     {S, "FP. 29:39(10) ack 20"},
     {C, ". 20:20(0) ack 40"}},
    {{C, "F. 9:9(0) ack 9"}, {S, "F. 9:9(0) ack 9"}, {C, ". 10:10(0) ack 10"}, {S, ". 10:10(0) ack 10"}},
    {{C, "P. 9:19(10) ack 9"}, {S, "R. 9:9(0) ack 19"}},
};

std::vector<Conversation> conversations() {
  std::vector<Conversation> all;
  for (const Conversation& end : ends) {
    all.push_back(handshake);
    all.back().insert(all.back().end(), echo.begin(), echo.end());
    all.back().insert(all.back().end(), end.begin(), end.end());
  }
  return all;
}

States say(Talk& talk, const Line& line) {
  line.from == C ? talk.client(line.packet) : talk.server(line.packet);
  return {talk.client_state(), talk.server_state()};
}

std::vector<States> truth_of(const Conversation& conversation) {
  Talk talk;
  std::vector<States> truth;
  for (const Line& line : conversation) truth.push_back(say(talk, line));
  return truth;
}

void expect_no_false_certainty(const Talk& talk, const States& truth) {
  const auto& tcp = *talk.last().tcp;
  if (tcp.client.certainty == Certainty::seen) {
    EXPECT_EQ(tcp.client.after, truth.client) << talk.story();
  }
  if (tcp.server.certainty == Certainty::seen) {
    EXPECT_EQ(tcp.server.after, truth.server) << talk.story();
  }
}

TEST(PartialCapture, ThatBeginsLateIsNeverCertainOfAWrongState) {
  for (const Conversation& conversation : conversations()) {
    const auto truth = truth_of(conversation);
    for (std::size_t first = 1; first < conversation.size(); ++first) {
      Talk talk;
      for (std::size_t i = first; i < conversation.size(); ++i) {
        say(talk, conversation[i]);
        expect_no_false_certainty(talk, truth[i]);
      }
    }
  }
}

/// A pure ACK leaves no gap in the numbers: nothing shows that it was missed.
bool takes_numbers(const Line& line) { return line.packet[0] != '.'; }

TEST(PartialCapture, ThatMissesAPacketIsNeverCertainOfAWrongState) {
  for (const Conversation& conversation : conversations()) {
    const auto truth = truth_of(conversation);
    for (std::size_t missed = 0; missed < conversation.size(); ++missed) {
      if (!takes_numbers(conversation[missed])) continue;
      Talk talk;
      for (std::size_t i = 0; i < conversation.size(); ++i) {
        if (i == missed) continue;
        say(talk, conversation[i]);
        expect_no_false_certainty(talk, truth[i]);
      }
    }
  }
}

TEST(PartialCapture, ThatHoldsEachPacketTwiceEndsInTheSameStates) {
  for (const Conversation& conversation : conversations()) {
    const auto truth = truth_of(conversation);
    Talk talk;
    for (std::size_t i = 0; i < conversation.size(); ++i) {
      say(talk, conversation[i]);
      say(talk, conversation[i]);
      EXPECT_THAT(talk, in(truth[i].client, truth[i].server));
    }
  }
}

}  // namespace
}  // namespace echolab::test
