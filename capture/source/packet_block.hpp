// Packets out of the three kinds of block that hold one. Private to capture/source.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "capture/source/block_reader.hpp"
#include "capture/source/interface_table.hpp"

namespace echolab::capture {

bool is_packet(const Block& block);

/// The packet of such a block, or what is wrong with it. `frame` is left at 0; it is valid as long as the block's bytes
/// and `comments` are.
std::optional<Fault> read_packet(const Block& block, const InterfaceTable& interfaces, Packet& packet,
                                 std::vector<std::string_view>& comments);

}  // namespace echolab::capture
