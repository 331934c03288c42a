// Any bytes as a pcapng file: what is read of it is written anew, and read again the same. No more is handed out than
// was read.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "capture/source/packet_source.hpp"

using namespace echolab::capture;

namespace {

struct Kept {
  Time time;
  LinkType link_type;
  std::uint32_t original_length;
  std::vector<std::byte> bytes;
  std::vector<std::string> comments;
  friend bool operator==(const Kept&, const Kept&) = default;
};

class MemoryFile {
 public:
  MemoryFile() : fd_(::memfd_create("capture", MFD_CLOEXEC)) {}
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  int fd() const { return fd_; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

std::vector<Kept> read(PacketSource& source, PacketWriter* writer) {
  std::vector<Kept> packets;
  while (const auto packet = source.next()) {
    packets.push_back({packet->time,
                       packet->link_type,
                       packet->original_length,
                       {packet->bytes.begin(), packet->bytes.end()},
                       {packet->comments.begin(), packet->comments.end()}});
    if (writer != nullptr && writer->write(*packet)) std::abort();
  }
  return packets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile original, copy;
  if (::write(original.fd(), data, size) != static_cast<ssize_t>(size)) std::abort();
  const std::string filter = size % 3 == 0 ? "not tcp port 53" : "";
  auto opened = PacketSource::open_file(original.path(), filter);
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return 0;
  auto created = PacketWriter::open(LinkType::ethernet, copy.path(), FileFormat::pcapng, Links::followed);
  auto& writer = std::get<PacketWriter>(created);
  const auto packets = read(*source, &writer);
  if (writer.close(source->file_counts())) std::abort();

  std::size_t bytes = 0;
  for (const Kept& packet : packets) bytes += packet.bytes.size();
  if (bytes > size) std::abort();
  auto again = PacketSource::open_file(copy.path(), "");
  if (const auto* error = std::get_if<SourceError>(&again)) {  // of all its packets none can be read
    if (error->kind != SourceError::Kind::link_type) std::abort();
    return 0;
  }
  auto* copied = &std::get<PacketSource>(again);
  if (read(*copied, nullptr) != packets || copied->error()) std::abort();
  return 0;
}
