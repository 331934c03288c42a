// The echo programs as a test runs them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace echolab::test {

inline std::string program(const std::string& name) { return std::string(ECHOLAB_BIN_DIR "/") + name; }

inline std::vector<std::string> command(const std::string& name, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program(name));
  return arguments;
}

inline std::vector<std::string> quiet(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--log", "off", "--states", "off"});
  return arguments;
}

/// Runs a program to its end.
inline Ended run(const std::string& name, std::vector<std::string> arguments, std::string input = {}) {
  return Process(command(name, std::move(arguments)), std::move(input)).wait();
}

/// A server on a port that the kernel has chosen.
class Server {
 public:
  explicit Server(const std::string& name, std::vector<std::string> arguments = quiet({}))
      : process_(started(name, arguments)) {
    std::string said = process_.wait_for("listening on ");
    said.erase(0, said.find("listening on "));
    said.erase(said.find('\n'));
    port_ = said.substr(said.find_last_of(':') + 1);
    host_ = said.find('[') != std::string::npos ? "::1" : "127.0.0.1";
  }

  const std::string& port() const { return port_; }
  Process& process() { return process_; }

  /// A client of this server, quiet unless told.
  std::vector<std::string> client(const std::string& name, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {host_, "--port", port_});
    return command(name, std::move(arguments));
  }
  Ended ask(const std::string& name, std::vector<std::string> arguments, std::string input = {}) const {
    return Process(client(name, quiet(std::move(arguments))), std::move(input)).wait();
  }

 private:
  static std::vector<std::string> started(const std::string& name, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--port", "0"});
    return command(name, std::move(arguments));
  }
  Process process_;
  std::string port_, host_;
};

}  // namespace echolab::test
