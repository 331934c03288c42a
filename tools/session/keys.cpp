#include "tools/session/keys.hpp"

#include <algorithm>

#include "tools/session/random_id.hpp"
#include "tools/session/request.hpp"

namespace echolab::session {

Keys Keys::for_this_run() {
  Keys keys;
  keys.add("this-run", random_bytes(smallest));
  return keys;
}

bool Keys::add(std::string_view kid, std::string_view key) {
  if (!is_name(kid) || named(kid) != nullptr || key.size() < smallest || keys_.size() == most) return false;
  keys_.push_back({std::string(kid), Hmac(key)});
  return true;
}

const Keys::Key* Keys::named(std::string_view kid) const {
  const auto found = std::ranges::find(keys_, kid, &Key::kid);
  return found == keys_.end() ? nullptr : &*found;
}

}  // namespace echolab::session
