// The buffer that JSON is written into, and a string in it.
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace echolab::capture {

using JsonBuffer = fmt::basic_memory_buffer<char, 1024>;

inline void append(JsonBuffer& out, std::string_view text) { out.append(text.data(), text.data() + text.size()); }

template <class... Args>
void append(JsonBuffer& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(fmt::appender(out), format, std::forward<Args>(args)...);
}

/// See json_string() in json.hpp.
void append_json_string(JsonBuffer& out, std::string_view text);

}  // namespace echolab::capture
