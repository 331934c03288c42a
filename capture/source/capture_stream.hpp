// A capture file as a stream of bytes that can be looked at before they are taken, by libpcap or by our own reader.
// Works on files, FIFOs and the standard input: it never seeks. Private to capture/source.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>

namespace echolab::capture {

class CaptureStream {
 public:
  /// Takes ownership of the file descriptor.
  explicit CaptureStream(int fd) : fd_(fd) {}
  ~CaptureStream();
  CaptureStream(const CaptureStream&) = delete;
  CaptureStream& operator=(const CaptureStream&) = delete;

  /// The next `count` bytes (at most a few) without taking them; fewer at the end of the file or after an error.
  std::string_view peek(std::size_t count);

  /// Takes bytes until `out` is full: how many; fewer at the end of the file or after an error.
  std::size_t take(std::span<std::byte> out);
  std::uint64_t position() const { return position_; }  // of the next byte that is taken

  /// A FILE that reads from `stream` and deletes it when it is closed; nullptr where memory is short. `ftell` says how
  /// many bytes have been taken from it.
  static std::FILE* open(std::unique_ptr<CaptureStream> stream);

  bool ended() const { return ended_; }  // its reader met the end of the file
  int error() const { return error_; }   // errno of the failed read, 0 if none; EINTR after a signal

 private:
  /// Waits for at least one more byte in the buffer, which has room; false at the end and after an error.
  bool fill();
  /// Some of the next bytes, at least one; 0 at the end, -1 after an error.
  ssize_t read(char* out, std::size_t size);

  int fd_;
  std::array<char, 64 * 1024> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what of the buffer is still to be taken
  std::uint64_t position_ = 0;       // bytes handed out
  bool ended_ = false;
  int error_ = 0;
};

}  // namespace echolab::capture
