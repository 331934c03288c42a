// A capture as frames in memory, to be told again in another way: what is told of them must tell the same.
#pragma once

#include <string>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/source/pcap_bytes.hpp"

namespace echolab::test {

struct Frame {
  capture::Packet packet;
  Bytes bytes;
};
using Frames = std::vector<Frame>;

/// Empty where the file cannot be read.
inline Frames frames_of(const std::string& file) {
  Frames frames;
  auto opened = capture::PacketSource::open_file(file, "");
  if (auto* source = std::get_if<capture::PacketSource>(&opened))
    while (const auto packet = source->next())
      frames.push_back({*packet, Bytes(packet->bytes.begin(), packet->bytes.end())});
  return frames;
}

/// The frame as packet `number` of a capture.
inline capture::Packet as_packet(const Frame& frame, std::uint64_t number) {
  capture::Packet packet = frame.packet;
  packet.frame = number;
  packet.bytes = frame.bytes;
  return packet;
}

/// All that capture prints about the frames: JSON's lines, a packet or a conversation each, and the ladder.
struct Told {
  std::vector<std::string> packets, streams, ladder;
};

inline Told tell(const Frames& frames, echolab::Language language = echolab::Language::en) {
  Told told;
  capture::PacketJson json(language);
  capture::Ladder ladder({.language = language});
  capture::Observer observer([&](const capture::StreamSummary& stream) {
    told.streams.push_back(to_json(stream));
    told.ladder.push_back(ladder.stream_line(stream));
  });
  for (const Frame& frame : frames) {
    const capture::Packet packet = as_packet(frame, told.packets.size() + 1);
    const capture::Observation seen = observer.observe(packet, capture::decode(packet));
    json.append(told.packets.emplace_back(), seen);
    told.ladder.push_back(ladder.line(seen));
  }
  observer.finish();
  return told;
}

/// The same frames as a nanosecond pcap file, or as pcapng with an interface whose clock counts nanoseconds.
Bytes as_nanosecond_pcap(const Frames& frames);
Bytes as_pcapng(const Frames& frames);
/// Whether a file can hold them: 32 bits of seconds.
bool fit_a_file(const Frames& frames);

}  // namespace echolab::test
