// The whole pipe: packets of a small capture through decode, observe, explain and render, in both languages. What comes
// out may not steer a terminal, whatever went in. Input: a link type, then packets, each after its length in two bytes.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "capture/decode/decode.hpp"
#include "capture/render/annotation.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/track/observer.hpp"

using namespace echolab::capture;

namespace {

void must_be_printable(const std::string& text) {
  for (const unsigned char byte : text)
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array link_types{LinkType::ethernet,  LinkType::null, LinkType::raw,  LinkType::loop,
                                  LinkType::linux_sll, LinkType::ipv4, LinkType::ipv6, LinkType::linux_sll2};
  if (size < 1) return 0;
  Ladder english({.columns = 48, .raw_numbers = true}), korean({.ascii = true, .language = Language::ko});
  Observer observer([&](const StreamSummary& ended) { must_be_printable(english.stream_line(ended) + to_json(ended)); },
                    {.conversations = 4},
                    [](const UnfinishedPacket& packet) {
                      for (const Language language : {Language::en, Language::ko})
                        must_be_printable(to_json(packet, sentence(packet, language)));
                    });
  std::uint64_t frame = 0;
  for (std::size_t at = 1; at + 2 <= size;) {
    const std::size_t length = std::min<std::size_t>(data[at] * 256u + data[at + 1], size - at - 2);
    const Packet packet{.frame = ++frame,
                        .time = Time(std::chrono::seconds(1'700'000'000 + frame * frame)),
                        .link_type = link_types[data[0] % link_types.size()],
                        .bytes = std::as_bytes(std::span(data + at + 2, length)),
                        .original_length = static_cast<std::uint32_t>(length)};
    const Observation seen = observer.observe(packet, decode(packet));
    must_be_printable(english.line(seen));
    must_be_printable(korean.line(seen));
    must_be_printable(to_json(seen, Language::ko));
    at += 2 + length;
  }
  observer.finish();
  return 0;
}
