// The capture program's answers about a file, as a test looks at them.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/decode/packets.hpp"
#include "tests/source/pcap_bytes.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {

/// JSON lines; a line that is none throws.
inline std::vector<nlohmann::json> lines_of(const std::string& out) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

/// Those of one kind: "packet", "stream", "summary".
inline std::vector<nlohmann::json> of_kind(const std::string& out, std::string_view kind) {
  auto lines = lines_of(out);
  std::erase_if(lines, [kind](const auto& line) { return line.at("kind") != kind; });
  return lines;
}

inline nlohmann::json summary_of(const Ended& ended) { return of_kind(ended.out, "summary").at(0); }

/// `capture --format json -r` of a file that holds these bytes.
inline Ended sniffed(const Bytes& file) {
  const TemporaryFolder folder;
  return run("capture", {"--format", "json", "-r", folder.file("capture", file)});
}

/// The same as text, in a language.
inline Ended shown(const Bytes& file, const std::string& lang = "en") {
  const TemporaryFolder folder;
  return run("capture", {"--lang", lang, "-r", folder.file("capture", file)});
}

/// A file of whole Ethernet frames.
inline Bytes capture_of(const std::vector<Bytes>& frames, std::uint32_t link_type = 1) {
  Bytes file = file_header({.link_type = link_type});
  std::uint32_t second = 0;
  for (const Bytes& frame : frames) file = file + record(frame, ++second);
  return file;
}

/// How often `text` stands in `where`.
inline int count_of(const std::string& where, std::string_view text) {
  int count = 0;
  for (auto at = where.find(text); at != std::string::npos; at = where.find(text, at + text.size())) ++count;
  return count;
}

/// One error line, which holds all of `parts`.
inline testing::AssertionResult one_error(const std::string& err, const std::vector<std::string>& parts) {
  const auto no = [&](const std::string& why) { return testing::AssertionFailure() << why << " in: " << err; };
  const std::string head = err.find("capture: 오류: ") != err.npos ? "capture: 오류: " : "capture: error: ";
  if (count_of(err, head) != 1) return no("not one error");
  const std::string line = err.substr(err.find(head));
  if (std::ranges::count(line, '\n') != 1) return no("not one line");
  for (const auto& part : parts)
    if (line.find(part) == std::string::npos) return no("no \"" + part + "\"");
  return testing::AssertionSuccess();
}

}  // namespace echolab::test
