#include "capture/source/block_reader.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace echolab::capture {

namespace {

constexpr std::uint32_t longest_block = 16 << 20;  // as libpcap and Wireshark have it
constexpr std::size_t head_size = 8, magic_size = 4, trailer_size = 4;

}  // namespace

//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                          Block Type                           |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                      Block Total Length                       |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  /                          Block Body                           /
//  /              variable length, padded to 32 bits               /
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//  |                      Block Total Length                       |
//  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
std::optional<Block> BlockReader::next() {
  if (fault_) return std::nullopt;
  offset_ = stream_.position();
  size_ = 0;
  const auto read_head = head();
  if (!read_head || !is_sound(*read_head) || !read_rest(read_head->length)) return std::nullopt;
  const auto body = std::span(bytes_).subspan(head_size, size_ - head_size - trailer_size);
  return Block{read_head->type, offset_, BlockCursor(body, offset_ + head_size, big_endian_)};
}

/// The length of a section header can be read once its byte order is known: the magic behind it tells.
std::optional<BlockReader::Head> BlockReader::head() {
  if (!read(head_size)) return std::nullopt;
  if (number_at(0) == pcapng::section_header && !learn_byte_order()) return std::nullopt;
  return Head{number_at(0), number_at(4)};
}

bool BlockReader::learn_byte_order() {
  if (!read(magic_size)) return false;
  for (const bool order : {false, true}) {
    big_endian_ = order;
    if (number_at(head_size) == pcapng::byte_order_magic) return true;
  }
  fail("a section header without its byte-order magic", offset_ + head_size);
  return false;
}

bool BlockReader::is_sound(const Head& head) {
  const auto bad = [&](std::string_view why) {
    fail(fmt::format("a block of {} bytes: {}", head.length, why), offset_ + 4);
    return false;
  };
  if (head.length < pcapng::frame_of_block || head.length < size_ + trailer_size) return bad("too short for its kind");
  if (head.length % 4 != 0) return bad("no multiple of 4");
  if (head.length > longest_block) return bad(fmt::format("bigger than {}", longest_block));
  return true;
}

bool BlockReader::read_rest(std::size_t length) {
  if (!read(length - size_)) return false;
  const std::size_t trailer = length - trailer_size;
  if (number_at(trailer) == length) return true;
  fail(fmt::format("a block has the length {} in front and {} behind", length, number_at(trailer)), offset_ + trailer);
  return false;
}

bool BlockReader::read(std::size_t count) {
  constexpr std::size_t at_once = 64 * 1024;
  for (std::size_t left = count; left > 0;) {
    const std::size_t wanted = std::min(left, at_once);
    if (bytes_.size() < size_ + wanted) bytes_.resize(size_ + wanted);
    const std::size_t got = stream_.take(std::span(bytes_).subspan(size_, wanted));
    size_ += got, left -= got;
    if (got == wanted) continue;
    if (stream_.error() != 0 && stream_.error() != EINTR)
      fail(std::strerror(stream_.error()), stream_.position());
    else if (stream_.error() == 0 && size_ > 0)
      fail("the file ends inside a block", stream_.position());
    return false;
  }
  return true;
}

std::uint32_t BlockReader::number_at(std::size_t place) const {
  return BlockCursor(std::span(bytes_).subspan(place, 4), 0, big_endian_).u32();
}

}  // namespace echolab::capture
