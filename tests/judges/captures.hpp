// What the judges look at: our own captures, which are always there, and those that nobody here recorded.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {

/// Those of docs/samples and tests/track/line.
inline std::vector<std::filesystem::path> our_captures() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"docs/samples", "docs/samples/notes", "tests/track/line"})
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(ECHOLAB_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".pcap") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// Those that nobody here recorded; with those of section H of docs/faults, where they are.
inline std::vector<std::filesystem::path> foreign_captures() {
  auto files = corpus_files();
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(case_file(""), none)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

struct Watcher {
  std::function<void(const capture::Observation&)> packet = [](const capture::Observation&) {};
  std::function<void(const capture::StreamSummary&)> stream = [](const capture::StreamSummary&) {};
};

/// Shows every packet of a file that can be read, as far as it can, and how each conversation went.
inline void watch(const std::filesystem::path& file, const Watcher& watcher) {
  auto opened = capture::PacketSource::open_file(file, "");
  auto* source = std::get_if<capture::PacketSource>(&opened);
  if (source == nullptr) return;
  capture::Observer observer(watcher.stream);
  while (const auto packet = source->next()) watcher.packet(observer.observe(*packet, capture::decode(*packet)));
  observer.finish();
}

}  // namespace echolab::test
