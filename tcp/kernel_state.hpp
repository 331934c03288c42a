// What the kernel itself says of a TCP socket.
#pragma once

#include <string_view>

namespace echolab::tcp {

/// The state as TCP_INFO has it: "ESTABLISHED". Empty where the kernel does not say.
std::string_view kernel_state(int fd);

}  // namespace echolab::tcp
