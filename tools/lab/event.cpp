#include "tools/lab/event.hpp"

#include <array>

namespace echolab::lab {

std::string_view to_string(Fate fate) {
  static constexpr std::array<std::string_view, 6> names{"held",    "delivered", "dropped",
                                                         "doubled", "delayed",   "corrupted"};
  return names[static_cast<std::size_t>(fate)];
}

std::string_view to_string(Difference difference) {
  static constexpr std::array<std::string_view, 4> names{"none", "no_listener", "gave_up", "unnamed"};
  return names[static_cast<std::size_t>(difference)];
}

}  // namespace echolab::lab
