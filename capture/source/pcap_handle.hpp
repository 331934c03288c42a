// The one owner of a libpcap handle. Private to capture/source; <pcap.h> itself stays in the .cpp files.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "capture/source/packet_source.hpp"

struct pcap;  // libpcap's pcap_t
struct bpf_program;

namespace echolab::capture {

struct PcapCloser {
  void operator()(pcap* handle) const;
};
using PcapHandle = std::unique_ptr<pcap, PcapCloser>;

bool is_supported(LinkType link_type);
std::string link_type_name(LinkType link_type);  // "EN10MB"

/// What must be right before the first packet is read: a link layer that decode knows, and the filter.
std::optional<SourceError> check_link_type(LinkType link_type, const std::string& subject);
std::optional<SourceError> compile_filter(pcap* handle, const std::string& filter, bpf_program& program);
std::optional<SourceError> set_filter(pcap* handle, const std::string& filter);

}  // namespace echolab::capture
