// Packets into a classic capture file, by libpcap: nanoseconds, and one link type, that of the first packet.
#include <pcap.h>

#include <cerrno>

#include "capture/source/file_writer.hpp"
#include "capture/source/pcap_handle.hpp"
#include "capture/source/pcap_time.hpp"

namespace echolab::capture {

namespace {

struct DumperCloser {
  void operator()(pcap_dumper_t* dumper) const { pcap_dump_close(dumper); }
};

class PcapWriter final : public FileWriter {
 public:
  PcapWriter(File file, const std::string& path, LinkType link_type, int snaplen)
      : FileWriter(path), file_(std::move(file)), link_type_(link_type), snaplen_(snaplen) {}

  std::optional<SourceError> write(const Packet& packet) override {
    if (dumper_ == nullptr) link_type_ = packet.link_type;
    if (packet.link_type != link_type_) return mixed(packet);
    if (auto error = begin()) return error;
    const auto time = packet.has_time() ? packet.time.time_since_epoch().count() : 0;
    pcap_pkthdr header{};
    header.ts.tv_sec = time / nanoseconds_in_second;
    header.ts.tv_usec = time % nanoseconds_in_second;  // the dead handle's precision makes this field nanoseconds
    header.caplen = static_cast<bpf_u_int32>(packet.bytes.size());
    header.len = packet.original_length;
    errno = 0;
    pcap_dump(reinterpret_cast<u_char*>(dumper_.get()), &header, reinterpret_cast<const u_char*>(packet.bytes.data()));
    if (std::ferror(pcap_dump_file(dumper_.get())) != 0) return lost();  // pcap_dump itself says nothing
    return std::nullopt;
  }

  std::optional<SourceError> flush() override {
    if (closed_) return std::nullopt;
    if (auto error = begin()) return error;
    errno = 0;
    const bool failed = pcap_dump_flush(dumper_.get()) != 0 || std::ferror(pcap_dump_file(dumper_.get())) != 0;
    return failed ? std::optional(lost()) : std::nullopt;
  }

  std::uint64_t size() const override { return dumper_ == nullptr ? 0 : size_of(pcap_dump_file(dumper_.get())); }

  std::optional<SourceError> close(const FileCounts&) override {
    auto error = flush();  // here a full disk shows; closing after it has nothing left to write
    dumper_.reset();
    closed_ = true;
    return error;
  }

 private:
  /// The file's header, once the link type is known.
  std::optional<SourceError> begin() {
    if (dumper_ != nullptr) return std::nullopt;
    dead_.reset(
        pcap_open_dead_with_tstamp_precision(static_cast<int>(link_type_), snaplen_, PCAP_TSTAMP_PRECISION_NANO));
    dumper_.reset(pcap_dump_fopen(dead_.get(), file_.get()));
    if (dumper_ == nullptr)
      return SourceError{.kind = SourceError::Kind::not_writable, .subject = path_, .detail = pcap_geterr(dead_.get())};
    file_.release();  // it is the dumper's
    return std::nullopt;
  }

  SourceError mixed(const Packet& packet) const {
    return {.kind = SourceError::Kind::mixed_link_types,
            .subject = path_,
            .detail = link_type_name(link_type_) + ", " + link_type_name(packet.link_type),
            .frame = packet.frame};
  }

  File file_;
  LinkType link_type_;
  int snaplen_;
  PcapHandle dead_;  // no capture: it carries the link type and the snaplen
  std::unique_ptr<pcap_dumper_t, DumperCloser> dumper_;
  bool closed_ = false;
};

}  // namespace

std::unique_ptr<FileWriter> make_pcap_writer(File file, const std::string& path, LinkType link_type, int snaplen) {
  return std::make_unique<PcapWriter>(std::move(file), path, link_type, snaplen);
}

}  // namespace echolab::capture
