// Whether the numbers bear the post's sentences out.
#pragma once

#include <vector>

#include "tools/compare/transport/receipt.hpp"

namespace echolab::compare {

enum class Verdict : std::uint8_t { borne_out, partly, not_borne_out, not_measured };
inline constexpr std::size_t verdict_count = 4;
/// "borne_out", ...: the JSON's word.
std::string_view to_string(Verdict verdict);

Verdict judge(Claim claim, const std::vector<Row>& rows);

}  // namespace echolab::compare
