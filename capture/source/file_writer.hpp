// What stands behind a PacketWriter: a format of capture files. Private to capture/source.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "capture/source/packet_source.hpp"

namespace echolab::capture {

class FileWriter {
 public:
  explicit FileWriter(std::string path) : path_(std::move(path)) {}
  virtual ~FileWriter() = default;
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  virtual std::optional<SourceError> write(const Packet& packet) = 0;
  virtual std::optional<SourceError> flush() = 0;
  virtual std::uint64_t size() const = 0;
  virtual std::optional<SourceError> close(const FileCounts& counts) = 0;

 protected:
  /// Why the write that has just failed did. stdio may have met it earlier, and kept no more than the fact.
  SourceError lost() const;

  std::string path_;
};

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;
/// How far the file has been written; 0 where it has no places (a pipe).
inline std::uint64_t size_of(std::FILE* file) {
  const long place = file == nullptr ? 0 : std::ftell(file);
  return place < 0 ? 0 : static_cast<std::uint64_t>(place);
}

/// `interfaces` are told where the source is live: a file of no packets then still has them.
std::unique_ptr<FileWriter> make_pcap_writer(File file, const std::string& path, LinkType link_type, int snaplen);
std::unique_ptr<FileWriter> make_pcapng_writer(File file, const std::string& path, LinkType link_type,
                                               std::span<const CaptureInterface> interfaces);

}  // namespace echolab::capture
