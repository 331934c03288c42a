// The one owner of a libpcap handle. Private to capture/source; <pcap.h> itself stays in the .cpp files.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "capture/source/packet_source.hpp"

struct pcap;  // libpcap's pcap_t

namespace echolab::capture {

struct PcapCloser {
  void operator()(pcap* handle) const;
};
using PcapHandle = std::unique_ptr<pcap, PcapCloser>;

/// What must be right before the first packet is read: a link layer that decode knows, and the filter.
std::optional<SourceError> check_link_type(pcap* handle, const std::string& subject);
std::optional<SourceError> set_filter(pcap* handle, const std::string& filter);

}  // namespace echolab::capture
