#include "capture/explain/catalog.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "capture/explain/blanks.hpp"

namespace echolab::capture {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Calls `visit` with every entry of both catalogs and where it stands.
void for_each_entry(const std::function<void(const std::string&, std::string_view, std::string_view)>& visit) {
  const auto array = [&visit](const char* name, const auto& en, const auto& ko) {
    for (std::size_t i = 0; i < en.size(); ++i) visit(std::string(name) + "[" + std::to_string(i) + "]", en[i], ko[i]);
  };
  const Catalog &en = catalog(Language::en), &ko = catalog(Language::ko);
  array("reasons", en.reasons, ko.reasons);
  for (std::size_t i = 0; i < note_count; ++i) {
    const NoteText &in_en = en.notes[i], &in_ko = ko.notes[i];
    const std::string where = "notes[" + std::to_string(i) + "].";
    visit(where + "says", in_en.says, in_ko.says);
    visit(where + "when", in_en.when, in_ko.when);
    visit(where + "look", in_en.look, in_ko.look);
  }
  array("steps", en.steps, ko.steps);
  array("verdicts", en.verdicts, ko.verdicts);
  array("headlines", en.headlines, ko.headlines);
  array("icmp_names", en.icmp_names, ko.icmp_names);
  array("icmp_reports", en.icmp_reports, ko.icmp_reports);
  array("icmp_purposes", en.icmp_purposes, ko.icmp_purposes);
  array("other_names", en.other_names, ko.other_names);
  array("others", en.others, ko.others);
  array("phrases", en.phrases, ko.phrases);
}

std::multiset<std::string> blanks_of(std::string_view sentence) {
  std::multiset<std::string> names;
  for (auto open = sentence.find('{'); open != sentence.npos; open = sentence.find('{', open + 1))
    names.emplace(sentence.substr(open, sentence.find('}', open) - open + 1));
  return names;
}

const Blanks full{.who = "WHO",
                  .peer = "PEER",
                  .from = "FROM",
                  .to = "TO",
                  .move = "MOVE",
                  .assumed = "ASSUMED",
                  .bytes = "BYTES",
                  .copy = "COPY",
                  .name = "NAME",
                  .answer = "ANSWER",
                  .frames = "FRAMES",
                  .time = "TIME",
                  .source = "SOURCE",
                  .destination = "DESTINATION",
                  .protocol = "PROTOCOL",
                  .place = "PLACE",
                  .field = "FIELD",
                  .identification = "IDENTIFICATION",
                  .fragments = "FRAGMENTS",
                  .frame = 1,
                  .ack = 2,
                  .number = 3,
                  .window = 7,
                  .needed = 4,
                  .had = 5,
                  .offset = 6,
                  .end = 8};

bool has_hangul(std::string_view text) {  // U+AC00..U+D7A3 start with bytes EA..ED
  return std::ranges::any_of(text, [](char c) { return (c & 0xff) >= 0xea && (c & 0xff) <= 0xed; });
}

TEST(Catalog, FillsEveryBlankOfEveryEntryInBothLanguages) {
  for_each_entry([](const std::string& where, std::string_view en, std::string_view ko) {
    for (const std::string_view sentence : {en, ko}) {
      EXPECT_FALSE(sentence.empty()) << where;
      EXPECT_THAT(filled(sentence, full), Not(::testing::ContainsRegex("[{}]"))) << where << ": " << sentence;
    }
  });
}

TEST(Catalog, HasTheSameBlanksInBothLanguages) {
  for_each_entry([](const std::string& where, std::string_view en, std::string_view ko) {
    auto names_en = blanks_of(en), names_ko = blanks_of(ko);
    // A language may name an end twice, or leave it out where the sentence is clear; facts stand in both.
    for (const char* end : {"{who}", "{peer}"}) {
      names_en.erase(end);
      names_ko.erase(end);
    }
    EXPECT_EQ(names_en, names_ko) << where << "\n" << en << "\n" << ko;
  });
}

TEST(Catalog, TellsOfEachNoteInTheOrderOfTheNotes) {
  for (const Language language : {Language::en, Language::ko})
    for (std::size_t i = 0; i < note_count; ++i)
      EXPECT_EQ(catalog(language).notes[i].note, static_cast<Note>(i)) << to_string(static_cast<Note>(i));
}

TEST(Catalog, IsPlainAsciiInEnglish) {
  for_each_entry([](const std::string& where, std::string_view en, std::string_view) {
    EXPECT_TRUE(std::ranges::all_of(en, [](char c) { return c >= 0x20 && c < 0x7f; })) << where << ": " << en;
  });
}

TEST(Catalog, IsTranslatedWhereverASentenceStands) {
  for_each_entry([](const std::string& where, std::string_view en, std::string_view ko) {
    if (!en.ends_with('.')) return;  // a name, a remark
    EXPECT_TRUE(has_hangul(ko)) << where << ": " << ko;
    EXPECT_TRUE(ko.ends_with('.')) << where << ": " << ko;
  });
}

// A particle must fit whatever stands before it: who and peer end in a vowel, the rest may end in anything.
TEST(Catalog, PutsNoKoreanParticleBehindAValueThatMayEndInAnything) {
  for_each_entry([](const std::string& where, std::string_view, std::string_view ko) {
    for (const char* blank : {"{from}", "{to}", "{move}", "{name}", "{source}", "{destination}", "{frame}", "{field}",
                              "{identification}"}) {
      for (const char* particle : {"은", "는", "이", "가", "을", "를", "와", "과", "로", "으로"}) {
        const std::string wrong = std::string(blank) + particle;
        // "입니다" fits both.
        const auto at = ko.find(wrong);
        const bool copula = at != ko.npos && ko.substr(at + std::string_view(blank).size()).starts_with("입니다");
        EXPECT_TRUE(at == ko.npos || copula) << where << ": " << ko;
      }
    }
  });
}

TEST(Blanks, LeaveAnUnknownNameStandingSoThatATestFindsIt) {
  EXPECT_EQ(filled("a {nothing} b", full), "a {nothing} b");
  EXPECT_EQ(filled("open {who", full), "open {who");
  EXPECT_EQ(filled("{who}{frame}", full), "WHO1");
}

}  // namespace
}  // namespace echolab::capture
