// What stands behind a PacketSource: an interface or a file. Private to capture/source.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "capture/source/packet_source.hpp"

namespace echolab::capture {

/// A file by what it is, not by its name.
struct FileIdentity {
  dev_t device{};
  ino_t inode{};
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

class Reader {
 public:
  using Opened = std::variant<std::unique_ptr<Reader>, SourceError>;
  static Opened open_live(const LiveOptions& options);                          // live_reader.cpp
  static Opened open_file(const std::string& path, const std::string& filter);  // file_reader.cpp

  explicit Reader(std::string subject) : subject_(std::move(subject)) {}
  virtual ~Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  virtual std::optional<Packet> next() = 0;
  virtual std::optional<Packet> ready() { return next(); }
  virtual bool live() const = 0;
  virtual void stop() = 0;
  virtual LinkType link_type() const = 0;
  virtual int snaplen() const = 0;
  /// Of a live source, which has one; else none.
  virtual std::span<const CaptureInterface> interfaces() const { return {}; }
  virtual std::optional<SourceError> go_on(const std::string& /*filter*/) { return std::nullopt; }
  virtual SourceCounts counts() const { return {}; }
  virtual FileCounts file_counts() const { return {}; }
  virtual int selectable_fd() const { return -1; }
  /// Whether writing to this file would destroy what is being read.
  virtual bool reads_from(const FileIdentity& /*file*/) const { return false; }

  const std::optional<SourceError>& error() const { return error_; }

 protected:
  std::string subject_;
  std::optional<SourceError> error_;
  std::uint64_t frames_ = 0;  // handed out
};

}  // namespace echolab::capture
