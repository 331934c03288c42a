// What is told of a packet, in each language.
#pragma once

#include "capture/explain/explain.hpp"

namespace echolab::capture {

inline Annotation in_english(const Observation& seen) { return explain(seen, Language::en); }
inline Annotation in_korean(const Observation& seen) { return explain(seen, Language::ko); }

}  // namespace echolab::capture
