// The word that was probably meant, for one that was mistyped.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace echolab::cli {

/// How many letters must be put in, taken out, exchanged, or change places with their neighbour to turn one word into
/// the other (the optimal string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `names`, the first of several; "" where none is near: a slip in three letters, at most two in all.
/// Capitals are as good as small letters.
std::string near_miss(std::string_view given, std::span<const std::string> names);

}  // namespace echolab::cli
