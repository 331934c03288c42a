// The judgements follow the numbers: change those, and they change.
#include "tools/compare/transport/claims.hpp"

#include <gtest/gtest.h>

#include "tests/compare/transport/findings.hpp"

namespace echolab::compare {
namespace {

using namespace std::chrono_literals;

Verdict verdict(Claim claim, const Findings& findings) { return judge(claim, receipt(findings)); }

TEST(ClaimThatACutTransferGoesOn, HoldsForTheWireAndNotForTheServer) {
  auto findings = test::clean_findings();
  EXPECT_EQ(verdict(Claim::goes_on_after_a_cut, findings), Verdict::partly);
  findings.sides.tcp.cut->answered = 4;
  EXPECT_EQ(verdict(Claim::goes_on_after_a_cut, findings), Verdict::not_borne_out);
  findings.sides.tcp.cut.reset();
  EXPECT_EQ(verdict(Claim::goes_on_after_a_cut, findings), Verdict::not_measured);
}

TEST(ClaimThatNobodyChecks, FallsWhereUdpsKernelWouldSendAgain) {
  auto findings = test::clean_findings();
  EXPECT_EQ(verdict(Claim::nobody_checks, findings), Verdict::borne_out);
  findings.sides.udp.lost_one->noticed_by_kernel = 200ms;
  EXPECT_EQ(verdict(Claim::nobody_checks, findings), Verdict::not_borne_out);
}

TEST(ClaimOfReliabilityForSpeed, IsHalfTrueWhereOnlyTheFirstAnswerComesSooner) {
  auto findings = test::clean_findings();
  EXPECT_EQ(verdict(Claim::reliability_for_speed, findings), Verdict::partly);
  findings.sides.udp.rate_one = 100;
  EXPECT_EQ(verdict(Claim::reliability_for_speed, findings), Verdict::borne_out);
  findings.sides.udp.rate_one = 49;
  for (Exchange& run : findings.sides.udp.runs) run.talk.first_answer = 40ms;
  EXPECT_EQ(verdict(Claim::reliability_for_speed, findings), Verdict::not_borne_out);
}

TEST(ClaimOfNoSessionState, FallsWithTheFirstSocketOfAClient) {
  auto findings = test::clean_findings();
  EXPECT_EQ(verdict(Claim::no_session_state, findings), Verdict::borne_out);
  findings.sides.udp.kernel->sockets = 1;
  EXPECT_EQ(verdict(Claim::no_session_state, findings), Verdict::not_borne_out);
  findings.sides.udp.kernel.reset();
  EXPECT_EQ(verdict(Claim::no_session_state, findings), Verdict::not_measured);
}

TEST(ClaimOfLessLoad, NeedsLessMemoryAndLessWork) {
  auto findings = test::clean_findings();
  EXPECT_EQ(verdict(Claim::less_load, findings), Verdict::partly);  // the work is much the same
  findings.sides.udp.work = 2us;
  EXPECT_EQ(verdict(Claim::less_load, findings), Verdict::borne_out);
  findings.sides.udp.work = 9us;
  findings.sides.tcp.kernel->object_bytes = 0;
  EXPECT_EQ(verdict(Claim::less_load, findings), Verdict::not_borne_out);
}

}  // namespace
}  // namespace echolab::compare
