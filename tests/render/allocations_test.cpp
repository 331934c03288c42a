// Memory that a packet costs from its bytes to its words, counted: in the long run the text of a packet takes 2
// allocations, its JSON 1. This program replaces operator new, so it tests nothing else.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <new>

#include "capture/decode/decode.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/many_connections.hpp"

namespace {
std::uint64_t allocations = 0;

void* allocate(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

/// Allocations a packet of short connections, 64 at a time, when the first half of them has been told.
template <class Tell>
double allocations_a_packet(Tell tell) {
  const auto packets = many_connections({textbook()}, 2000, 64);
  Observer observer;
  std::uint64_t frame = 0, before = 0;
  Time now{std::chrono::seconds(1'700'000'000)};
  for (const Bytes& bytes : packets) {
    if (frame == packets.size() / 2) before = allocations;
    Packet it = packet(LinkType::raw, bytes);
    it.frame = ++frame;
    it.time = now += std::chrono::microseconds(20);
    tell(observer.observe(it, decode(it)));
  }
  return static_cast<double>(allocations - before) / static_cast<double>(packets.size() - packets.size() / 2);
}

double allocations_of_text(LadderOptions options) {
  Ladder ladder(options);
  std::string out;
  return allocations_a_packet([&](const Observation& seen) {
    out.clear();
    ladder.draw(out, seen);
  });
}

double allocations_of_json(Language language) {
  PacketJson json(language);
  std::string out;
  return allocations_a_packet([&](const Observation& seen) {
    out.clear();
    json.append(out, seen);
  });
}

TEST(Allocations, AreCounted) {
  const double one = allocations_a_packet([](const Observation&) { ::operator delete(::operator new(1)); });
  const double none = allocations_a_packet([](const Observation&) {});
  EXPECT_NEAR(one - none, 1, 0.01);
  std::printf("observed: %.2f a packet\n", none);
}

TEST(Allocations, OfAPacketInTextAreAtMostTwoOnTheMean) {
  for (const Language language : {Language::en, Language::ko})
    for (const Verbosity verbosity : {Verbosity::quiet, Verbosity::usual, Verbosity::verbose})
      for (const bool color : {false, true}) {
        const double mean = allocations_of_text({.color = color, .language = language, .verbosity = verbosity});
        EXPECT_LE(mean, 2) << static_cast<int>(language) << static_cast<int>(verbosity) << color;
        std::printf("text: %.2f a packet\n", mean);
      }
}

TEST(Allocations, OfAPacketInJsonAreAtMostOneOnTheMean) {
  for (const Language language : {Language::en, Language::ko}) {
    const double mean = allocations_of_json(language);
    EXPECT_LE(mean, 1);
    std::printf("JSON: %.2f a packet\n", mean);
  }
}

}  // namespace
}  // namespace echolab::test
