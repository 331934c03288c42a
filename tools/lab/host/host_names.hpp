#pragma once

namespace echolab::lab {

/// From here on `client` and `server` are names of the lab's hosts, before all that the machine's /etc/hosts has: in a
/// mount namespace that this process has just entered, where it is root. A machine that forbids it has the addresses.
void name_hosts();

}  // namespace echolab::lab
