// The blog post's four steps beside a conversation: which packet is which, and where the post is not right.
#include "capture/explain/post.hpp"

#include <gtest/gtest.h>

#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using Verdict = PostView::Verdict;

/// "3 client_was_first", "2 refused (missing)"; "no step".
std::string post(const Observation& seen) {
  const std::array names{"agrees",  "client_was_first", "data_with_ack", "data_in_syn", "again",
                         "refused", "crossed",          "aborted",       "step_unseen"};
  const std::optional<PostView> view = post_of(seen);
  if (!view) return "no step";
  return std::to_string(static_cast<int>(view->step)) + " " + names.at(static_cast<std::size_t>(view->verdict)) +
         (view->missing ? " (missing)" : "");
}

TEST(Post, HasFourSteps) {
  Talk talk;
  EXPECT_EQ(post(talk.client("S  0:0(0)")), "1 agrees");
  EXPECT_EQ(post(talk.server("S. 0:0(0) ack 1")), "2 agrees");
  EXPECT_EQ(post(talk.client(".  1:1(0) ack 1")), "3 client_was_first");
  EXPECT_EQ(post(talk.client("P. 1:6(5) ack 1")), "4 agrees");
  EXPECT_EQ(post(talk.server("P. 1:6(5) ack 6")), "no step");
  EXPECT_EQ(post(talk.wait(std::chrono::seconds(1)).client("P. 1:6(5) ack 1")), "4 again");
}

TEST(Post, HasTwoStepsInOnePacketWhereDataRidesOnTheThird) {
  Talk talk;
  talk.client("S  0:0(0)");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_EQ(post(talk.client("P. 1:6(5) ack 1")), "3 data_with_ack");
}

TEST(Post, SaysThatACopyIsThatStepAgain) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_EQ(post(talk.wait(std::chrono::seconds(1)).client("S  0:0(0)")), "1 again");
  talk.server("S. 0:0(0) ack 1");
  EXPECT_EQ(post(talk.wait(std::chrono::seconds(1)).server("S. 0:0(0) ack 1")), "2 again");
}

TEST(Post, LacksTheStepsThatAResetPrevents) {
  Talk refused;
  refused.client("S  0:0(0)");
  EXPECT_EQ(post(refused.server("R. 0:0(0) ack 1")), "2 refused (missing)");
  Talk aborted;
  aborted.client("S  0:0(0)");
  aborted.server("S. 0:0(0) ack 1");
  EXPECT_EQ(post(aborted.client("R  1:1(0)")), "3 aborted (missing)");
}

TEST(Post, KnowsOnlyOneEndThatAsks) {
  Talk talk;
  talk.client("S  0:0(0)");
  EXPECT_EQ(post(talk.server("S  0:0(0)")), "1 crossed");
  EXPECT_EQ(post(talk.client("S. 0:0(0) ack 1")), "2 crossed");
}

TEST(Post, KnowsNoDataInASyn) {
  Talk talk;
  EXPECT_EQ(post(talk.client("S  0:8(8)")), "1 data_in_syn");
}

TEST(Post, IsNotHeldAgainstWhatTheCaptureMissed) {
  Talk talk;
  EXPECT_EQ(post(talk.server("S. 0:0(0) ack 1")), "2 step_unseen");
  EXPECT_EQ(post(talk.client(".  1:1(0) ack 1")), "3 client_was_first");
}

}  // namespace
}  // namespace echolab::capture
