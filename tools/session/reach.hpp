// A UDP source address is only a claim: an answer may go to somebody who has never asked, and a large one is a weapon.
// So an answer is at most three times its request, until the address has shown that it receives what is sent there: it
// asks with a credential that was sent to it, and to nobody else. Over TCP the handshake has shown it.
#pragma once

#include <array>
#include <string_view>

#include "net/address.hpp"
#include "tools/session/request.hpp"
#include "tools/session/service.hpp"

namespace echolab::session {

/// The longest answer to `size` bytes from an address that has shown nothing. Where not even a NO fits, there is none.
constexpr std::size_t longest_to_a_stranger(std::size_t size) { return amplification * size; }

class Reach {
 public:
  /// The longest answer that may go to `peer` for a datagram of `size` bytes.
  std::size_t longest_answer(const net::Address& peer, const Request& request, std::size_t size);
  /// `credential` ("id=...", "token=...") was sent to `peer`.
  void sent(const net::Address& peer, std::string_view credential);

 private:
  struct Entry {
    net::Address peer;
    std::size_t credential = 0;  // its hash
    bool receives = false;
  };
  Entry& entry_of(const net::Address& peer);

  // An address that is forgotten, because another one has its place, has to pad a request again: nothing worse.
  std::array<Entry, 1024> entries_{};
};

}  // namespace echolab::session
