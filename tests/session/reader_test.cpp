// Requests cut out of a stream, and out of datagrams; and who may get how long an answer.
#include <gtest/gtest.h>

#include "tools/session/reach.hpp"
#include "tools/session/request_reader.hpp"

namespace echolab::session {
namespace {

TEST(SessionReader, AStreamMayComeInPiecesOfAnySize) {
  const std::string stream = "n=1 WHO\r\nPUT 0 5\nhel\nlPING\n";
  for (std::size_t size = 1; size <= stream.size(); ++size) {
    RequestReader reader;
    std::vector<Verb> verbs;
    std::string body;
    for (std::size_t at = 0; at < stream.size(); at += size) {
      reader.append(std::string_view(stream).substr(at, size));
      while (const auto incoming = reader.next()) {
        ASSERT_TRUE(incoming->request);
        verbs.push_back(incoming->request->verb);
        body += incoming->request->body;
      }
    }
    EXPECT_EQ(verbs, (std::vector{Verb::who, Verb::put, Verb::ping}));
    EXPECT_EQ(body, "hel\nl");
    EXPECT_FALSE(reader.waiting());
  }
}

TEST(SessionReader, AWrongLineIsOneAnswerAndTheNextLineCounts) {
  RequestReader reader;
  reader.append("nonsense\n\nPING\n");
  EXPECT_FALSE(reader.next()->request);
  EXPECT_FALSE(reader.next()->request) << "an empty line";
  EXPECT_EQ(reader.next()->request->verb, Verb::ping);
  EXPECT_FALSE(reader.next());
}

TEST(SessionReader, WhatComesBehindALineWithoutEndOrABodyOfUnknownLengthIsNeverARequest) {
  for (const std::string& start : {std::string(5120, 'A'), std::string(5120, 'A') + "\n", std::string("PUT 0 70000\n"),
                                   std::string("PUT -1 5\n"), std::string("id=x n=0 PUT 0 5\n")}) {
    RequestReader reader;
    reader.append(start + "BUY\n");
    EXPECT_FALSE(reader.next()->request);
    EXPECT_FALSE(reader.next()) << start;
    EXPECT_TRUE(reader.lost());
  }
}

TEST(SessionReader, ADatagramIsOneRequestAndItsBody) {
  EXPECT_EQ(read_datagram("PING").request->verb, Verb::ping);
  EXPECT_EQ(read_datagram("PING\n  \n").request->verb, Verb::ping) << "white space is padding";
  EXPECT_EQ(read_datagram("PUT 0 3\nabc").request->body, "abc");
  for (const char* wrong : {"", "\n", "PING\nPING\n", "PUT 0 3\nab", "PUT 0 3\nabcd", "PUT 0 3", "\xec\xb2"})
    EXPECT_FALSE(read_datagram(wrong).request) << wrong;
}

TEST(SessionReach, AnAddressShowsThatItReceivesByWhatWasSentToIt) {
  Reach reach;
  const net::Address kim = net::resolve("127.0.0.1", 5000), other = net::resolve("127.0.0.1", 5001);
  const auto longest = [&](const net::Address& peer, std::string_view line) {
    return reach.longest_answer(peer, *parse_request(line), 40);
  };
  EXPECT_EQ(longest(kim, "LOGIN kim"), 120);
  reach.sent(kim, "id=secret");
  EXPECT_EQ(longest(kim, "id=guess WHO"), 120);
  EXPECT_EQ(longest(other, "id=secret WHO"), 120) << "it was sent to another address";
  EXPECT_EQ(longest(kim, "id=secret WHO"), std::string_view::npos);
  EXPECT_EQ(longest(kim, "LOGIN kim"), std::string_view::npos);
}

}  // namespace
}  // namespace echolab::session
