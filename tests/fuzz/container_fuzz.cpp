// Any bytes as a capture file: read to its end, decoded and observed. A source never hands out more than it read.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"

using namespace echolab::capture;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("capture", MFD_CLOEXEC);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) std::abort();
  auto opened = PacketSource::open_file("/proc/self/fd/" + std::to_string(file), "");
  ::close(file);
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return 0;
  Observer observer({}, {.conversations = 4});
  std::size_t bytes = 0;
  while (const auto packet = source->next()) {
    bytes += packet->bytes.size();
    observer.observe(*packet, decode(*packet));
  }
  if (bytes > size) std::abort();
  return 0;
}
