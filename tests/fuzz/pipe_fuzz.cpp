// The whole pipe: packets of a small capture through decode, observe, explain and render, at every verbosity. What
// comes out may not steer a terminal, whatever went in; and words that were kept are those that would be made anew.
// Input: a byte for the link type and the look, then packets, each after its length in two bytes.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capture/decode/decode.hpp"
#include "capture/render/annotation.hpp"
#include "capture/render/json.hpp"
#include "capture/render/text.hpp"
#include "capture/track/observer.hpp"

using namespace echolab::capture;

namespace {

constexpr std::array link_types{LinkType::ethernet,  LinkType::null, LinkType::raw,  LinkType::loop,
                                LinkType::linux_sll, LinkType::ipv4, LinkType::ipv6, LinkType::linux_sll2};

/// Of control characters only line breaks, and our own colours.
void must_be_printable(std::string_view text, bool color = false) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (color && text.substr(i, 2) == "\x1b[") {
      i = std::min(text.find_first_not_of("0123456789", i + 2), text.size() - 1);
      if (text[i] != 'm') std::abort();
    } else if ((byte < 0x20 && byte != '\n') || byte == 0x7f) {
      std::abort();
    }
  }
}

LadderOptions without_memory(LadderOptions options) {
  options.keeps_blocks = false;
  return options;
}

/// A ladder that keeps what it drew, and one that draws all anew.
class Ladders {
 public:
  explicit Ladders(LadderOptions options) : color_(options.color), kept_(options), anew_(without_memory(options)) {}
  void draw(const Observation& seen) { compare(kept_.line(seen), anew_.line(seen)); }
  void draw(const StreamSummary& ended) { compare(kept_.stream_line(ended), anew_.stream_line(ended)); }

 private:
  void compare(const std::string& kept, const std::string& anew) const {
    if (kept != anew) std::abort();
    must_be_printable(kept, color_);
  }
  bool color_;
  Ladder kept_, anew_;
};

/// Everything that is drawn of a capture; the bits of `look` choose how.
class Screen {
 public:
  explicit Screen(unsigned look) : language_((look & 1) != 0 ? Language::ko : Language::en) {
    for (const auto verbosity : {echolab::Verbosity::quiet, echolab::Verbosity::usual, echolab::Verbosity::verbose})
      ladders_.emplace_back(LadderOptions{.columns = (look & 2) != 0 ? 48 : 80,
                                          .color = (look & 4) != 0,
                                          .ascii = (look & 8) != 0,
                                          .raw_numbers = (look & 16) != 0,
                                          .language = language_,
                                          .verbosity = verbosity});
  }
  void draw(const Observation& seen) {
    for (Ladders& ladders : ladders_) ladders.draw(seen);
    std::string kept, anew;
    kept_.append(kept, seen);
    anew_.append(anew, seen);
    if (kept != anew) std::abort();
    must_be_printable(kept);
  }
  void draw(const StreamSummary& ended) {
    for (Ladders& ladders : ladders_) ladders.draw(ended);
    must_be_printable(to_json(ended));
  }
  void draw(const UnfinishedPacket& packet) const { must_be_printable(to_json(packet, sentence(packet, language_))); }

 private:
  Language language_;
  std::vector<Ladders> ladders_;
  PacketJson kept_{language_}, anew_{language_, false};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  Screen screen(data[0] / static_cast<unsigned>(link_types.size()));
  Observer observer([&](const StreamSummary& ended) { screen.draw(ended); }, {.conversations = 4},
                    [&](const UnfinishedPacket& packet) { screen.draw(packet); });
  std::uint64_t frame = 0;
  for (std::size_t at = 1; at + 2 <= size;) {
    const std::size_t length = std::min<std::size_t>(data[at] * 256u + data[at + 1], size - at - 2);
    const Packet packet{.frame = ++frame,
                        .time = Time(std::chrono::seconds(1'700'000'000 + frame * frame)),
                        .link_type = link_types[data[0] % link_types.size()],
                        .bytes = std::as_bytes(std::span(data + at + 2, length)),
                        .original_length = static_cast<std::uint32_t>(length)};
    screen.draw(observer.observe(packet, decode(packet)));
    at += 2 + length;
  }
  observer.finish();
  return 0;
}
