#include "capture/program/options.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "capture/program/texts.hpp"

namespace echolab::capture {

std::string ProgramOptions::bpf() const {
  std::string expression;
  for (const std::string& word : filter) expression += (expression.empty() ? "" : " ") + word;
  return expression;
}

const Text* contradiction(const ProgramOptions& options) {
  const Rotation& rotation = options.rotation;
  if ((rotation.any() || rotation.files > 0) && options.write_file.empty()) return &texts::rotation_of_what;
  if (rotation.any() && options.write_file == "-") return &texts::rotation_of_stdout;
  if (rotation.files > 0 && !rotation.any()) return &texts::files_of_what;
  if (options.most_sorted && !options.sort) return &texts::top_of_what;
  if (options.sort && options.format == Format::text) return &texts::sort_of_what;
  return nullptr;
}

void read_filter_file(ProgramOptions& options) {
  if (options.filter_file.empty()) return;
  std::ifstream file(options.filter_file);
  if (!file) throw std::system_error(errno, std::generic_category(), options.filter_file);
  options.filter = {std::string(std::istreambuf_iterator<char>(file), {})};
  if (file.bad()) throw std::system_error(EIO, std::generic_category(), options.filter_file);
}

}  // namespace echolab::capture
