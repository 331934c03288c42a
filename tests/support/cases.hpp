// Where the small captures are on which `capture` was wrong once (section H of docs/faults). A test that needs one says
//   if (!has_case("dup_rst.pcap")) GTEST_SKIP() << no_case("dup_rst.pcap");
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace echolab::test {

/// $ECHOLAB_CASES, else ../shared/cases/files beside the project.
inline std::filesystem::path case_file(const std::string& name) {
  if (const char* told = std::getenv("ECHOLAB_CASES"); told != nullptr && *told != '\0') {
    return std::filesystem::path(told) / name;
  }
  return std::filesystem::path(ECHOLAB_SOURCE_DIR) / ".." / "shared" / "cases" / "files" / name;
}

inline bool has_case(const std::string& name) { return std::filesystem::is_regular_file(case_file(name)); }
inline std::string no_case(const std::string& name) {
  return "no capture file at " + case_file(name).string() + " (set ECHOLAB_CASES)";
}

}  // namespace echolab::test
