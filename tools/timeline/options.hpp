// What a program wants told of itself, as plain values.
#pragma once

#include <cstdint>
#include <string>

#include "net/text.hpp"

namespace echolab::timeline {

enum class Role : std::uint8_t { client, server };
enum class Protocol : std::uint8_t { tcp, udp };
enum class States : std::uint8_t {
  automatic,  // from packets; where capturing is not allowed, from the kernel, and say so
  on,         // from packets, or not at all
  off,
};

struct Options {
  Role role = Role::client;
  Protocol protocol = Protocol::tcp;
  Language language = Language::en;
  Verbosity verbosity = Verbosity::usual;  // of packets
  bool calls = true;                       // tell the socket calls
  States states = States::automatic;
  bool json = false;  // one object a line
  bool ascii = false;
  bool color = false;
  int columns = 80;
  int log_fd = 2;  // where the story goes
  // Where sentences outside of the story are broken, in the log and on stdout; 0: nowhere, a program may read them.
  int log_line = 0, out_line = 0;
  std::string started;  // the program as a command to copy
};

}  // namespace echolab::timeline
