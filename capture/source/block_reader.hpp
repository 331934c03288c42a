// A stream cut into the blocks of pcapng (draft-ietf-opsawg-pcapng, section 3.1). Private to capture/source.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "capture/source/block_cursor.hpp"
#include "capture/source/capture_stream.hpp"

namespace echolab::capture {

struct Block {
  std::uint32_t type = 0;
  std::uint64_t offset = 0;  // of its first byte in the file
  BlockCursor body{{}, 0, false};
};

class BlockReader {
 public:
  explicit BlockReader(CaptureStream& stream) : stream_(stream) {}

  /// The next block, valid until the next call; nullopt at the end of the file, where waiting was interrupted, and
  /// where the file is broken: then `fault` says how.
  std::optional<Block> next();
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  /// The first 8 bytes of a block, and what they say.
  struct Head {
    std::uint32_t type, length;
  };
  std::optional<Head> head();
  bool learn_byte_order();
  bool is_sound(const Head& head);
  bool read_rest(std::size_t length);
  /// Takes bytes of the stream to the end of the buffer, as they come: no memory is asked for what never comes.
  bool read(std::size_t count);
  std::uint32_t number_at(std::size_t place) const;
  void fail(std::string words, std::uint64_t at) { fault_ = Fault{std::move(words), at}; }

  CaptureStream& stream_;
  std::vector<std::byte> bytes_;  // of the block
  std::size_t size_ = 0;          // how many of them are the block's
  std::uint64_t offset_ = 0;      // of the block
  bool big_endian_ = false;       // of the section
  std::optional<Fault> fault_;
};

}  // namespace echolab::capture
