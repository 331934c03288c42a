#include "tools/compare/transport/value.hpp"

namespace echolab::compare {

std::string_view to_string(Unit unit) {
  switch (unit) {
    case Unit::packets: return "packets";
    case Unit::bytes: return "bytes";
    case Unit::share: return "share";
    case Unit::round_trips: return "round_trips";
    case Unit::messages: return "messages";
    case Unit::milliseconds: return "ms";
    case Unit::microseconds: return "us";
    case Unit::per_second: return "per_second";
    case Unit::bytes_per_second: return "bytes_per_second";
    case Unit::sockets: return "sockets";
    case Unit::word: return "word";
  }
  return "";
}

std::optional<double> number(const Value& value) {
  if (const auto* found = std::get_if<double>(&value)) return *found;
  return std::nullopt;
}

}  // namespace echolab::compare
