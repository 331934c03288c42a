// Where inference and kernels differ: which differences have a name, and which must not be excused by one.
#include <gtest/gtest.h>

#include "tools/lab/wire/event.hpp"

namespace echolab::lab {
namespace {

using capture::State;

Difference differ(States inferred, States kernel) {
  capture::TcpView view{};
  view.client.after = inferred.client;
  view.server.after = inferred.server;
  return compare(view, kernel);
}

TEST(Difference, IsNoneWhereBothSayTheSameOrNoKernelSaysAnything) {
  EXPECT_EQ(differ({State::established, State::syn_received}, {State::established, State::syn_received}),
            Difference::none);
  EXPECT_EQ(differ({State::closing, State::listen}, {State::unknown, State::listen}), Difference::none);
}

TEST(Difference, ASynDoesNotShowWhetherAnybodyListens) {
  EXPECT_EQ(differ({State::syn_sent, State::listen}, {State::syn_sent, State::closed}), Difference::no_listener);
}

TEST(Difference, AKernelThatGaveUpHasNoSocketOrTheListenerAlone) {
  EXPECT_EQ(differ({State::syn_sent, State::listen}, {State::closed, State::listen}), Difference::gave_up);
  EXPECT_EQ(differ({State::established, State::syn_received}, {State::established, State::closed}),
            Difference::gave_up);
  EXPECT_EQ(differ({State::established, State::syn_received}, {State::established, State::listen}),
            Difference::gave_up);
}

TEST(Difference, ASocketDoesNotGiveUpIntoAListener) {
  EXPECT_EQ(differ({State::syn_sent, State::listen}, {State::listen, State::listen}), Difference::unnamed);
}

TEST(Difference, AKernelMayHaveTriedForTooLong) {
  EXPECT_EQ(differ({State::established, State::established}, {State::closed, State::established}),
            Difference::timed_out);
  EXPECT_EQ(differ({State::last_ack, State::time_wait}, {State::closed, State::time_wait}), Difference::timed_out);
  EXPECT_EQ(differ({State::time_wait, State::closed}, {State::closed, State::closed}), Difference::unnamed)
      << "nothing is sent from there";
}

TEST(Difference, TheGraverOfBothSidesCounts) {
  EXPECT_EQ(differ({State::syn_sent, State::listen}, {State::established, State::closed}), Difference::unnamed);
}

TEST(Difference, ASocketThatGoesWithAPacketHasNotGivenUp) {
  EXPECT_EQ(after_delivery(Difference::none, Difference::gave_up), Difference::unnamed);
  EXPECT_EQ(after_delivery(Difference::gave_up, Difference::gave_up), Difference::gave_up);
  EXPECT_EQ(after_delivery(Difference::none, Difference::timed_out), Difference::unnamed);
  EXPECT_EQ(after_delivery(Difference::timed_out, Difference::timed_out), Difference::timed_out);
  EXPECT_EQ(after_delivery(Difference::none, Difference::no_listener), Difference::no_listener);
}

}  // namespace
}  // namespace echolab::lab
