// The rows, made of findings.
#include "tools/compare/transport/receipt.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/compare/transport/findings.hpp"

namespace echolab::compare {
namespace {

Row row(const Findings& findings, Measure measure) { return row_of(receipt(findings), measure); }

TEST(Receipt, HasEachMeasureOnceInItsOrder) {
  const auto rows = receipt(test::clean_findings());
  ASSERT_EQ(rows.size(), measure_count);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(static_cast<std::size_t>(rows[i].measure), i);
}

TEST(Receipt, NamesOfMeasuresDiffer) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < measure_count; ++i) names.insert(to_string(static_cast<Measure>(i)));
  EXPECT_EQ(names.size(), measure_count);
}

TEST(Receipt, TakesCountsFromTheFirstRunAndTimesFromTheMedian) {
  const auto findings = test::clean_findings();
  const Row packets = row(findings, Measure::packets), first = row(findings, Measure::first_answer);
  EXPECT_EQ(packets.value.tcp, Value(12.0));
  EXPECT_EQ(packets.spread.tcp, (Spread{12, 12, 13}));
  EXPECT_EQ(first.value.tcp, Value(41.0));
  EXPECT_EQ(first.spread.tcp, (Spread{41, 40, 42}));
}

TEST(Receipt, GivesNoSpreadOfASingleRun) {
  auto findings = test::clean_findings();
  findings.sides.tcp.runs.resize(1);
  EXPECT_FALSE(row(findings, Measure::packets).spread.tcp);
}

TEST(Receipt, TheShareThatIsNotPayloadIsOfAllBytes) {
  EXPECT_EQ(row(test::clean_findings(), Measure::overhead).value.tcp, Value(1 - 0.256));
}

TEST(Receipt, AMessageWhoseAnswerWasNotDeliveredIsLostByTheWire) {
  auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, Measure::wire_lost).value.udp, Value(0.0));
  findings.sides.udp.runs[0].packets->answer_bytes_delivered = 64;
  EXPECT_EQ(row(findings, Measure::wire_lost).value.udp, Value(1.0));
}

TEST(Receipt, WithoutPacketsTheRowsThatNeedThemAreEmptyAndTheOthersAreNot) {
  auto findings = test::clean_findings();
  for (const Protocol protocol : both)
    for (Exchange& run : findings.sides[protocol].runs) run.packets.reset();
  EXPECT_EQ(row(findings, Measure::packets).value.tcp, Value());
  EXPECT_EQ(row(findings, Measure::wire_lost).value.udp, Value());
  EXPECT_EQ(row(findings, Measure::messages_answered).value.tcp, Value(2.0));
}

TEST(Receipt, ATalkWithoutAnyAnswerHasNoTimes) {
  auto findings = test::clean_findings();
  for (Exchange& run : findings.sides.udp.runs) run.talk = {.sent = 2};
  EXPECT_EQ(row(findings, Measure::first_answer).value.udp, Value());
  EXPECT_EQ(row(findings, Measure::round_trip_p99).value.udp, Value());
  EXPECT_EQ(row(findings, Measure::messages_lost).value.udp, Value(2.0));
}

TEST(Receipt, WhereTheKernelSentAgainItNoticedFirst) {
  auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, Measure::loss_noticed_by).value.tcp, Value(Word::kernel));
  EXPECT_EQ(row(findings, Measure::loss_noticed_by).value.udp, Value(Word::client));
  EXPECT_EQ(row(findings, Measure::loss_noticed_after).value.udp, Value(240.0));
  findings.sides.udp.lost_one = LostOne{};
  EXPECT_EQ(row(findings, Measure::loss_noticed_by).value.udp, Value(Word::nobody));
}

TEST(Receipt, AfterACutTheOneThatMissesMessagesHasAGap) {
  const auto findings = test::clean_findings();
  EXPECT_EQ(row(findings, Measure::cut_wire).value.tcp, Value(Word::goes_on));
  EXPECT_EQ(row(findings, Measure::cut_wire).value.udp, Value(Word::goes_on_short));
  EXPECT_EQ(row(findings, Measure::cut_wire_lost).value.udp, Value(3.0));
}

TEST(Receipt, StateIsGivenForEachClient) {
  EXPECT_EQ(row(test::clean_findings(), Measure::kernel_sockets).value.tcp, Value(1.0));
  EXPECT_EQ(row(test::clean_findings(), Measure::kernel_bytes).value.tcp, Value(2304.0));
  EXPECT_EQ(row(test::clean_findings(), Measure::kernel_sockets).value.udp, Value(0.0));
}

}  // namespace
}  // namespace echolab::compare
