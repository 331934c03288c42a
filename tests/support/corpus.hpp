// Where the capture files are that nobody here recorded, and how to read the tables beside them. A test that needs them
// says
//   if (!has_corpus()) GTEST_SKIP() << no_corpus();
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace echolab::test {

/// $ECHOLAB_CORPUS, else ../shared/corpora beside the project.
inline std::filesystem::path corpus() {
  if (const char* told = std::getenv("ECHOLAB_CORPUS"); told != nullptr && *told != '\0') return told;
  return std::filesystem::path(ECHOLAB_SOURCE_DIR) / ".." / "shared" / "corpora";
}

inline bool has_corpus() { return std::filesystem::is_directory(corpus() / "files"); }
inline std::string no_corpus() { return "no capture files at " + corpus().string() + " (set ECHOLAB_CORPUS)"; }

/// Every capture file, in the order of their names, or of one `source` ("kernel-live") alone.
inline std::vector<std::filesystem::path> corpus_files(const std::string& source = "") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus() / "files" / source)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// "kernel-live/k03_refused.pcap": how messages and exception lists name a file.
inline std::string corpus_name(const std::filesystem::path& file) {
  return file.parent_path().filename().string() + "/" + file.filename().string();
}

/// The table about `file`; `kind` is "packets", "streams" or "kernel". It need not exist.
inline std::filesystem::path oracle_path(const std::filesystem::path& file, std::string_view kind) {
  return corpus() / "oracle" / file.parent_path().filename() /
         (file.filename().string() + "." + std::string(kind) + ".tsv");
}

/// A file of tab-separated values whose first line names the columns.
class Table {
 public:
  explicit Table(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::string line;
    std::getline(in, line);
    for (const auto& name : split(line)) columns_.emplace(name, columns_.size());
    while (std::getline(in, line)) rows_.push_back(split(line));
  }

  std::size_t size() const { return rows_.size(); }

  /// The cell as it stands; empty where the row ends before it. An unknown column is the test's mistake and throws.
  std::string_view at(std::size_t row, const std::string& column) const {
    const auto index = columns_.at(column);
    const auto& cells = rows_.at(row);
    return index < cells.size() ? std::string_view(cells[index]) : std::string_view();
  }

 private:
  static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::size_t begin = 0;
    for (auto tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', begin)) {
      cells.push_back(line.substr(begin, tab - begin));
      begin = tab + 1;
    }
    cells.push_back(line.substr(begin));
    return cells;
  }

  std::unordered_map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace echolab::test
