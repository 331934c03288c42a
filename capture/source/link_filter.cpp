#include "capture/source/link_filter.hpp"

#include <pcap.h>

#include "capture/source/pcap_handle.hpp"

namespace echolab::capture {

void LinkFilter::Freer::operator()(bpf_program* program) const {
  pcap_freecode(program);
  delete program;
}

std::optional<SourceError> LinkFilter::prepare(LinkType link_type) {
  if (expression_.empty() || programs_.contains(link_type)) return std::nullopt;

  const PcapHandle dead(pcap_open_dead(static_cast<int>(link_type), whole_packets));
  auto program = std::make_unique<bpf_program>();
  if (auto error = compile_filter(dead.get(), expression_, *program)) {
    programs_.emplace(link_type, nullptr);
    return error;
  }
  programs_.emplace(link_type, program.release());
  return std::nullopt;
}

LinkFilter::Verdict LinkFilter::operator()(const Packet& packet) {
  if (expression_.empty()) return Verdict::takes;
  if (!is_supported(packet.link_type)) return Verdict::leaves_out;  // so that there are few programs
  prepare(packet.link_type);
  const auto& program = programs_[packet.link_type];
  if (program == nullptr) return Verdict::means_nothing;
  pcap_pkthdr header{};
  header.caplen = static_cast<bpf_u_int32>(packet.bytes.size());
  header.len = packet.original_length;
  const auto* const data = reinterpret_cast<const u_char*>(packet.bytes.data());
  return pcap_offline_filter(program.get(), &header, data) != 0 ? Verdict::takes : Verdict::leaves_out;
}

}  // namespace echolab::capture
