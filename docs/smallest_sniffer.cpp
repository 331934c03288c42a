// The smallest sniffer on the project's libraries: where packets come from, what is in them, which states the two ends
// are in, and a line for each. `smallest_sniffer FILE`, or without a file what passes on lo (a right is needed for
// that).
#include <iostream>
#include <variant>

#include "capture/decode/decode.hpp"
#include "capture/render/text.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"

int main(int argc, char** argv) {
  using namespace echolab::capture;
  auto opened = argc > 1 ? PacketSource::open_file(argv[1], "") : PacketSource::open_live({});
  if (const auto* error = std::get_if<SourceError>(&opened)) {
    std::cerr << error->subject << ": " << error->detail << '\n';
    return 1;
  }
  auto& source = std::get<PacketSource>(opened);
  Observer observer;
  Ladder ladder{{}};
  do {
    while (const auto packet = source.next()) {
      const auto decoded = decode(*packet);
      std::cout << ladder.line(observer.observe(*packet, decoded)) << std::flush;
    }
  } while (source.live() && !source.error());  // live, there is only none now
}
