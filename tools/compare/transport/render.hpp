// The receipt as text for a terminal, as JSON for programs, as Markdown to paste.
#pragma once

#include <string>

#include "tools/compare/transport/words.hpp"

namespace echolab::compare {

struct Look {
  Language language = Language::en;
  int columns = 80;
  bool color = false, ascii = false;
};

std::string as_text(const Findings& findings, const std::vector<Row>& rows, const Look& look);
std::string as_markdown(const Findings& findings, const std::vector<Row>& rows, Language language);
/// "kind":"plan", a "row" a measure, a "claim" each, "summary": one object a line.
std::string as_json(const Findings& findings, const std::vector<Row>& rows, Language language);

}  // namespace echolab::compare
