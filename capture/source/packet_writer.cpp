// A file to write packets into, classic or pcapng, by its name.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "capture/source/file_writer.hpp"
#include "capture/source/reader.hpp"

namespace echolab::capture {

namespace {

SourceError failure(const std::string& path, int error) {
  return {.kind = SourceError::Kind::not_writable, .subject = path, .detail = std::strerror(error), .number = error};
}

/// For another reason than the system's.
SourceError failure(const std::string& path, const char* why, int error) {
  return {.kind = SourceError::Kind::not_writable, .subject = path, .detail = why, .number = error};
}

/// Nothing is cut before we know that it is not the file being read.
int open_output(const std::string& path, Links links) {
  if (path == "-") return ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  const int no_links = links == Links::refused ? O_NOFOLLOW : 0;
  constexpr mode_t as_umask_allows = 0666;
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | no_links, as_umask_allows);
}

/// An open file to write to, or why not.
std::variant<File, SourceError> open_stream(const Reader* reader, const std::string& path, Links links) {
  const int fd = open_output(path, links);
  if (fd < 0 && errno == ELOOP && links == Links::refused)
    return failure(path, "a symbolic link is not followed as root", ELOOP);
  if (fd < 0) return failure(path, errno);
  const auto refuse = [&](const SourceError& error) {
    ::close(fd);
    return error;
  };
  struct stat identity {};
  if (::fstat(fd, &identity) != 0) return refuse(failure(path, errno));
  if (reader && reader->reads_from({identity.st_dev, identity.st_ino}))
    return refuse(failure(path, "it is the file being read", EBUSY));
  if (S_ISREG(identity.st_mode) && path != "-" && ::ftruncate(fd, 0) != 0) return refuse(failure(path, errno));
  if (std::FILE* file = ::fdopen(fd, "w")) return File(file);
  return refuse(failure(path, errno));
}

}  // namespace

SourceError FileWriter::lost() const { return failure(path_, errno != 0 ? errno : EIO); }

FileFormat format_of(std::string_view path) {
  return path.ends_with(".pcapng") ? FileFormat::pcapng : FileFormat::pcap;
}

PacketWriter::PacketWriter(std::unique_ptr<FileWriter> writer) : writer_(std::move(writer)) {}
PacketWriter::~PacketWriter() = default;
PacketWriter::PacketWriter(PacketWriter&&) noexcept = default;
PacketWriter& PacketWriter::operator=(PacketWriter&&) noexcept = default;

PacketWriter::Opened PacketWriter::open(const PacketSource& source, const std::string& path, Links links) {
  return open(source, path, format_of(path), links);
}

PacketWriter::Opened PacketWriter::open(const PacketSource& source, const std::string& path, FileFormat format,
                                        Links links) {
  const Reader& reader = *source.reader_;
  auto opened = open_stream(&reader, path, links);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  auto& file = std::get<File>(opened);
  const bool pcapng = format == FileFormat::pcapng;
  return PacketWriter(pcapng ? make_pcapng_writer(std::move(file), path, reader.link_type(), reader.interfaces())
                             : make_pcap_writer(std::move(file), path, reader.link_type(), reader.snaplen()));
}

PacketWriter::Opened PacketWriter::open(LinkType link_type, const std::string& path, FileFormat format, Links links) {
  auto opened = open_stream(nullptr, path, links);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  auto& file = std::get<File>(opened);
  return PacketWriter(format == FileFormat::pcapng ? make_pcapng_writer(std::move(file), path, link_type, {})
                                                   : make_pcap_writer(std::move(file), path, link_type, whole_packets));
}

std::optional<SourceError> PacketWriter::write(const Packet& packet) { return writer_->write(packet); }
std::optional<SourceError> PacketWriter::flush() { return writer_->flush(); }
std::uint64_t PacketWriter::size() const { return writer_->size(); }
std::optional<SourceError> PacketWriter::close(const FileCounts& counts) { return writer_->close(counts); }

}  // namespace echolab::capture
