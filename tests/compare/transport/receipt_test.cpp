// The rows, made of findings.
#include "tools/compare/transport/receipt.hpp"

#include <gtest/gtest.h>

#include "tests/compare/transport/findings.hpp"

namespace echolab::compare {
namespace {

Row row(const Findings& findings, MeasureName measure) { return row_of(receipt(findings), measure); }

TEST(Receipt, HasEachMeasureInTheOrderOfTheTable) {
  const auto rows = receipt(test::clean_findings());
  ASSERT_EQ(rows.size(), measures.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].measure, &measures[i]);
}

TEST(Receipt, FindsARowByItsName) {
  const auto rows = receipt(test::clean_findings());
  EXPECT_EQ(row_of(rows, "packets").measure->name, "packets");
  EXPECT_EQ(row_of(rows, "cut_wire_lost").measure->name, "cut_wire_lost");
}

TEST(Receipt, TakesCountsFromTheFirstRunAndTimesFromTheMedian) {
  const auto findings = test::clean_findings();
  const Row packets = row(findings, "packets"), first = row(findings, "first_answer");
  EXPECT_EQ(packets.value.tcp, Value(12.0));
  EXPECT_EQ(packets.spread.tcp, (Spread{12, 12, 13}));
  EXPECT_EQ(first.value.tcp, Value(41.0));
  EXPECT_EQ(first.spread.tcp, (Spread{41, 40, 42}));
}

TEST(Receipt, GivesNoSpreadOfASingleRun) {
  auto findings = test::clean_findings();
  findings.sides.tcp.runs.resize(1);
  EXPECT_FALSE(row(findings, "packets").spread.tcp);
}

TEST(Receipt, TheShareThatIsNotPayloadIsOfAllBytes) {
  EXPECT_EQ(row(test::clean_findings(), "overhead").value.tcp, Value(1 - 0.256));
}

TEST(Receipt, AMessageWhoseAnswerWasNotDeliveredIsLostByTheWire) {
  auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, "wire_lost").value.udp, Value(0.0));
  findings.sides.udp.runs[0].packets->answer_bytes_delivered = 64;
  EXPECT_EQ(row(findings, "wire_lost").value.udp, Value(1.0));
}

TEST(Receipt, WithoutPacketsTheRowsThatNeedThemAreEmptyAndTheOthersAreNot) {
  auto findings = test::clean_findings();
  for (const Client client : clients)
    for (Exchange& run : findings.sides[client].runs) run.packets.reset();
  EXPECT_EQ(row(findings, "packets").value.tcp, Value());
  EXPECT_EQ(row(findings, "wire_lost").value.udp, Value());
  EXPECT_EQ(row(findings, "messages_answered").value.tcp, Value(2.0));
}

TEST(Receipt, ATalkWithoutAnyAnswerHasNoTimes) {
  auto findings = test::clean_findings();
  for (Exchange& run : findings.sides.udp.runs) run.talk = {.sent = 2};
  EXPECT_EQ(row(findings, "first_answer").value.udp, Value());
  EXPECT_EQ(row(findings, "round_trip_p99").value.udp, Value());
  EXPECT_EQ(row(findings, "messages_lost").value.udp, Value(2.0));
}

TEST(Receipt, WhereTheKernelSentAgainItNoticedFirst) {
  auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, "loss_noticed_by").value.tcp, Value(Word::kernel));
  EXPECT_EQ(row(findings, "loss_noticed_by").value.udp, Value(Word::client));
  EXPECT_EQ(row(findings, "loss_noticed_after").value.udp, Value(240.0));
  findings.sides.udp.lost_one = LostOne{};
  EXPECT_EQ(row(findings, "loss_noticed_by").value.udp, Value(Word::nobody));
}

TEST(Receipt, AfterACutTheOneThatMissesMessagesHasAGap) {
  const auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, "cut_wire").value.tcp, Value(Word::goes_on));
  EXPECT_EQ(row(findings, "cut_wire").value.udp, Value(Word::goes_on_short));
  EXPECT_EQ(row(findings, "cut_wire_lost").value.udp, Value(3.0));
}

TEST(Receipt, WhatTheWireDroppedIsKnownWhereThereIsAWireAlone) {
  auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, "packets_dropped").value.tcp, Value(0.0));
  EXPECT_EQ(row(findings, "retransmissions_too_early").value.udp_retry, Value(0.0));
  findings.plan.place = Place::loopback;
  EXPECT_EQ(row(findings, "packets_dropped").value.tcp, Value());
  EXPECT_EQ(row(findings, "retransmissions_too_early").value.udp_retry, Value());
  EXPECT_EQ(row(findings, "retransmissions").value.udp_retry, Value(0.0));
}

TEST(Receipt, StateIsGivenForEachClient) {
  EXPECT_EQ(row(test::clean_findings(), "kernel_sockets").value.tcp, Value(1.0));
  EXPECT_EQ(row(test::clean_findings(), "kernel_bytes").value.tcp, Value(2304.0));
  EXPECT_EQ(row(test::clean_findings(), "kernel_sockets").value.udp, Value(0.0));
}

}  // namespace
}  // namespace echolab::compare
