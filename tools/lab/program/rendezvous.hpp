// Where the terminals of one user find their lab: a file in a folder that only they can reach. Its lock is held as long
// as the lab lives, so that a file that was left behind is known as such.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "net/file_descriptor.hpp"
#include "net/text.hpp"
#include "tools/lab/host/network.hpp"

namespace echolab::lab {

class Rendezvous {
 public:
  /// Opens the file. Throws net::CallError; std::runtime_error, in that language, where the folder is not ours alone.
  explicit Rendezvous(Language lang);

  /// Whether this process now holds the place: no lab is running. Else one is.
  bool take_place();
  /// For those who come later: this process is the lab, and these are its hosts. To be called inside.
  void announce(const Network& network) const;

  /// Runs the program on a host of the lab that is running, in this terminal, if it is ours to give; its exit status,
  /// 128 + n where signal n ended it. nullopt: the lab ended meanwhile.
  std::optional<int> join(Host host, const std::vector<std::string>& words,
                          const std::vector<std::string>& environment) const;

 private:
  struct Place {
    pid_t lab = 0;
    int namespaces[2] = {-1, -1};  // numbers of the lab's descriptors
  };
  std::optional<Place> read() const;

  Language lang_;
  net::FileDescriptor file_;
};

}  // namespace echolab::lab
