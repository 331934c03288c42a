#include "capture/render/stream_words.hpp"

#include <fmt/format.h>

#include "capture/render/words.hpp"

namespace echolab::capture {

std::string_view handshake_word(StreamSummary::Handshake handshake, Language language) {
  switch (handshake) {
    case StreamSummary::Handshake::unseen: return words::handshake_unseen.in(language);
    case StreamSummary::Handshake::none: return words::handshake_none.in(language);
    case StreamSummary::Handshake::half: return words::handshake_half.in(language);
    case StreamSummary::Handshake::complete: return words::handshake_complete.in(language);
    case StreamSummary::Handshake::refused: return words::handshake_refused.in(language);
  }
  return {};
}

std::string_view side_word(Side side, Language language) {
  return (side == Side::client ? words::client_side : words::server_side).in(language);
}

std::string marked(State state, Certainty certainty) {
  return fmt::format("{}{}", to_string(state), certainty == Certainty::assumed ? "?" : "");
}

std::string closed_by(const StreamSummary& stream, Language language) {
  if (stream.closed == StreamSummary::Closed::not_yet) return "-";
  if (stream.closed_at_once) return fmt::format("{} FIN", words::both_sides.in(language));
  return fmt::format("{} {}", side_word(stream.closed_by, language),
                     stream.closed == StreamSummary::Closed::by_fin ? "FIN" : "RST");
}

}  // namespace echolab::capture
