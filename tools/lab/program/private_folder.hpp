#pragma once

#include <string>

#include "net/text.hpp"

namespace echolab::lab {

/// A folder that only this user can reach, made if need be: the one that private_directory of tools/lib.sh names.
/// Throws std::runtime_error, in that language, where there is none.
std::string private_folder(Language lang);

}  // namespace echolab::lab
