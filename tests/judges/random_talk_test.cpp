// What holds of every packet holds of nonsense, too: two ends that send anything at any time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "capture/track/observer.hpp"
#include "tests/judges/contradictions.hpp"
#include "tests/judges/steps.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

/// Segments of few numbers and few flags, so that they often fit.
class RandomTalk {
 public:
  explicit RandomTalk(std::uint32_t seed) : random_(seed) {
    sides_[0].port = 40000, sides_[1].port = 9000;
    for (Endpoint& it : sides_) it.address.bytes = {10, 0, 0, 1};
  }

  Segment next() {
    constexpr std::array<std::uint16_t, 10> flags{TcpFlags::syn_bit, TcpFlags::syn_bit | TcpFlags::ack_bit,
                                                  TcpFlags::ack_bit, TcpFlags::ack_bit,
                                                  TcpFlags::ack_bit, TcpFlags::fin_bit | TcpFlags::ack_bit,
                                                  TcpFlags::rst_bit, TcpFlags::rst_bit | TcpFlags::ack_bit,
                                                  TcpFlags::fin_bit, TcpFlags::syn_bit | TcpFlags::fin_bit};
    const std::size_t from = below(2);
    Segment segment;
    segment.source = sides_[from], segment.destination = sides_[1 - from];
    segment.flags.bits = flags[below(flags.size())];
    segment.seq = number(from);
    if (segment.flags.ack()) segment.ack = number(1 - from);
    segment.payload_length = segment.flags.rst() || below(3) > 0 ? 0 : below(3);
    segment.window = static_cast<std::uint16_t>(below(4) * 1000);
    segment.ip.identification = static_cast<std::uint16_t>(below(2) * ++packets_);
    return segment;
  }

  Time later() {
    constexpr std::array<std::chrono::nanoseconds, 4> steps{std::chrono::microseconds(20), std::chrono::milliseconds(5),
                                                            std::chrono::seconds(1), std::chrono::seconds(70)};
    return now_ += steps[below(20) == 0 ? 3 : below(3)];
  }

 private:
  std::uint32_t below(std::size_t end) { return static_cast<std::uint32_t>(random_() % end); }
  /// The ISN, or a few behind it; seldom another ISN.
  std::uint32_t number(std::size_t side) {
    return (side == 0 ? 1000 : 4'294'967'294u) + below(5) + (below(40) == 0 ? 100'000 : 0);
  }

  std::mt19937 random_;
  std::array<Endpoint, 2> sides_;
  std::uint32_t packets_ = 0;
  Time now_{std::chrono::seconds(1'700'000'000)};
};

std::string line(const Segment& segment) {
  const TcpFlags flags = segment.flags;
  std::string told = segment.source.port == 9000 ? "server " : "client ";
  told += flags.syn() ? "S" : "", told += flags.fin() ? "F" : "", told += flags.rst() ? "R" : "";
  told += flags.ack() ? "." : "";
  told += " " + std::to_string(segment.seq) + " (" + std::to_string(segment.payload_length) + ")";
  if (flags.ack()) told += " ack " + std::to_string(segment.ack);
  return told + "\n";
}

class RandomTalks : public testing::Test {
 protected:
  /// Asks `wrong` of each packet what is wrong with it, in so many short talks; ECHOLAB_RANDOM_TALKS may ask for more.
  template <class Wrong>
  void expect_nothing(std::uint32_t talks, Wrong wrong) {
    if (const char* more = std::getenv("ECHOLAB_RANDOM_TALKS")) talks = static_cast<std::uint32_t>(std::atoi(more));
    for (std::uint32_t seed = 0; seed < talks; ++seed) {
      RandomTalk talk(seed);
      Observer observer;
      auto judge = wrong();
      std::string story;
      for (std::uint64_t frame = 1; frame <= 16; ++frame) {
        const Segment segment = talk.next();
        const Observation seen = observer.observe({.frame = frame, .time = talk.later()}, segment);
        story += line(segment);
        ASSERT_EQ(judge(seen), "") << story << "seed " << seed;
      }
    }
  }
};

TEST_F(RandomTalks, EachStateFollowsFromTheOneBefore) {
  expect_nothing(5000, [] {
    return [steps = Steps()](const Observation& seen) mutable { return steps.breaks(seen) + steps.lacks_proof(seen); };
  });
}

TEST_F(RandomTalks, NoTwoSentencesExcludeEachOther) {
  Contradictions contradictions;
  expect_nothing(8000, [&] { return [&](const Observation& seen) { return contradictions.of(seen); }; });
}

}  // namespace
}  // namespace echolab::test
