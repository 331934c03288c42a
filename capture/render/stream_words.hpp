// The words of the table of conversations for how one went.
#pragma once

#include <string>
#include <string_view>

#include "capture/track/observation.hpp"
#include "net/text.hpp"

namespace echolab::capture {

std::string_view handshake_word(StreamSummary::Handshake handshake, Language language);
std::string_view side_word(Side side, Language language);
/// "TIME_WAIT", "CLOSED?" where it is assumed.
std::string marked(State state, Certainty certainty);
/// "client FIN", "server RST"; "-" where nobody has closed it.
std::string closed_by(const StreamSummary& stream, Language language);

}  // namespace echolab::capture
