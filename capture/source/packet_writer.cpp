// Packets into a nanosecond pcap file.
#include <fcntl.h>
#include <pcap.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "capture/source/pcap_time.hpp"
#include "capture/source/reader.hpp"

namespace echolab::capture {

namespace {

struct DumperCloser {
  void operator()(pcap_dumper_t* dumper) const { pcap_dump_close(dumper); }
};

SourceError failure(const std::string& path, const char* detail) {
  return {.kind = SourceError::Kind::not_writable, .subject = path, .detail = detail};
}

/// errno of the write that has just failed. stdio may have met it earlier, and kept no more than the fact.
const char* last_words() { return std::strerror(errno != 0 ? errno : EIO); }

/// Nothing is cut before we know that it is not the file being read.
int open_output(const std::string& path, Links links) {
  if (path == "-") return ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  const int no_links = links == Links::refused ? O_NOFOLLOW : 0;
  constexpr mode_t as_umask_allows = 0666;
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | no_links, as_umask_allows);
}

/// An open file to write to, or why not.
std::variant<std::FILE*, SourceError> open_stream(const Reader* reader, const std::string& path, Links links) {
  const int fd = open_output(path, links);
  if (fd < 0 && errno == ELOOP && links == Links::refused)
    return failure(path, "a symbolic link is not followed as root");
  if (fd < 0) return failure(path, std::strerror(errno));
  const auto refuse = [&](const char* detail) {
    ::close(fd);
    return failure(path, detail);
  };
  struct stat identity {};
  if (::fstat(fd, &identity) != 0) return refuse(std::strerror(errno));
  if (reader && reader->reads_from(identity.st_dev, identity.st_ino)) return refuse("it is the file being read");
  if (S_ISREG(identity.st_mode) && path != "-" && ::ftruncate(fd, 0) != 0) return refuse(std::strerror(errno));
  if (std::FILE* file = ::fdopen(fd, "w")) return file;
  return refuse(std::strerror(errno));
}

}  // namespace

struct PacketWriter::Handle {
  std::string path;
  PcapHandle dead;  // no capture: it carries the link type and the snaplen
  std::unique_ptr<pcap_dumper_t, DumperCloser> dumper;
};

PacketWriter::PacketWriter(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
PacketWriter::~PacketWriter() = default;
PacketWriter::PacketWriter(PacketWriter&&) noexcept = default;
PacketWriter& PacketWriter::operator=(PacketWriter&&) noexcept = default;

PacketWriter::Opened PacketWriter::open(const PacketSource& source, const std::string& path, Links links) {
  const Reader& reader = *source.reader_;
  return open(&reader, pcap_datalink(reader.handle()), pcap_snapshot(reader.handle()), path, links);
}

PacketWriter::Opened PacketWriter::open(LinkType link_type, const std::string& path, Links links) {
  constexpr int whole_packets = 262144;  // the largest snaplen: MAXIMUM_SNAPLEN of libpcap
  return open(nullptr, static_cast<int>(link_type), whole_packets, path, links);
}

PacketWriter::Opened PacketWriter::open(const Reader* reader, int link_type, int snaplen, const std::string& path,
                                        Links links) {
  auto opened = open_stream(reader, path, links);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  std::FILE* const file = std::get<std::FILE*>(opened);

  auto handle = std::make_unique<Handle>();
  handle->path = path;
  handle->dead.reset(pcap_open_dead_with_tstamp_precision(link_type, snaplen, PCAP_TSTAMP_PRECISION_NANO));
  handle->dumper.reset(pcap_dump_fopen(handle->dead.get(), file));
  if (handle->dumper == nullptr) {
    std::fclose(file);
    return failure(path, pcap_geterr(handle->dead.get()));
  }
  return PacketWriter(std::move(handle));
}

std::optional<SourceError> PacketWriter::write(const Packet& packet) {
  const auto time = packet.time.time_since_epoch().count();
  pcap_pkthdr header{};
  header.ts.tv_sec = time / nanoseconds_in_second;
  header.ts.tv_usec = time % nanoseconds_in_second;  // the dead handle's precision makes this field nanoseconds
  header.caplen = static_cast<bpf_u_int32>(packet.bytes.size());
  header.len = packet.original_length;
  auto* const dumper = handle_->dumper.get();
  errno = 0;
  pcap_dump(reinterpret_cast<u_char*>(dumper), &header, reinterpret_cast<const u_char*>(packet.bytes.data()));
  if (std::ferror(pcap_dump_file(dumper)) != 0)
    return failure(handle_->path, last_words());  // pcap_dump itself says nothing
  return std::nullopt;
}

std::optional<SourceError> PacketWriter::flush() {
  if (handle_->dumper == nullptr) return std::nullopt;
  auto* const dumper = handle_->dumper.get();
  errno = 0;
  const bool failed = pcap_dump_flush(dumper) != 0 || std::ferror(pcap_dump_file(dumper)) != 0;
  if (failed) return failure(handle_->path, last_words());
  return std::nullopt;
}

std::optional<SourceError> PacketWriter::close() {
  auto error = flush();  // here a full disk shows; closing after it has nothing left to write
  handle_->dumper.reset();
  return error;
}

}  // namespace echolab::capture
