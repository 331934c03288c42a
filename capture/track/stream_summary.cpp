#include "capture/track/stream_summary.hpp"

namespace echolab::capture {

std::string_view to_string(Side side) { return side == Side::client ? "client" : "server"; }

std::string_view to_string(StreamSummary::Handshake handshake) {
  switch (handshake) {
    case StreamSummary::Handshake::unseen: return "unseen";
    case StreamSummary::Handshake::none: return "none";
    case StreamSummary::Handshake::half: return "half";
    case StreamSummary::Handshake::complete: return "complete";
    case StreamSummary::Handshake::refused: return "refused";
  }
  return "unseen";
}

std::string_view to_string(StreamSummary::Closed closed) {
  switch (closed) {
    case StreamSummary::Closed::not_yet: return "none";
    case StreamSummary::Closed::by_fin: return "fin";
    case StreamSummary::Closed::by_rst: return "rst";
  }
  return "none";
}

}  // namespace echolab::capture
