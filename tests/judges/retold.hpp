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

/// It owns what its packet points to; a copy of it points to the first one's comments.
struct Frame {
  capture::Packet packet;
  Bytes bytes;
  std::vector<std::string> texts{};
  std::vector<std::string_view> comments{};
};
using Frames = std::vector<Frame>;

/// Empty where the file cannot be read.
inline Frames frames_of(const std::string& file) {
  Frames frames;
  auto opened = capture::PacketSource::open_file(file, "");
  if (auto* source = std::get_if<capture::PacketSource>(&opened))
    while (const auto packet = source->next()) {
      Frame& frame = frames.emplace_back(Frame{*packet, Bytes(packet->bytes.begin(), packet->bytes.end())});
      frame.texts.assign(packet->comments.begin(), packet->comments.end());
      frame.comments.assign(frame.texts.begin(), frame.texts.end());
      frame.packet.interfaces = {};
    }
  return frames;
}

/// As a pcap file has them: without comments.
inline Frames uncommented(Frames frames) {
  for (Frame& frame : frames) frame.comments.clear();
  return frames;
}

/// The frame as packet `number` of a capture.
inline capture::Packet as_packet(const Frame& frame, std::uint64_t number) {
  capture::Packet packet = frame.packet;
  packet.frame = number;
  packet.bytes = frame.bytes;
  packet.comments = frame.comments;
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
/// Whether a file can hold them: one link type, and 32 bits of seconds.
bool fit_a_file(const Frames& frames);

}  // namespace echolab::test
