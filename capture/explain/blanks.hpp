// Sentences with blanks: "The {who} sends {bytes}." The blanks have names, so that each language puts them where it
// likes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace echolab::capture {

/// What may stand in a blank. A sentence uses those that it needs.
struct Blanks {
  std::string_view who = {}, peer = {};            // "client", "server" in the language of the sentence
  std::string_view from = {}, to = {};             // state names
  std::string_view move = {};                      // "CLOSED -> SYN_SENT"
  std::string_view assumed = {};                   // the remark on an assumed state, or nothing
  std::string_view bytes = {};                     // "5 bytes"
  std::string_view copy = {};                      // the remark on which packet is repeated, or nothing
  std::string_view name = {};                      // of a protocol, a layer, a headline
  std::string_view answer = {};                    // the remark on which packet is acknowledged, or nothing
  std::string_view frames = {}, time = {};         // "4, 5"; "12 us"
  std::string_view source = {}, destination = {};  // addresses
  std::string_view protocol = {};                  // "TCP", "ICMPv6"
  std::string_view place = {};                     // where in a packet, or at which port
  std::string_view field = {};                     // of a header: "total length"
  std::string_view identification = {};            // of a fragmented packet: "0x1234"
  std::string_view fragments = {};                 // "2 fragments"
  std::uint64_t frame = 0, ack = 0, number = 0, window = 0, needed = 0, had = 0, offset = 0, end = 0;
};

/// Appends `sentence` with its blanks filled. A blank that has no such name stays as it is: a test finds it.
void fill(std::string& out, std::string_view sentence, const Blanks& blanks);
std::string filled(std::string_view sentence, const Blanks& blanks);

}  // namespace echolab::capture
