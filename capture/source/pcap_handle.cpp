#include "capture/source/pcap_handle.hpp"

#include <pcap.h>

namespace echolab::capture {

namespace {

bool is_supported(int link_type) {
  switch (static_cast<LinkType>(link_type)) {
    case LinkType::null:
    case LinkType::ethernet:
    case LinkType::raw:
    case LinkType::loop:
    case LinkType::linux_sll:
    case LinkType::ipv4:
    case LinkType::ipv6:
    case LinkType::linux_sll2: return true;
  }
  return false;
}

/// libpcap's optimizer takes a second for this much, and minutes for ten times as much.
constexpr std::size_t longest_filter = 4096;

}  // namespace

void PcapCloser::operator()(pcap* handle) const { pcap_close(handle); }

std::optional<SourceError> check_link_type(pcap* handle, const std::string& subject) {
  const int link_type = pcap_datalink(handle);
  if (is_supported(link_type)) return std::nullopt;
  const char* name = pcap_datalink_val_to_name(link_type);
  return SourceError{.kind = SourceError::Kind::link_type,
                     .subject = subject,
                     .detail = name != nullptr ? name : "unknown",
                     .number = link_type};
}

std::optional<SourceError> set_filter(pcap* handle, const std::string& filter) {
  if (filter.empty()) return std::nullopt;
  if (filter.size() > longest_filter)
    return SourceError{.kind = SourceError::Kind::bad_filter,
                       .subject = filter.substr(0, 40) + "...",
                       .detail = std::to_string(filter.size()) + " bytes, at most " + std::to_string(longest_filter)};
  const auto failure = [&] {
    return SourceError{.kind = SourceError::Kind::bad_filter, .subject = filter, .detail = pcap_geterr(handle)};
  };
  constexpr int optimize = 1;
  bpf_program program{};
  if (pcap_compile(handle, &program, filter.c_str(), optimize, PCAP_NETMASK_UNKNOWN) != 0) return failure();
  const int status = pcap_setfilter(handle, &program);
  pcap_freecode(&program);
  if (status != 0) return failure();
  return std::nullopt;
}

}  // namespace echolab::capture
