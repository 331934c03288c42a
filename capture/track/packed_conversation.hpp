// A TCP conversation that rests, in some 100 to 300 bytes in place of 1,500: nothing of it is lost, so a packet that
// comes late finds it as it was.
#pragma once

#include <cstddef>
#include <memory>

#include "capture/track/conversation.hpp"

namespace echolab::capture {

class PackedConversation {
 public:
  PackedConversation() = default;
  explicit PackedConversation(TcpConversation& conversation);
  std::unique_ptr<TcpConversation> unpack() const;

  /// What can be told of it as it lies there.
  TcpConversation::Origin origin() const;
  bool over() const;
  /// It never got beyond a SYN.
  bool embryonic() const;
  Time last() const;

 private:
  std::unique_ptr<std::byte[]> bytes_;
};

}  // namespace echolab::capture
