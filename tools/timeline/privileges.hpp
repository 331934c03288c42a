// A program that reads what strangers send must not be able to do more than that.
#pragma once

namespace echolab::timeline {

/// Gives up every capability for good: effective, permitted, inheritable, ambient, and the bounding set where that is allowed.
/// Call it before the first thread starts: capabilities belong to threads. Throws net::CallError.
void drop_privileges();

}  // namespace echolab::timeline
