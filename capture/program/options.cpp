#include "capture/program/options.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace echolab::capture {

std::string ProgramOptions::bpf() const {
  std::string expression;
  for (const std::string& word : filter) expression += (expression.empty() ? "" : " ") + word;
  return expression;
}

void read_filter_file(ProgramOptions& options) {
  if (options.filter_file.empty()) return;
  std::ifstream file(options.filter_file);
  if (!file) throw std::system_error(errno, std::generic_category(), options.filter_file);
  options.filter = {std::string(std::istreambuf_iterator<char>(file), {})};
  if (file.bad()) throw std::system_error(EIO, std::generic_category(), options.filter_file);
}

}  // namespace echolab::capture
