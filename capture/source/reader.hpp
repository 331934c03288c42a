// What stands behind a PacketSource: an interface or a file. Private to capture/source.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "capture/source/packet_source.hpp"
#include "capture/source/pcap_handle.hpp"

namespace echolab::capture {

class Reader {
 public:
  using Opened = std::variant<std::unique_ptr<Reader>, SourceError>;
  static Opened open_live(const LiveOptions& options);                          // live_reader.cpp
  static Opened open_file(const std::string& path, const std::string& filter);  // file_reader.cpp

  Reader(PcapHandle pcap, std::string subject) : pcap_(std::move(pcap)), subject_(std::move(subject)) {}
  virtual ~Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  virtual std::optional<Packet> next() = 0;
  virtual bool live() const = 0;
  virtual void stop() = 0;
  virtual std::optional<SourceError> go_on(const std::string& /*filter*/) { return std::nullopt; }
  virtual SourceCounts counts() const { return {}; }
  virtual int selectable_fd() const { return -1; }
  /// Whether writing to this file would destroy what is being read.
  virtual bool reads_from(dev_t /*device*/, ino_t /*inode*/) const { return false; }

  const std::optional<SourceError>& error() const { return error_; }
  pcap* handle() const { return pcap_.get(); }

 protected:
  enum class Read { packet, none, end, failed };
  /// One call of pcap_next_ex.
  Read read(Packet& packet);
  /// libpcap's words about the failure.
  std::string words() const;

  PcapHandle pcap_;
  std::string subject_;
  std::optional<SourceError> error_;
  std::uint64_t frames_ = 0;  // handed out
};

}  // namespace echolab::capture
