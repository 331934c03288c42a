// A capture file as a stream of bytes: looked at before libpcap gets it, and counted while libpcap reads it.
// Works on files, FIFOs and the standard input: it never seeks. Private to capture/source.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string_view>

namespace echolab::capture {

class CaptureStream {
 public:
  /// Takes ownership of the file descriptor.
  explicit CaptureStream(int fd) : fd_(fd) {}
  ~CaptureStream();
  CaptureStream(const CaptureStream&) = delete;
  CaptureStream& operator=(const CaptureStream&) = delete;

  /// The next `count` bytes (at most 64 KiB) without taking them; fewer at the end of the file or after an error.
  std::string_view peek(std::size_t count);

  /// A FILE that reads from `stream` and deletes it when it is closed; nullptr where memory is short.
  static std::FILE* open(std::unique_ptr<CaptureStream> stream);

  std::uint64_t position() const { return position_; }  // bytes taken
  bool ended() const { return ended_; }                 // a read met the end of the file
  int error() const { return error_; }                  // errno of the failed read, 0 if none; EINTR after a signal

 private:
  /// Waits for at least one byte in the buffer; false at the end and after an error.
  bool fill();
  ssize_t read(char* out, std::size_t size);

  int fd_;
  std::array<char, 64 * 1024> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what of the buffer is still to be taken
  std::uint64_t position_ = 0;
  bool ended_ = false;
  int error_ = 0;
};

}  // namespace echolab::capture
