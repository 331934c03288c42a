// What the receipt says, in both languages.
#pragma once

#include <string>

#include "net/text.hpp"
#include "tools/compare/transport/claims.hpp"

namespace echolab::compare {

/// The head of a client's column: "TCP", "UDP", "UDP+retry"; at most 10 columns.
std::string_view name_of(Client client, Language language);
/// What the third column is.
std::string retry_words(Language language);

Text words_of(Verdict verdict);

/// What the post says, in our words.
Text said(Claim claim);
/// What was measured, with the numbers, and what follows.
std::string found(Claim claim, const std::vector<Row>& rows, Language language);

/// "47", "40.3 ms", "53 %", "refused"; "–" ("-" in ASCII) where it was not measured.
std::string shown(const Value& value, Unit unit, Language language, bool ascii = false);
/// "TCP 7 more", "UDP 2.0 times", "the same"; empty where there is nothing to compare.
std::string difference(const Row& row, Language language);
/// The remark of a row; empty: it has none.
std::string remark_on(const Row& row, const std::vector<Row>& rows, Language language);
/// "3 runs: TCP 60 to 62, median 61; UDP ...", "TCP 40.1 ms to 45.2 ms (4.1 times the delay)"; empty where there was
/// one run, or all gave much the same.
std::string spread_words(const Row& row, const Plan& plan, Language language);

/// "20 messages of 64 bytes, there and back"
std::string work_words(const Plan& plan, Language language);
/// "in the lab, over a wire of 10 ms each way that loses 10 % (seed 1)"
std::string place_words(const Plan& plan, Language language);

}  // namespace echolab::compare
