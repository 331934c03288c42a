// Packets into a pcapng file (draft-ietf-opsawg-pcapng): nanoseconds, each interface with its link type and its name,
// the comments of packets, and packets without a time. libpcap writes none of these.
#include <algorithm>
#include <cerrno>
#include <map>

#include "capture/source/block_builder.hpp"
#include "capture/source/capture_interface.hpp"
#include "capture/source/file_writer.hpp"

namespace echolab::capture {

namespace {

class PcapngWriter final : public FileWriter {
 public:
  PcapngWriter(File file, const std::string& path, LinkType link_type, std::span<const CaptureInterface> interfaces)
      : FileWriter(path), file_(std::move(file)), link_type_(link_type) {
    if (!interfaces.empty()) describe_new(interfaces);
  }

  std::optional<SourceError> write(const Packet& packet) override {
    if (!packet.interfaces.empty()) describe_new(packet.interfaces);
    const std::uint32_t number = packet.interfaces.empty() ? number_of(packet.link_type) : packet.interface;
    if (packet.has_time())
      add_enhanced(packet, number);
    else  // of the section's first interface: that it is of another no file can say
      put(block_.begin(pcapng::simple_packet).add(packet.original_length).add_padded(packet.bytes));
    return failed_ ? std::optional(lost()) : std::nullopt;
  }

  std::optional<SourceError> flush() override {
    errno = 0;
    if (file_ != nullptr && std::fflush(file_.get()) != 0) failed_ = true;
    return failed_ ? std::optional(lost()) : std::nullopt;
  }

  std::uint64_t size() const override { return size_of(file_.get()); }

  std::optional<SourceError> close(const FileCounts& counts) override {
    if (described_ == 0) number_of(link_type_);
    if (described_ == 1) add_statistics(counts);  // of several they are one sum: nobody knows whose
    auto error = flush();
    file_.reset();
    return error;
  }

 private:
  void begin_section(std::uint64_t section) {
    constexpr std::uint16_t major = 1, minor = 0;
    constexpr std::uint64_t length_not_told = ~std::uint64_t{0};
    put(block_.begin(pcapng::section_header).add(pcapng::byte_order_magic).add(major).add(minor).add(length_not_told));
    begun_ = true;
    section_ = section;
    described_ = 0;
    numbers_.clear();
  }

  /// Sections and interfaces are written as their source has them, so that these keep their numbers.
  void describe_new(std::span<const CaptureInterface> interfaces) {
    if (!begun_ || interfaces[0].section != section_) begin_section(interfaces[0].section);
    for (const auto& interface : interfaces.subspan(std::min<std::size_t>(described_, interfaces.size())))
      describe(interface);
  }

  /// Where no source tells of interfaces there is one for each link type.
  std::uint32_t number_of(LinkType link_type) {
    if (!begun_) begin_section(0);
    const auto [place, fresh] = numbers_.try_emplace(link_type, described_);
    if (fresh) describe({.link_type = link_type});
    return place->second;
  }

  void describe(const CaptureInterface& interface) {
    constexpr std::uint16_t reserved = 0;
    constexpr std::uint8_t nanoseconds = 9;  // 10^-9 seconds
    block_.begin(pcapng::interface_description).add(pcapng::in_file(interface.link_type)).add(reserved);
    block_.add(interface.snaplen);
    for (const auto& option : interface.options) block_.add_option(option.code, option.value);
    put(block_.add_number_option(pcapng::if_tsresol, nanoseconds).end_options());
    ++described_;
  }

  void add_enhanced(const Packet& packet, std::uint32_t number) {
    latest_ = packet.time;
    add_time(block_.begin(pcapng::enhanced_packet).add(number));
    block_.add(static_cast<std::uint32_t>(packet.bytes.size())).add(packet.original_length).add_padded(packet.bytes);
    for (const std::string_view comment : packet.comments) block_.add_option(pcapng::comment, comment);
    if (!packet.comments.empty()) block_.end_options();
    put(block_);
  }

  void add_statistics(const FileCounts& counts) {
    if (!counts.received && !counts.dropped) return;
    add_time(block_.begin(pcapng::interface_statistics).add(std::uint32_t{0}));
    if (counts.received) block_.add_number_option(pcapng::isb_ifrecv, *counts.received);
    if (counts.dropped) block_.add_number_option(pcapng::isb_ifdrop, *counts.dropped);
    put(block_.end_options());
  }

  void add_time(BlockBuilder& block) const {
    const auto time = static_cast<std::uint64_t>(latest_.time_since_epoch().count());
    block.add(static_cast<std::uint32_t>(time >> 32)).add(static_cast<std::uint32_t>(time));
  }

  void put(BlockBuilder& block) {
    const auto bytes = block.end();
    errno = 0;
    failed_ |= std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size();
  }

  File file_;
  LinkType link_type_;  // where no packet tells
  BlockBuilder block_;
  bool begun_ = false, failed_ = false;
  std::uint64_t section_ = 0;
  std::uint32_t described_ = 0;                // interfaces of this section
  std::map<LinkType, std::uint32_t> numbers_;  // of those that no source tells of
  Time latest_{};                              // of the latest packet that has one
};

}  // namespace

std::unique_ptr<FileWriter> make_pcapng_writer(File file, const std::string& path, LinkType link_type,
                                               std::span<const CaptureInterface> interfaces) {
  return std::make_unique<PcapngWriter>(std::move(file), path, link_type, interfaces);
}

}  // namespace echolab::capture
