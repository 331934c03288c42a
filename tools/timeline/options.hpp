// What a program wants told of itself, as plain values.
#pragma once

#include <cstdint>

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
  net::Language language = net::Language::en;
  bool calls = true;  // tell the socket calls
  States states = States::automatic;
  bool json = false;  // one object a line
  bool ascii = false;
  bool color = false;
  int columns = 80;
  int log_fd = 2;  // where the story goes
};

}  // namespace echolab::timeline
