// Where the observations go: the ladder or a table for people, JSON for programs. All are text for the standard output.
#pragma once

#include <memory>
#include <string>

#include "capture/program/options.hpp"
#include "capture/render/summary.hpp"
#include "capture/render/text.hpp"

namespace echolab::capture {

class Display {
 public:
  virtual ~Display() = default;
  virtual std::string packet(const Observation& observation) = 0;
  virtual std::string stream(const StreamSummary& stream) = 0;
  /// A fragmented packet that never became whole. People read of the first ones in the summary.
  virtual std::string unfinished(const UnfinishedPacket&) { return {}; }
  virtual std::string summary(const CaptureSummary& summary) = 0;
};

std::unique_ptr<Display> make_display(const ProgramOptions& options, const LadderOptions& ladder);

}  // namespace echolab::capture
