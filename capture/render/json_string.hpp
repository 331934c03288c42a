// The buffer that JSON is written into, and a string in it.
#pragma once

#include <fmt/compile.h>
#include <fmt/format.h>

#include <string_view>

namespace echolab::capture {

using JsonBuffer = fmt::basic_memory_buffer<char, 1024>;

inline void append(JsonBuffer& out, std::string_view text) { out.append(text.data(), text.data() + text.size()); }

/// `format` is FMT_COMPILE("..."): parsed by the compiler, once, and not for every packet.
template <class Format, class... Args>
requires fmt::detail::is_compiled_string<Format>::value void append(JsonBuffer& out, const Format& format,
                                                                    Args&&... args) {
  fmt::format_to(fmt::appender(out), format, std::forward<Args>(args)...);
}

/// See json_string() in json.hpp.
void append_json_string(JsonBuffer& out, std::string_view text);

}  // namespace echolab::capture
