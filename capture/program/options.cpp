#include "capture/program/options.hpp"

namespace echolab::capture {

std::string ProgramOptions::bpf() const {
  std::string expression;
  for (const std::string& word : filter) expression += (expression.empty() ? "" : " ") + word;
  return expression;
}

}  // namespace echolab::capture
