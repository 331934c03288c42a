// A BPF filter for packets of several link types: it is compiled for each of them. Private to capture/source.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "capture/source/packet_source.hpp"

struct bpf_program;

namespace echolab::capture {

class LinkFilter {
 public:
  /// An empty expression takes everything.
  explicit LinkFilter(std::string expression) : expression_(std::move(expression)) {}

  /// Why packets of this link type cannot be filtered, if they cannot.
  std::optional<SourceError> prepare(LinkType link_type);

  enum class Verdict { takes, leaves_out, means_nothing };  // the last: for this link type it does not compile
  Verdict operator()(const Packet& packet);

 private:
  struct Freer {
    void operator()(bpf_program* program) const;
  };
  std::string expression_;
  std::map<LinkType, std::unique_ptr<bpf_program, Freer>> programs_;  // nullptr: it does not compile
};

}  // namespace echolab::capture
