// The words over every file: text and JSON name the same notes, what is kept is what would be made anew, and no
// sentence leaves a blank, a bracket or a trace of one.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "capture/decode/decode.hpp"
#include "capture/explain/explain.hpp"
#include "capture/render/annotation.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"
#include "tests/support/unwrapped.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using testing::HasSubstr;

constexpr std::array languages{Language::en, Language::ko};

struct Told {
  std::function<void(const Observation&)> packet = [](const Observation&) {};
  std::function<void(const StreamSummary&)> stream = [](const StreamSummary&) {};
  std::function<void(const UnfinishedPacket&)> unfinished = [](const UnfinishedPacket&) {};
};

/// Tells every packet of the file, and every conversation; how many packets there were.
std::uint64_t tell(const std::filesystem::path& file, const Told& told) {
  auto opened = PacketSource::open_file(file, "");
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return 0;
  Observer observer(told.stream, {}, told.unfinished);
  std::uint64_t packets = 0;
  while (const auto packet = source->next()) {
    told.packet(observer.observe(*packet, decode(*packet)));
    ++packets;
  }
  observer.finish();
  return packets;
}

// 1: the notes of text and of JSON

std::set<std::string> notes_in_json(const std::string& line) {
  constexpr std::string_view key = "\"notes\":";  // a quote inside of a string has a backslash
  const auto begin = line.find(key) + key.size();
  return nlohmann::json::parse(line.substr(begin, line.find(']', begin) + 1 - begin)).get<std::set<std::string>>();
}

TEST(CorpusWords, TextAndJsonNameTheSameNotes) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  std::uint64_t packets = 0;
  std::set<std::string> noted, in_full;
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    std::array ladders{Ladder({.language = Language::en}), Ladder({.language = Language::ko})};
    std::array json{PacketJson(Language::en), PacketJson(Language::ko)};
    packets += tell(file, {.packet = [&](const Observation& seen) {
                      for (std::size_t i = 0; i < languages.size(); ++i) {
                        std::string line;
                        json[i].append(line, seen);
                        const auto drawn = explanation_of(ladders[i].line(seen), seen.packet.frame);
                        const NamesInText named = names_in(drawn);
                        EXPECT_EQ(named.all, notes_in_json(line)) << drawn;
                        noted.insert(named.all.begin(), named.all.end());
                        in_full.insert(named.in_full.begin(), named.in_full.end());
                      }
                    }});
    if (HasFailure()) return;
  }
  EXPECT_GT(packets, 1000u);
  EXPECT_GT(noted.size(), 20u);
  EXPECT_GT(in_full.size(), 20u);
  fmt::print("{} packets, {} notes, {} of them told in full\n", packets, noted.size(), in_full.size());
}

// 2: kept and made anew

struct Pair {
  explicit Pair(LadderOptions options) : kept(options) {
    options.keeps_blocks = false;
    anew = std::make_unique<Ladder>(options);
  }
  Ladder kept;
  std::unique_ptr<Ladder> anew;
};

/// Ladders that go through all files, so that each finds what the files before have left.
std::vector<Pair> pairs() {
  std::vector<Pair> made;
  for (const Language language : languages)
    for (const auto verbosity : {Verbosity::usual, Verbosity::verbose})
      for (const bool color : {false, true})
        made.emplace_back(LadderOptions{.color = color, .language = language, .verbosity = verbosity});
  return made;
}

TEST(CorpusWords, ThatAreKeptAreThoseThatWouldBeMadeAnew) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  std::uint64_t packets = 0;
  auto ladders = pairs();
  std::array kept{PacketJson(Language::en), PacketJson(Language::ko)};
  std::array anew{PacketJson(Language::en, false), PacketJson(Language::ko, false)};
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    packets += tell(file, {.packet =
                               [&](const Observation& seen) {
                                 for (auto& pair : ladders) EXPECT_EQ(pair.kept.line(seen), pair.anew->line(seen));
                                 for (std::size_t i = 0; i < languages.size(); ++i) {
                                   std::string one, other;
                                   kept[i].append(one, seen);
                                   anew[i].append(other, seen);
                                   EXPECT_EQ(one, other);
                                 }
                               },
                           .stream =
                               [&](const StreamSummary& stream) {
                                 for (auto& pair : ladders)
                                   EXPECT_EQ(pair.kept.stream_line(stream), pair.anew->stream_line(stream));
                               }});
    if (HasFailure()) return;
  }
  EXPECT_GT(packets, 1000u);
}

// 5: nothing of the template is left

/// Addresses have brackets of their own: "[::1]:9000".
std::string without_addresses(std::string text, const Plan& plan) {
  std::vector<std::string_view> addresses;
  for (const Plan::Item& item : plan.items())
    for (const Value& value : item.filled())
      if (is_address(value.blank)) addresses.push_back(plan.text_of(value));
  std::ranges::sort(addresses, std::greater(), &std::string_view::size);  // the longer may hold a shorter one
  for (const auto& address : addresses)
    for (auto at = text.find(address); at != text.npos && !address.empty(); at = text.find(address, at + 1))
      text.replace(at, address.size(), "@");
  return text;
}

/// What no finished sentence has: braces, brackets, control characters, and what an empty blank leaves behind.
std::string leftover_in(const std::string& text) {
  for (const char* trace : {"{", "}", "[", "]", "  ", " .", " ,", " ()", "( ", " )", "..", ",,"})
    if (text.find(trace) != text.npos) return trace;
  for (const unsigned char byte : text)
    if (byte < 0x20 || byte == 0x7f) return fmt::format("\\x{:02x}", byte);
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return "a space at an end";
  return {};
}

void expect_finished(const Plan& plan, std::set<const Sentence*>& said) {
  for (const Plan::Item& item : plan.items()) {
    said.insert(item.sentence);
    for (const Language language : languages)
      for (const bool whole : {false, true}) {
        if (item.part) continue;
        std::string text;
        Wording(plan, language, whole).append(text, item);
        const std::string plain = without_addresses(text, plan);
        EXPECT_EQ(leftover_in(plain), "") << text;
      }
  }
}

TEST(CorpusWords, LeaveNoBlankAndNoBracketInEitherLanguage) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  std::set<const Sentence*> said;
  Plan plan;
  const auto look = [&](const auto& what) {
    explain(what, plan);
    expect_finished(plan, said);
  };
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    tell(file, {.packet = look, .stream = look, .unfinished = look});
    if (HasFailure()) return;
  }
  EXPECT_GT(said.size(), 150u);
  fmt::print("{} sentences\n", said.size());
}

/// Everything that `annotate` has for a verbosity.
std::vector<std::string> texts_at(Verbosity verbosity, const Annotation& all) {
  if (verbosity == Verbosity::usual) return {all.headline, all.usual};
  std::vector<std::string> texts{all.headline, all.text, all.post};
  texts.insert(texts.end(), all.advice.begin(), all.advice.end());
  return texts;
}

TEST(CorpusWords, OfTheLadderAreThoseOfTheAnnotation) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  for (const auto& file : corpus_files()) {
    SCOPED_TRACE(corpus_name(file));
    for (const Language language : languages)
      for (const Verbosity verbosity : {Verbosity::usual, Verbosity::verbose}) {
        Ladder ladder({.columns = 140, .language = language, .verbosity = verbosity});
        tell(file, {.packet = [&](const Observation& seen) {
               const auto drawn = explanation_of(ladder.line(seen), seen.packet.frame);
               for (const auto& text : texts_at(verbosity, annotate(seen, language)))
                 EXPECT_THAT(drawn, HasSubstr(text));
             }});
      }
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace echolab::test
