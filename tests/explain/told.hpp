// What is told of a packet, in each language.
#pragma once

#include "capture/render/annotation.hpp"

namespace echolab::capture {

inline Annotation in_english(const Observation& seen) { return annotate(seen, Language::en); }
inline Annotation in_korean(const Observation& seen) { return annotate(seen, Language::ko); }

}  // namespace echolab::capture
