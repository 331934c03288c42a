// What is settled about the notes holds wherever they are set: in the samples, and in captures that nobody here
// recorded.
#include <gtest/gtest.h>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/samples/examples.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
using namespace capture;  // NOLINT: tests read better

namespace {

void expect_rules(NoteSet set, const std::string& where) {
  for (const NoteRule& rule : notes::rules) {
    if (!set.has(rule.note)) continue;
    EXPECT_TRUE(rule.with.empty() || set.has_any_of(rule.with)) << where << ": " << rule.name << " stands alone";
    EXPECT_FALSE(set.has_any_of(rule.replaces)) << where << ": " << rule.name << " beside what it replaces";
  }
}

/// Returns how many packets have a note.
int expect_rules_in(const std::string& file) {
  auto opened = PacketSource::open_file(file, "");
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return 0;  // a damaged file is another test's
  Observer observer([](const StreamSummary&) {});
  int noted = 0;
  while (const auto packet = source->next()) {
    const NoteSet set = observer.observe(*packet, decode(*packet)).notes;
    expect_rules(set, file + ", packet " + std::to_string(packet->frame));
    noted += !set.empty();
  }
  return noted;
}

TEST(NoteRules, HoldInTheSamples) {
  for (const Example& example : examples) EXPECT_GT(expect_rules_in(file_of(example)), 0) << path_of(example);
}

TEST(NoteRules, HoldInForeignCaptures) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  int noted = 0;
  for (const auto& file : corpus_files()) noted += expect_rules_in(file.string());
  EXPECT_GT(noted, 1000);
}

}  // namespace
}  // namespace echolab::test
