// Packets from a capture file: what it is, and the classic format, which libpcap reads.
#include <fcntl.h>
#include <fmt/format.h>
#include <pcap.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "capture/source/capture_stream.hpp"
#include "capture/source/pcap_reader.hpp"
#include "capture/source/pcapng_reader.hpp"

namespace echolab::capture {

namespace {

/// "gzip" where the file starts as gzip's do; empty for no compression that we know by its first bytes.
std::string_view compression(std::string_view head) {
  struct Magic {
    std::string_view bytes, name;
  };
  static constexpr std::array<Magic, 5> magics{{{"\x1f\x8b", "gzip"},
                                                {"\x28\xb5\x2f\xfd", "zstd"},
                                                {"\xfd\x37zXZ", "xz"},
                                                {"BZh", "bzip2"},
                                                {"\x04\x22\x4d\x18", "lz4"}}};
  for (const auto& magic : magics) {
    if (head.starts_with(magic.bytes)) return magic.name;
  }
  return {};
}

/// Microseconds are taken as they stand: libpcap's own conversion overflows where a fraction is no fraction.
u_int precision(std::string_view head) {
  static constexpr std::array<std::string_view, 4> microseconds{"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1",  //
                                                                "\xa1\xb2\xcd\x34", "\x34\xcd\xb2\xa1"};
  for (const auto magic : microseconds) {
    if (head.starts_with(magic)) return PCAP_TSTAMP_PRECISION_MICRO;
  }
  return PCAP_TSTAMP_PRECISION_NANO;
}

std::string at_byte(std::string_view words, std::FILE* file) {
  return fmt::format("{} (at byte {})", words, std::ftell(file));
}

class FileReader final : public PcapReader {
 public:
  /// `stream` lives inside libpcap's FILE, as long as `pcap` does.
  FileReader(PcapHandle pcap, std::string path, const CaptureStream* stream, const FileIdentity& identity)
      : PcapReader(std::move(pcap), std::move(path)), stream_(stream), identity_(identity) {}

  std::optional<Packet> next() override {
    if (done_) return std::nullopt;
    Packet packet;
    const auto got = read(packet);
    if (got == Read::packet) return packet;
    done_ = true;
    const bool interrupted = stream_->error() == EINTR;
    if (got == Read::failed && !interrupted) {
      error_ = {.kind = SourceError::Kind::broken,
                .subject = subject_,
                .detail = at_byte(words(), pcap_file(pcap_.get())),
                .frame = frames_};
    }
    return std::nullopt;
  }

  bool live() const override { return false; }
  void stop() override { done_ = true; }
  bool reads_from(const FileIdentity& file) const override { return file == identity_; }

 private:
  const CaptureStream* stream_;
  FileIdentity identity_;
  bool done_ = false;
};

SourceError failure(SourceError::Kind kind, const std::string& path, std::string_view detail) {
  return {.kind = kind, .subject = path, .detail = std::string(detail)};
}

/// What the first bytes already say against the file.
std::optional<SourceError> look_at_head(CaptureStream& stream, const std::string& path) {
  using Kind = SourceError::Kind;
  const auto head = stream.peek(6);
  if (stream.error() != 0) return failure(Kind::not_readable, path, std::strerror(stream.error()));
  if (head.empty()) return failure(Kind::not_a_capture, path, "0 bytes");
  if (const auto name = compression(head); !name.empty()) return failure(Kind::compressed, path, name);
  return std::nullopt;
}

/// libpcap could not read the file header. Where the file ends inside it, its own count of the bytes leaves out the
/// first four.
SourceError why_not_opened(const CaptureStream& stream, std::FILE* file, const std::string& path, const char* words) {
  using Kind = SourceError::Kind;
  constexpr long shortest_header = 24;
  if (!stream.ended()) return failure(Kind::not_a_capture, path, words);
  const long length = std::ftell(file);
  if (length >= shortest_header) return failure(Kind::broken, path, at_byte(words, file));
  return failure(Kind::broken, path, fmt::format("{} bytes of a header of {}", length, shortest_header));
}

/// A classic capture file.
Reader::Opened open_pcap(std::unique_ptr<CaptureStream> owned, const std::string& path, const std::string& filter,
                         const FileIdentity& identity) {
  const u_int time_precision = precision(owned->peek(4));
  CaptureStream* const stream = owned.get();
  std::FILE* const file = CaptureStream::open(std::move(owned));
  if (file == nullptr) return failure(SourceError::Kind::failed, path, std::strerror(errno));
  std::array<char, PCAP_ERRBUF_SIZE> words{};
  PcapHandle pcap(pcap_fopen_offline_with_tstamp_precision(file, time_precision, words.data()));
  if (pcap == nullptr) {
    const auto error = why_not_opened(*stream, file, path, words.data());
    std::fclose(file);  // libpcap keeps its hands off a file that it did not take
    return error;
  }
  if (auto error = check_link_type(static_cast<LinkType>(pcap_datalink(pcap.get())), path)) return *error;
  if (auto error = set_filter(pcap.get(), filter)) return *error;
  return std::make_unique<FileReader>(std::move(pcap), path, stream, identity);
}

}  // namespace

Reader::Opened Reader::open_file(const std::string& path, const std::string& filter) {
  using Kind = SourceError::Kind;
  const int fd = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failure(Kind::not_readable, path, std::strerror(errno));
  auto stream = std::make_unique<CaptureStream>(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return failure(Kind::not_readable, path, std::strerror(errno));
  if (auto error = look_at_head(*stream, path)) return *error;
  const FileIdentity identity{status.st_dev, status.st_ino};
  const bool pcapng = stream->peek(4) == PcapngReader::magic;
  return pcapng ? PcapngReader::open(std::move(stream), path, filter, identity)
                : open_pcap(std::move(stream), path, filter, identity);
}

}  // namespace echolab::capture
