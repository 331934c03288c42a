// The words for how a conversation went, which the ladder's last line and the table of conversations share.
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

/// How the stream went, in a sentence or two; `client` and `server` are the ends' addresses as they are to be shown.
std::string course(const StreamSummary& summary, std::string_view client, std::string_view server, Language language);

}  // namespace echolab::capture
