#include "capture/source/pcap_reader.hpp"

#include <pcap.h>

#include "capture/source/pcap_time.hpp"

namespace echolab::capture {

LinkType PcapReader::link_type() const { return static_cast<LinkType>(pcap_datalink(pcap_.get())); }
int PcapReader::snaplen() const { return pcap_snapshot(pcap_.get()); }

PcapReader::Read PcapReader::read(Packet& packet) {
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  switch (pcap_next_ex(pcap_.get(), &header, &data)) {
    case 0: return Read::none;
    case 1: break;
    case PCAP_ERROR_BREAK: return Read::end;  // the file's end
    default: return Read::failed;
  }
  const bool microseconds = pcap_get_tstamp_precision(pcap_.get()) == PCAP_TSTAMP_PRECISION_MICRO;
  const std::int64_t fraction = static_cast<std::uint32_t>(header->ts.tv_usec);  // a file has 32 bits without a sign
  const std::int64_t nanoseconds = fraction * (microseconds ? 1000 : 1);
  packet = {.frame = ++frames_,
            .time = to_time(header->ts.tv_sec, nanoseconds),
            .link_type = link_type(),
            .bytes = std::as_bytes(std::span(data, header->caplen)),
            .original_length = header->len,
            .time_mended = nanoseconds >= nanoseconds_in_second};
  return Read::packet;
}

std::string PcapReader::words() const { return pcap_geterr(pcap_.get()); }

}  // namespace echolab::capture
