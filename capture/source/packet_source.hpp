// Packets from a network interface or from a capture file: the same Packet out. The only code that knows libpcap.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "capture/source/packet.hpp"

namespace echolab::capture {

/// Why a source could not be opened or read, so that the program can name the mend.
struct SourceError {
  enum class Kind : std::uint8_t {
    no_permission,      // exit 3: no right to capture
    no_such_interface,  // exit 1: `detail` lists those that there are
    interface_down,     // exit 1
    interface_gone,     // exit 1: it vanished while capturing
    bad_filter,         // exit 2
    not_readable,       // exit 1: the file cannot be opened
    not_a_capture,      // exit 1: empty ("0 bytes"), unknown format, unsupported version
    compressed,         // exit 1: unpack first; `detail` is "gzip", "zstd", "xz", "bzip2" or "lz4"
    link_type,          // exit 1: `number` and `detail`, its name, say which
    broken,             // exit 1: the file ends inside a record, or a record contradicts itself
    not_writable,       // exit 1: the output file
    mixed_link_types,   // exit 1: the output file is classic, and holds one; `detail` names that and the other
    failed,             // exit 1: anything else the operating system says
  };
  Kind kind = Kind::failed;
  std::string subject{};    // the interface, file or filter
  std::string detail{};     // libpcap's or the system's words; for `broken` with the byte where reading stopped
  int number = 0;           // the link type, for `link_type`; errno, for `not_writable`
  std::uint64_t frame = 0;  // the last whole packet before it, for `broken`
};

/// What a live source counted. `received` counts what passed the filter, once each; `dropped` what the kernel had no
/// room for.
struct SourceCounts {
  std::uint64_t received = 0, dropped = 0;
};

/// What a pcapng file tells of the time when it was captured; nothing where it does not, and classic files never do.
struct FileCounts {
  std::optional<std::uint64_t> received{}, dropped{};
  std::uint64_t unfiltered = 0;  // packets left out, for the filter means nothing for their link type
};

/// Which packets of an interface: those that come in, those that go out.
enum class Direction : std::uint8_t { both, in, out };

struct LiveOptions {
  std::string interface = "lo";
  std::string filter{};  // BPF, as tcpdump takes it; empty: everything
  Direction direction = Direction::both;
  std::string link_type{};      // its name ("EN10MB"); empty: the interface's own
  int snaplen = 262144;         // bytes kept of a packet
  bool immediate = false;       // hand packets out at once (small snaplen only), else within 50 ms
  int buffer_bytes = 16 << 20;  // the kernel's ring
};

struct Interface {
  std::string name{}, description{};
  std::vector<std::string> addresses{};
  bool up = false, loopback = false;
};

/// The largest snaplen: as libpcap and Wireshark have it.
inline constexpr int whole_packets = 262144;

class PacketWriter;
class Reader;  // what stands behind a source: reader.hpp, private

class PacketSource {
 public:
  using Opened = std::variant<PacketSource, SourceError>;
  static Opened open_live(const LiveOptions& options);
  /// `path` "-" is the standard input. Files, FIFOs and pipes are read without seeking.
  static Opened open_file(const std::string& path, const std::string& filter);

  ~PacketSource();
  PacketSource(PacketSource&&) noexcept;
  PacketSource& operator=(PacketSource&&) noexcept;

  /// The next packet; nullopt when there is none now (live) or no more (file), or after an error: then `error()` says
  /// which. Live: waits up to 50 ms for one unless immediate; never blocks in immediate mode. After `stop` it waits for
  /// what the kernel still holds (at most 200 ms), and the first nullopt is the end. A signal whose handler was
  /// installed without SA_RESTART ends the waiting: a live source goes on with the next call, a file (a FIFO, the
  /// standard input) has ended.
  std::optional<Packet> next();
  /// The next packet where one is there by now. Live it never waits; a file is read on.
  std::optional<Packet> ready();
  const std::optional<SourceError>& error() const;
  bool live() const;
  /// Live: stop taking new packets, so that `next` drains what the kernel had already taken, then ends.
  void stop();
  /// Live: take new packets again, those that pass this filter. It needs no right: only opening does.
  std::optional<SourceError> go_on(const std::string& filter);
  SourceCounts counts() const;  // live only; zeros for a file
  FileCounts file_counts() const;
  LinkType link_type() const;          // of a file with several that of the first
  std::string link_type_name() const;  // "EN10MB"
  int selectable_fd() const;           // to poll on, live only; -1 for a file

 private:
  friend class PacketWriter;
  explicit PacketSource(std::unique_ptr<Reader> reader);
  std::unique_ptr<Reader> reader_;
};

/// Whether a symbolic link is written through. Where root writes it may lead anywhere.
enum class Links : std::uint8_t { followed, refused };

/// pcap: one link type, nothing but packets. pcapng: also interfaces, comments, and packets without a time.
enum class FileFormat : std::uint8_t { pcap, pcapng };
/// pcapng where the name ends in ".pcapng".
FileFormat format_of(std::string_view path);

class FileWriter;  // what stands behind a writer: file_writer.hpp, private

/// Writes packets, in nanoseconds. Every error is reported: a full disk is never silent.
class PacketWriter {
 public:
  using Opened = std::variant<PacketWriter, SourceError>;
  /// `path` "-" is the standard output. The name tells the format.
  static Opened open(const PacketSource& source, const std::string& path, Links links = Links::refused);
  static Opened open(const PacketSource& source, const std::string& path, FileFormat format, Links links);
  /// For packets that come from no source of ours.
  static Opened open(LinkType link_type, const std::string& path, FileFormat format, Links links = Links::refused);
  ~PacketWriter();
  PacketWriter(PacketWriter&&) noexcept;
  PacketWriter& operator=(PacketWriter&&) noexcept;

  [[nodiscard]] std::optional<SourceError> write(const Packet& packet);
  [[nodiscard]] std::optional<SourceError> flush();
  /// Bytes that the file has; 0 where that cannot be told (a pipe).
  std::uint64_t size() const;
  /// `counts` are the source's, which pcapng has room for.
  [[nodiscard]] std::optional<SourceError> close(const FileCounts& counts = {});

 private:
  explicit PacketWriter(std::unique_ptr<FileWriter> writer);
  std::unique_ptr<FileWriter> writer_;
};

/// The machine's interfaces that a capture can be opened on, loopback first, and `any`. The right to capture is not
/// needed.
std::variant<std::vector<Interface>, SourceError> list_interfaces();

}  // namespace echolab::capture
