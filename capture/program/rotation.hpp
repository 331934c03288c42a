// The file of -w, or one after another: tcpdump's -C, -G and -W.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "capture/source/packet_source.hpp"

namespace echolab::capture {

struct Rotation {
  std::uint64_t bytes = 0;         // -C: another file once the one is larger; 0: never
  std::chrono::seconds period{0};  // -G: another file after so long; 0: never
  std::uint64_t files = 0;         // -W: with -C a ring of so many, with -G the end after so many; 0: no limit

  bool any() const { return bytes > 0 || period.count() > 0; }
  /// `path` as the file of that number is named; with -G what strftime(3) makes of it.
  std::string name(const std::string& path, std::uint64_t number, Time begun) const;
};

/// Time is that of the packets: a capture that is read again is cut at the same places.
class RotatedWriter {
 public:
  /// `begins`: now, where packets come live; nothing where the first one's time counts.
  RotatedWriter(const PacketSource& source, std::string path, const Rotation& rotation, Links links,
                std::optional<Time> begins)
      : source_(source), path_(std::move(path)), rotation_(rotation), links_(links), begun_(begins) {}

  /// The first file. Where its name waits for the first packet there is nothing to do yet.
  [[nodiscard]] std::optional<SourceError> open();
  [[nodiscard]] std::optional<SourceError> write(const Packet& packet);
  [[nodiscard]] std::optional<SourceError> flush();
  [[nodiscard]] std::optional<SourceError> close(const FileCounts& counts);
  /// There are as many files as -W allows, and this packet would begin another: it is not written.
  bool is_complete() const { return complete_; }

 private:
  bool names_wait() const { return rotation_.period.count() > 0 && !begun_; }
  bool period_is_over(const Packet& packet) const;
  std::optional<SourceError> begin_period(Time now);
  std::optional<SourceError> next_file();
  std::optional<SourceError> open_file();

  const PacketSource& source_;
  std::string path_;
  Rotation rotation_;
  Links links_;
  std::optional<Time> begun_;  // this period
  std::uint64_t periods_ = 0, number_ = 0;
  bool complete_ = false;
  std::optional<PacketWriter> writer_;
};

}  // namespace echolab::capture
