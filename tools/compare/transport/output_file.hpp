// A file that the program writes.
#pragma once

#include <string>

#include "net/file_descriptor.hpp"

namespace echolab::compare {

/// Makes or empties it. As root no symbolic link is followed: it may lead anywhere, and whoever may write to the folder
/// has made it. Throws net::CallError: ELOOP where it is one.
net::FileDescriptor open_output(const std::string& path);

}  // namespace echolab::compare
