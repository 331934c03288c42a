#include "tools/session/json_object.hpp"

#include <set>
#include <vector>

namespace echolab::session {

using nlohmann::json;

std::optional<json> read_object(std::string_view text) {
  std::vector<std::set<std::string>> names;  // of the objects that are open
  bool twice = false;
  const auto watch = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(value.get_ref<const std::string&>()).second)
      twice = true;
    return true;
  };
  json read = json::parse(text, watch, false);  // false: no exceptions, `read` is discarded instead
  if (!read.is_object() || twice) return std::nullopt;
  return read;
}

const json* member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string text_of(const json& object, const char* name) {
  const json* found = member(object, name);
  return found != nullptr && found->is_string() ? found->get_ref<const std::string&>() : std::string();
}

}  // namespace echolab::session
