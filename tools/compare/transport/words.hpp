// What the receipt says, in both languages.
#pragma once

#include <optional>
#include <string>

#include "net/text.hpp"
#include "tools/compare/transport/claims.hpp"

namespace echolab::compare {

struct MeasureWords {
  Text label;    // at most 26 columns
  Text because;  // why the two differ, or why it matters
  std::optional<Claim> claim = {};
};
const MeasureWords& words_of(Measure measure);

/// Above these measures stands a heading; empty: none does.
Text heading_before(Measure measure);

Text words_of(Word word);
Text words_of(Verdict verdict);

/// What the post says, in our words.
Text said(Claim claim);
/// What was measured, with the numbers, and what follows.
std::string found(Claim claim, const std::vector<Row>& rows, Language language);

/// "47", "40.3 ms", "53 %", "refused"; "–" ("-" in ASCII) where it was not measured.
std::string shown(const Value& value, Unit unit, Language language, bool ascii = false);
/// "TCP 7 more", "UDP 2.0 times", "the same"; empty where there is nothing to compare.
std::string difference(const Row& row, Language language);
/// "3 runs: TCP 40.1 ms to 40.9 ms (4.0 times the delay), UDP ..."; empty where there was one run, or all gave the
/// same.
std::string spread_words(const Row& row, const Plan& plan, Language language);

/// "20 messages of 64 bytes, there and back"
std::string work_words(const Plan& plan, Language language);
/// "in the lab, over a wire of 10 ms each way that loses 10 % (seed 1)"
std::string place_words(const Plan& plan, Language language);

}  // namespace echolab::compare
