// What observing costs in memory that is asked for, packet by packet: every operator new of this program is counted.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "capture/track/observer.hpp"

namespace {
std::size_t allocations = 0, given_back = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  given_back += memory != nullptr;
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

class Pair {
 public:
  /// Returns how often memory was asked for.
  std::size_t say(bool client, std::uint16_t flags, std::uint32_t bytes = 0) {
    Segment segment;
    segment.source.port = client ? port : 9000, segment.destination.port = client ? 9000 : port;
    segment.seq = next_[client], segment.flags.bits = flags, segment.payload_length = bytes;
    if (segment.flags.ack()) segment.ack = next_[!client];
    next_[client] += segment.sequence_length();
    seen_.packet = {.frame = ++frame_, .time = now_ += std::chrono::microseconds(10)};
    seen_.decoded = segment;
    const std::size_t before = allocations;
    observer_.observe(seen_);
    return allocations - before;
  }
  std::uint16_t port = 40'000;

 private:
  std::uint32_t next_[2] = {1'000, 5'000};
  std::uint64_t frame_ = 0;
  Time now_{std::chrono::seconds(1'700'000'000)};
  Observer observer_;
  Observation seen_;
};

constexpr std::uint16_t ack = TcpFlags::ack_bit, syn = TcpFlags::syn_bit, fin = TcpFlags::fin_bit,
                        rst = TcpFlags::rst_bit;

TEST(Observing, AsksForNoMemoryAtThePacketsOfALongConnection) {
  Pair pair;
  pair.say(true, syn), pair.say(false, syn | ack), pair.say(true, ack);
  std::size_t asked = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::size_t now = pair.say(true, ack, 100) + pair.say(false, ack);
    if (i >= 100) asked += now;  // by then it has all that it needs
  }
  EXPECT_EQ(asked, 0u);
}

TEST(Observing, AsksForMemoryAtMostFiveTimesAShortConnection) {
  Pair pair;
  std::size_t asked = 0;
  constexpr std::size_t connections = 3'000, first = 1'000;
  for (std::size_t i = 0; i < connections; ++i) {
    ++pair.port;
    std::size_t now = pair.say(true, syn) + pair.say(false, syn | ack) + pair.say(true, ack);
    now += pair.say(true, ack, 50) + pair.say(false, ack) + pair.say(false, ack, 50) + pair.say(true, ack);
    now += pair.say(true, fin | ack) + pair.say(false, fin | ack) + pair.say(true, ack);
    if (i >= first) asked += now;
  }
  EXPECT_LE(asked, 5 * (connections - first));
}

TEST(Observing, KeepsNoMoreHoweverMuchComesAfterTheEnd) {
  Pair pair;
  constexpr std::uint16_t last_port = 40'200;  // more than wait to be packed
  const auto all_reset_again = [&](int times) {
    for (int i = 0; i < times; ++i)
      for (pair.port = 40'000; pair.port < last_port; ++pair.port) pair.say(false, rst);
  };
  for (pair.port = 40'000; pair.port < last_port; ++pair.port) pair.say(true, syn), pair.say(false, rst | ack);
  all_reset_again(10);
  const std::size_t kept = allocations - given_back;
  all_reset_again(200);
  EXPECT_LE(allocations - given_back, kept + 8);
}

}  // namespace
}  // namespace echolab::test
