// RFC 9293, sections 3.1 and 3.2 (the list's shape, MSS); RFC 7323 (window scale, timestamps); RFC 2018 (SACK); RFC
// 7413 (fast open); RFC 8684 (MPTCP); RFC 6994 (experiments).
#include "capture/decode/layers.hpp"

namespace echolab::capture {

namespace {

enum Kind : std::uint8_t {
  end_of_list = 0,
  no_operation = 1,
  maximum_segment_size = 2,
  window_scale = 3,
  sack_permitted = 4,
  sack = 5,
  timestamps = 8,
  multipath = 30,
  fast_open = 34,
  experiment = 254,
};

constexpr std::size_t sack_block_length = 8;  // two edges

void read_sack(Cursor body, TcpOptions& options) {
  options.sack_blocks = 0;
  while (body.length() > 0 && options.sack_blocks < options.sack_edges.size()) {
    const auto left = body.u32(), right = body.u32();
    options.sack_edges[options.sack_blocks++] = {left, right};
  }
}

/// RFC 6994: two bytes number the experiment. False where it is none that is known here.
bool read_experiment(Cursor body, TcpOptions& options) {
  constexpr std::uint16_t fast_open_number = 0xf989;
  if (body.lacks(2) || body.u16() != fast_open_number) return false;
  options.fast_open_cookie = static_cast<std::uint8_t>(body.length());
  options.fast_open_by_experiment = true;
  return true;
}

/// RFC 8684, 3: the subtype is the first half byte. Data and its ACKs go along with one of their own.
bool is_mptcp_signal(Cursor body) {
  constexpr int data_sequence_signal = 2;
  return !body.lacks(1) && body.u8() >> 4 != data_sequence_signal;
}

/// Whether the body of a kind that is known has the length that its RFC gives it.
bool has_its_length(std::uint8_t kind, std::size_t length) {
  switch (kind) {
    case maximum_segment_size: return length == 2;
    case window_scale: return length == 1;
    case sack_permitted: return length == 0;
    case sack: return length % sack_block_length == 0;
    case timestamps: return length == 8;
    default: return true;
  }
}

/// One option's body. A known kind with a length that is not its own is passed over, as receivers do.
void read_option(std::uint8_t kind, Cursor body, TcpOptions& options) {
  const auto length = body.length();
  if (!has_its_length(kind, length)) {
    if (options.misshapen_kind == 0) {
      options.misshapen_kind = kind;
      options.misshapen_length = static_cast<std::uint8_t>(length + 2);
    }
    return;
  }
  switch (kind) {
    case maximum_segment_size: options.maximum_segment_size = body.u16(); break;
    case window_scale: options.window_scale = body.u8(); break;
    case sack_permitted: options.sack_permitted = true; break;
    case sack: read_sack(body, options); break;
    case timestamps:
      options.timestamp_value = body.u32();
      options.timestamp_echo = body.u32();
      break;
    case fast_open: options.fast_open_cookie = static_cast<std::uint8_t>(length); break;
    case experiment:
      if (read_experiment(body, options)) break;
      [[fallthrough]];
    default:
      options.mptcp_signal |= kind == multipath && is_mptcp_signal(body);
      if (options.unknown_kind == 0) options.unknown_kind = kind;
  }
}

}  // namespace

//  +--------+--------+--------...
//  |  Kind  | Length |  body       the length counts all three; kinds 0 and 1 are a single byte
//  +--------+--------+--------...
TcpOptions decode_tcp_options(Cursor in) {
  TcpOptions options;
  const auto left_out = static_cast<std::uint8_t>(in.length() - in.captured().size());
  while (in.length() > 0) {  // every turn takes at least one byte
    if (in.lacks(1)) {       // cut by the snaplen, as below: what came before it counts
      options.cut = left_out;
      return options;
    }
    const auto kind = in.u8();
    if (kind == end_of_list) return options;
    if (kind == no_operation) continue;
    if (const auto shortage = in.lacks(1)) {
      options.malformed = !shortage->cut;
      options.cut = left_out;
      return options;
    }
    const std::size_t length = in.u8();
    if (length < 2 || length - 2 > in.length()) {
      options.malformed = true;
      return options;
    }
    if (in.lacks(length - 2)) {
      options.cut = left_out;
      options.cut_kind = kind;
      options.cut_length = static_cast<std::uint8_t>(length);
      options.cut_is_last = length - 2 == in.length();
      return options;
    }
    Cursor body = in;
    body.set_length(length - 2);
    read_option(kind, body, options);
    in.skip(length - 2);
  }
  return options;
}

}  // namespace echolab::capture
