#include "capture/source/pcap_handle.hpp"

#include <pcap.h>

namespace echolab::capture {

namespace {

/// libpcap's optimizer takes a second for this much, and minutes for ten times as much.
constexpr std::size_t longest_filter = 4096;

}  // namespace

void PcapCloser::operator()(pcap* handle) const { pcap_close(handle); }

bool is_supported(LinkType link_type) {
  switch (link_type) {
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

std::string link_type_name(LinkType link_type) {
  const char* name = pcap_datalink_val_to_name(static_cast<int>(link_type));
  return name != nullptr ? name : "unknown";
}

std::optional<SourceError> check_link_type(LinkType link_type, const std::string& subject) {
  if (is_supported(link_type)) return std::nullopt;
  return SourceError{.kind = SourceError::Kind::link_type,
                     .subject = subject,
                     .detail = link_type_name(link_type),
                     .number = static_cast<int>(link_type)};
}

std::optional<SourceError> compile_filter(pcap* handle, const std::string& filter, bpf_program& program) {
  if (filter.size() > longest_filter)
    return SourceError{.kind = SourceError::Kind::bad_filter,
                       .subject = filter.substr(0, 40) + "...",
                       .detail = std::to_string(filter.size()) + " bytes, at most " + std::to_string(longest_filter)};
  constexpr int optimize = 1;
  if (pcap_compile(handle, &program, filter.c_str(), optimize, PCAP_NETMASK_UNKNOWN) == 0) return std::nullopt;
  return SourceError{.kind = SourceError::Kind::bad_filter, .subject = filter, .detail = pcap_geterr(handle)};
}

std::optional<SourceError> set_filter(pcap* handle, const std::string& filter) {
  if (filter.empty()) return std::nullopt;
  bpf_program program{};
  if (auto error = compile_filter(handle, filter, program)) return error;
  const int status = pcap_setfilter(handle, &program);
  pcap_freecode(&program);
  if (status == 0) return std::nullopt;
  return SourceError{.kind = SourceError::Kind::bad_filter, .subject = filter, .detail = pcap_geterr(handle)};
}

}  // namespace echolab::capture
