// The receipt as it is read.
#include "tools/compare/transport/render.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "capture/render/width.hpp"
#include "tests/compare/transport/findings.hpp"

namespace echolab::compare {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language languages[] = {Language::en, Language::ko};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(WordsOfMeasures, AreThereInBothLanguagesAndFitTheirColumn) {
  for (const Measure& measure : measures) {
    for (const Language language : languages) {
      EXPECT_FALSE(measure.label.in(language).empty()) << measure.name;
      EXPECT_LE(capture::columns(measure.label.in(language)), 26) << measure.name;
      EXPECT_FALSE(measure.because.in(language).empty()) << measure.name;
    }
  }
}

TEST(WordsOfValues, AreThereInBothLanguagesAndFitTheirColumn) {
  for (const Language language : languages) {
    for (const WordTexts& word : word_texts) EXPECT_LE(capture::columns(word.text.in(language)), 12) << word.name;
    for (const Client client : clients) EXPECT_LE(capture::columns(name_of(client, language)), 12);
    for (std::size_t i = 0; i < verdict_count; ++i)
      EXPECT_FALSE(words_of(static_cast<Verdict>(i)).in(language).empty());
  }
}

TEST(Headings, FitTheColumnOfTheLabels) {
  for (const Measure& measure : measures)
    for (const Language language : languages) EXPECT_LE(capture::columns(measure.heading.in(language)), 30);
}

TEST(WordsOfClaims, AreFilledInBothLanguages) {
  const auto rows = receipt(test::clean_findings());
  for (const Claim claim : claims) {
    for (const Language language : languages) {
      EXPECT_FALSE(said(claim).in(language).empty());
      EXPECT_THAT(found(claim, rows, language), Not(HasSubstr("{")));
    }
  }
  EXPECT_THAT(found(Claim::reliability_for_speed, rows, Language::en), HasSubstr("TCP 41.0 ms, UDP 20.0 ms"));
  EXPECT_THAT(found(Claim::goes_on_after_a_cut, rows, Language::ko), HasSubstr("UDP는 3개"));
}

TEST(Difference, IsACountOrARatio) {
  const auto rows = receipt(test::clean_findings());
  EXPECT_EQ(difference(row_of(rows, "packets"), Language::en), "TCP 8 more");
  EXPECT_EQ(difference(row_of(rows, "first_answer"), Language::en), "TCP 2.0 times");
  EXPECT_EQ(difference(row_of(rows, "rate_1"), Language::en), "much the same");
  EXPECT_EQ(difference(row_of(rows, "closed_port"), Language::ko), "같음");
  EXPECT_EQ(difference(row_of(rows, "dead_server"), Language::en), "");
}

TEST(SpreadWords, GiveTheRangeAndMultiplesOfTheDelayWhereRunsDiffer) {
  auto findings = test::clean_findings();
  EXPECT_EQ(spread_words(row_of(receipt(findings), "first_answer"), findings.plan, Language::en), "");  // 40 to 42 ms
  findings.sides.tcp.runs[1].talk.first_answer = 48ms;
  const auto rows = receipt(findings);
  EXPECT_EQ(spread_words(row_of(rows, "first_answer"), findings.plan, Language::en),
            "3 runs: TCP 40.0 ms to 48.0 ms (4.1 times the delay)");
  EXPECT_EQ(spread_words(row_of(rows, "packets"), findings.plan, Language::en), "3 runs: TCP 12 to 13, median 12");
  EXPECT_EQ(spread_words(row_of(rows, "handshake_packets"), findings.plan, Language::en), "");
}

/// What was dropped, sent again, and of that too early.
std::string resent(std::uint64_t dropped, std::uint64_t again, std::uint64_t too_early) {
  auto findings = test::clean_findings();
  Counts& counts = *findings.sides.udp_retry.runs[0].packets;
  counts.dropped = dropped, counts.retransmissions = again, counts.too_early = too_early;
  return resent_words(receipt(findings), Language::en);
}

TEST(ResentWords, NameWhyRetransmissionsAreNotWhatTheWireDropped) {
  EXPECT_EQ(resent(0, 0, 0), "");
  EXPECT_EQ(resent(5, 5, 0), "UDP+retry: 5 dropped, 5 sent again.");
  EXPECT_EQ(resent(5, 7, 2), "UDP+retry: 5 dropped, 7 sent again; 2 of them too early.");
  EXPECT_EQ(
      resent(6, 7, 2),
      "UDP+retry: 6 dropped, 7 sent again; 2 of them too early; 1 of the dropped were copies that nobody missed.");
}

TEST(TextReceipt, FitsTheTerminalInBothLanguages) {
  const auto findings = test::clean_findings();
  const auto rows = receipt(findings);
  for (const Language language : languages)
    for (const int columns : {40, 60, 80, 120})
      for (const std::string& line : lines_of(as_text(findings, rows, {.language = language, .columns = columns})))
        EXPECT_LE(capture::columns(line), columns) << line;
}

TEST(TextReceipt, PutsTheValuesOfEachProtocolUnderItsName) {
  const auto findings = test::clean_findings();
  const auto lines = lines_of(as_text(findings, receipt(findings), {.language = Language::ko}));
  const auto head = std::ranges::find_if(lines, [](auto& line) { return line.starts_with("보낸 것"); });
  ASSERT_NE(head, lines.end());
  const auto end_of = [](const std::string& line, std::string_view word) {
    return capture::columns(line.substr(0, line.find(word) + word.size()));
  };
  EXPECT_EQ(end_of(*head, "TCP"), end_of(*(head + 1), " 12"));
  EXPECT_EQ(end_of(*head, "UDP"), end_of(*(head + 1), " 4"));
  EXPECT_TRUE(head->ends_with("UDP+재전송")) << *head;
  EXPECT_TRUE((head + 1)->ends_with(" 4")) << *(head + 1);
}

TEST(TextReceipt, SaysWhyPacketsWereNotSeenAndNothingSteersTheTerminal) {
  auto findings = test::clean_findings();
  findings.blind = "no \x1b[31mright";
  EXPECT_THAT(as_text(findings, receipt(findings), {}), HasSubstr("no \\x1b[31mright"));
}

TEST(JsonReceipt, IsAnObjectALineWithAllThatTheContractNames) {
  const auto findings = test::clean_findings();
  std::map<std::string, json> rows;
  std::vector<std::string> kinds;
  for (const std::string& line : lines_of(as_json(findings, receipt(findings), Language::en))) {
    EXPECT_TRUE(line.starts_with(R"({"v":1,"kind":)")) << line;
    const json object = json::parse(line);
    kinds.push_back(object["kind"]);
    if (object["kind"] == "row") rows[object["measure"]] = object;
  }
  EXPECT_EQ(kinds.front(), "plan");
  EXPECT_EQ(kinds.back(), "summary");
  EXPECT_EQ(std::ranges::count(kinds, "claim"), 6);
  for (const char* measure : {"packets", "bytes", "overhead", "handshake_packets", "first_answer_rtts", "messages_sent",
                              "messages_answered", "messages_lost", "messages_doubled", "retransmissions"})
    EXPECT_TRUE(rows.contains(measure)) << measure;
  EXPECT_EQ(rows["packets"]["tcp"].dump(), "12");
  EXPECT_EQ(rows["packets"]["udp"].dump(), "4");
  EXPECT_EQ(rows["closed_port"]["tcp"], "refused");
  EXPECT_NEAR(rows["first_answer"]["tcp_delays"].get<double>(), 4.1, 1e-9);
}

TEST(JsonReceipt, WhatWasNotMeasuredIsNull) {
  auto findings = test::clean_findings();
  findings.sides.udp.cut.reset();
  EXPECT_THAT(as_json(findings, receipt(findings), Language::en),
              HasSubstr(R"("measure":"cut_wire","unit":"word","tcp":"goes_on","udp":null,"udp_retry":"goes_on")"));
}

TEST(MarkdownReceipt, HasSixCellsInEveryRow) {
  auto findings = test::clean_findings();
  findings.blind = "a|b *c*";
  for (const Language language : languages) {
    const auto page = as_markdown(findings, receipt(findings), language);
    EXPECT_THAT(page, HasSubstr("a\\|b \\*c\\*"));
    for (const std::string& line : lines_of(page)) {
      if (!line.starts_with("|")) continue;
      EXPECT_EQ(std::ranges::count(line, '|'), 7) << line;
    }
  }
}

}  // namespace
}  // namespace echolab::compare
