// One end of the wire: a packet socket whose frames lie in memory that the kernel shares with us (packet(7),
// PACKET_RX_RING). A receive buffer would be bounded by net.core.rmem_max, which only the machine's root may raise, and
// what does not fit would be lost without a word; the ring holds a burst of 4096 frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/source/packet.hpp"
#include "net/file_descriptor.hpp"

namespace echolab::lab {

class PacketRing {
 public:
  /// Of an interface in the network namespace in which this thread is now. Throws net::CallError.
  explicit PacketRing(const std::string& interface);

  /// Readable while a frame lies in the ring.
  int fd() const { return socket_.get(); }

  struct Arrival {
    capture::Time time{};  // the kernel's stamp
    std::vector<std::byte> bytes;
  };
  /// The next frame that came in; never one that went out. nullopt: there is none.
  std::optional<Arrival> next();
  /// Sends a frame: 14 to 1514 bytes, from the destination's MAC address on.
  void send(std::span<const std::byte> bytes);
  /// Frames that found the ring full, since this was last asked.
  std::uint32_t lost();

 private:
  struct Unmap {
    void operator()(std::byte* memory) const;
  };
  net::FileDescriptor socket_;
  std::unique_ptr<std::byte, Unmap> memory_;
  std::size_t next_ = 0;  // slot
};

}  // namespace echolab::lab
