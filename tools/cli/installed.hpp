// The toolkit has one name where it is installed: `echolab capture` starts capture, and tools/shell is `echolab shell`.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace echolab::cli {

/// Whether a program was started so: as_started's "echolab capture", or "/usr/bin/echolab capture".
bool is_installed_name(std::string_view started);

/// The command for a program beside: "build/bin/tcp_server" beside "build/bin/tcp_client", "echolab tcp_server" beside
/// "echolab tcp_client".
std::string beside(const std::string& started, std::string_view name);

/// Gives the app the name "echolab NAME", and the commands in its footers likewise.
void call_as_installed(CLI::App& app);

}  // namespace echolab::cli
