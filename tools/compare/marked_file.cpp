#include "tools/compare/marked_file.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <span>

#include "net/system_call.hpp"
#include "tools/compare/output_file.hpp"

namespace echolab::compare {
namespace {

// Block types, and options of blocks. A file is in its writer's byte order: the first block tells which.
constexpr std::uint32_t section_header = 0x0a0d0d0a, interface_description = 1, enhanced_packet = 6;
constexpr std::uint16_t end_of_options = 0, comment = 1, time_resolution = 9;
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

using Bytes = std::vector<std::byte>;

template <typename Number>
void add(Bytes& body, Number number) {
  const auto bytes = std::as_bytes(std::span(&number, 1));
  body.insert(body.end(), bytes.begin(), bytes.end());
}

/// Everything stands on a boundary of 4 bytes.
void add_padded(Bytes& body, std::span<const std::byte> bytes) {
  body.insert(body.end(), bytes.begin(), bytes.end());
  body.resize((body.size() + 3) / 4 * 4);
}

void add_option(Bytes& body, std::uint16_t code, std::span<const std::byte> value) {
  add(body, code);
  add(body, static_cast<std::uint16_t>(value.size()));
  add_padded(body, value);
}

}  // namespace

MarkedFile::MarkedFile(std::string path, capture::LinkType link_type) : path_(std::move(path)) {
  file_.reset(::fdopen(open_output(path_).release(), "w"));

  Bytes section;
  add(section, byte_order_magic);
  add(section, std::uint16_t{1});  // version 1.0
  add(section, std::uint16_t{0});
  add(section, ~std::uint64_t{0});  // its length is not told
  put(section_header, std::move(section));

  Bytes interface;
  add(interface, static_cast<std::uint16_t>(link_type));
  add(interface, std::uint16_t{0});
  add(interface, std::uint32_t{0});                                  // no limit to a packet's length
  add_option(interface, time_resolution, std::array{std::byte{9}});  // nanoseconds
  add_option(interface, end_of_options, {});
  put(interface_description, std::move(interface));
}

void MarkedFile::write(const capture::Packet& packet, std::string_view remark) {
  const auto time = static_cast<std::uint64_t>(packet.time.time_since_epoch().count());
  Bytes body;
  add(body, std::uint32_t{0});  // the first interface
  add(body, static_cast<std::uint32_t>(time >> 32));
  add(body, static_cast<std::uint32_t>(time));
  add(body, static_cast<std::uint32_t>(packet.bytes.size()));
  add(body, packet.original_length);
  add_padded(body, packet.bytes);
  if (!remark.empty()) {
    add_option(body, comment, std::as_bytes(std::span(remark)));
    add_option(body, end_of_options, {});
  }
  put(enhanced_packet, std::move(body));
}

/// Each block has its whole length at both ends.
void MarkedFile::put(std::uint32_t type, Bytes body) {
  const auto length = static_cast<std::uint32_t>(body.size() + 12);
  Bytes block;
  add(block, type);
  add(block, length);
  block.insert(block.end(), body.begin(), body.end());
  add(block, length);
  if (std::fwrite(block.data(), 1, block.size(), file_.get()) != block.size())
    throw net::CallError("write", path_, errno);
}

void MarkedFile::close() {
  if (std::fflush(file_.get()) != 0) throw net::CallError("write", path_, errno);
  file_.reset();
}

}  // namespace echolab::compare
