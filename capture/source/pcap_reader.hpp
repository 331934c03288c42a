// What libpcap reads: a live interface, and a classic capture file. Private to capture/source.
#pragma once

#include "capture/source/pcap_handle.hpp"
#include "capture/source/reader.hpp"

namespace echolab::capture {

class PcapReader : public Reader {
 public:
  PcapReader(PcapHandle pcap, std::string subject) : Reader(std::move(subject)), pcap_(std::move(pcap)) {}
  LinkType link_type() const override;
  int snaplen() const override;

 protected:
  enum class Read { packet, none, end, failed };
  /// One call of pcap_next_ex.
  Read read(Packet& packet);
  /// libpcap's words about the failure.
  std::string words() const;

  PcapHandle pcap_;
};

}  // namespace echolab::capture
