// Packets from a network interface.
#include <net/if.h>
#include <pcap.h>
#include <poll.h>

#include <array>
#include <chrono>

#include "capture/source/capture_interface.hpp"
#include "capture/source/live_socket.hpp"
#include "capture/source/pcap_reader.hpp"
#include "capture/source/pcapng.hpp"

namespace echolab::capture {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds block_time_out{50};  // the kernel hands a block of its ring over when full, or after this time
constexpr milliseconds longest_drain{200};  // a block may take twice its time-out, and then some

bool exists(const std::string& interface) { return interface == "any" || ::if_nametoindex(interface.c_str()) != 0; }

class LiveReader final : public PcapReader {
 public:
  LiveReader(PcapHandle pcap, const LiveOptions& options)
      : PcapReader(std::move(pcap), options.interface), immediate_(options.immediate) {
    interface_.link_type = PcapReader::link_type();
    interface_.snaplen = static_cast<std::uint32_t>(options.snaplen);
    interface_.options.push_back({pcapng::if_name, options.interface});
    if (!options.filter.empty()) interface_.options.push_back({pcapng::if_filter, pcapng::as_text + options.filter});
  }

  std::optional<Packet> next() override {
    if (error_) return std::nullopt;
    if (auto packet = take()) return packet;
    if (stopped_) return drain();
    if (immediate_) return std::nullopt;
    wait(block_time_out);
    return take();
  }

  std::optional<Packet> ready() override { return error_ || stopped_ ? std::nullopt : take(); }

  bool live() const override { return true; }

  void stop() override {
    if (stopped_) return;
    accept_no_more(pcap_fileno(pcap_.get()));
    stopped_ = Clock::now();
  }

  std::optional<SourceError> go_on(const std::string& filter) override {
    if (auto error = set_filter(pcap_.get(), filter)) return error;
    stopped_.reset();
    return std::nullopt;
  }

  SourceCounts counts() const override {
    pcap_stat stat{};
    if (pcap_stats(pcap_.get(), &stat) != 0) return {};
    return {.received = stat.ps_recv, .dropped = stat.ps_drop};
  }

  std::span<const CaptureInterface> interfaces() const override { return {&interface_, 1}; }
  int selectable_fd() const override { return pcap_get_selectable_fd(pcap_.get()); }

 private:
  std::optional<Packet> take() {
    Packet packet;
    const auto got = read(packet);
    packet.interfaces = interfaces();
    if (got == Read::packet) return packet;
    if (got == Read::failed && !pending_error_) {
      // What the ring holds was received before: hand it out first, then say what happened.
      pending_error_ = {.kind = exists(subject_) ? SourceError::Kind::failed : SourceError::Kind::interface_gone,
                        .subject = subject_,
                        .detail = words(),
                        .frame = frames_};
      stop();
    }
    return std::nullopt;
  }

  std::optional<Packet> drain() {
    for (auto left = time_left(); left > milliseconds::zero() && !drained(); left = time_left()) {
      wait(left);
      if (auto packet = take()) return packet;
    }
    error_ = pending_error_;
    return std::nullopt;
  }

  /// Everything that the kernel put into the ring has been handed out. Where libpcap itself left some out (it filters
  /// those that came before the filter stood, and the doubled copies of `any`) the numbers never meet, and the time
  /// decides.
  bool drained() const {
    const auto [received, dropped] = counts();
    return frames_ + dropped >= received;  // the kernel counts dropped ones as received, too
  }

  milliseconds time_left() const { return std::chrono::ceil<milliseconds>(*stopped_ + longest_drain - Clock::now()); }

  /// Until the ring has something, the time is over, or a signal came.
  void wait(milliseconds time) const {
    pollfd ring{.fd = selectable_fd(), .events = POLLIN, .revents = 0};
    ::poll(&ring, 1, static_cast<int>(time.count()));
  }

  CaptureInterface interface_;
  bool immediate_;
  std::optional<Clock::time_point> stopped_;
  std::optional<SourceError> pending_error_;
};

SourceError::Kind kind_of(int status, const std::string& interface) {
  using Kind = SourceError::Kind;
  switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      // Without the right, libpcap does not come as far as looking for the interface.
      return exists(interface) ? Kind::no_permission : Kind::no_such_interface;
    case PCAP_ERROR_NO_SUCH_DEVICE: return Kind::no_such_interface;
    case PCAP_ERROR_IFACE_NOT_UP: return Kind::interface_down;
    default: return exists(interface) ? Kind::failed : Kind::no_such_interface;
  }
}

/// "lo, eth0, any"
std::string names_of_interfaces() {
  std::string names;
  const auto listed = list_interfaces();
  if (const auto* interfaces = std::get_if<std::vector<Interface>>(&listed))
    for (const Interface& interface : *interfaces) names += (names.empty() ? "" : ", ") + interface.name;
  return names;
}

/// What can be asked for once the interface is open; libpcap's words where it is refused.
std::optional<SourceError> choose(pcap_t* pcap, const LiveOptions& options) {
  const auto failure = [&] {
    return SourceError{.kind = SourceError::Kind::failed, .subject = options.interface, .detail = pcap_geterr(pcap)};
  };
  constexpr std::array directions{PCAP_D_INOUT, PCAP_D_IN, PCAP_D_OUT};
  const auto direction = directions[static_cast<std::size_t>(options.direction)];
  if (direction != PCAP_D_INOUT && pcap_setdirection(pcap, direction) != 0) return failure();
  if (options.link_type.empty()) return std::nullopt;
  const int type = pcap_datalink_name_to_val(options.link_type.c_str());
  if (type >= 0 && pcap_set_datalink(pcap, type) == 0) return std::nullopt;
  if (type >= 0) return failure();
  return SourceError{.kind = SourceError::Kind::failed,
                     .subject = options.interface,
                     .detail = "no link type has the name " + options.link_type};
}

}  // namespace

Reader::Opened Reader::open_live(const LiveOptions& options) {
  const auto failure = [&](int status, std::string detail) {
    const auto kind = kind_of(status, options.interface);
    if (kind == SourceError::Kind::no_such_interface) detail = names_of_interfaces();
    return SourceError{.kind = kind, .subject = options.interface, .detail = std::move(detail)};
  };
  std::array<char, PCAP_ERRBUF_SIZE> words{};
  PcapHandle pcap(pcap_create(options.interface.c_str(), words.data()));
  if (pcap == nullptr) return failure(PCAP_ERROR, words.data());
  pcap_set_snaplen(pcap.get(), options.snaplen);
  pcap_set_promisc(pcap.get(), 0);
  pcap_set_timeout(pcap.get(), static_cast<int>(block_time_out.count()));
  pcap_set_immediate_mode(pcap.get(), options.immediate);
  pcap_set_buffer_size(pcap.get(), options.buffer_bytes);
  pcap_set_tstamp_precision(pcap.get(), PCAP_TSTAMP_PRECISION_NANO);
  if (const int status = pcap_activate(pcap.get()); status < 0) {
    const std::string detail = status == PCAP_ERROR ? pcap_geterr(pcap.get()) : pcap_statustostr(status);
    return failure(status, detail);
  }
  if (pcap_setnonblock(pcap.get(), 1, words.data()) != 0) return failure(PCAP_ERROR, words.data());
  ignore_outgoing_copies_on_loopback(pcap_fileno(pcap.get()), options.interface.c_str());
  if (auto error = choose(pcap.get(), options)) return *error;
  if (auto error = set_filter(pcap.get(), options.filter)) return *error;
  auto reader = std::make_unique<LiveReader>(std::move(pcap), options);
  if (auto error = check_link_type(reader->link_type(), options.interface)) return *error;
  return reader;
}

}  // namespace echolab::capture
