// A capture file, packet by packet, as the observer saw it and as it is told.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/render/annotation.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/cases.hpp"

namespace echolab::test {

/// A packet of it.
struct Replayed {
  capture::NoteSet notes;
  capture::TcpView tcp;        // of a TCP packet
  std::string told, headline;  // in English
};

struct Replay {
  std::vector<Replayed> packets;
  std::vector<capture::StreamSummary> streams;

  /// Packet `frame`, from 1.
  const Replayed& operator[](std::size_t frame) const { return packets.at(frame - 1); }
  std::size_t count(capture::Note note) const {
    std::size_t found = 0;
    for (const Replayed& it : packets) found += it.notes.has(note);
    return found;
  }
};

inline Replay replay(const std::filesystem::path& file) {
  using namespace capture;  // NOLINT: tests read better
  Replay all;
  auto opened = PacketSource::open_file(file, "");
  auto* source = std::get_if<PacketSource>(&opened);
  EXPECT_NE(source, nullptr) << file;
  if (source == nullptr) return all;
  Observer observer([&](const StreamSummary& stream) { all.streams.push_back(stream); });
  while (const auto packet = source->next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const Annotation told = annotate(seen, Language::en);
    all.packets.push_back({seen.notes, seen.tcp.value_or(TcpView{}), told.text, told.headline});
  }
  observer.finish();
  return all;
}

}  // namespace echolab::test
