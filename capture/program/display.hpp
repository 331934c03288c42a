// Where the observations go: the ladder or a table for people, JSON for programs. All append text for the standard
// output.
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
  /// Live, before the first packet.
  virtual void begin(std::string&) {}
  /// The first packet's time, whether it is shown or not.
  virtual void begin_at(Time) {}
  virtual void packet(std::string& out, const Observation& seen) = 0;
  virtual void stream(std::string& out, const StreamSummary& stream) = 0;
  /// A fragmented packet that never became whole. People read of the first ones in the summary.
  virtual void unfinished(std::string&, const UnfinishedPacket&) {}
  virtual void summary(std::string& out, const CaptureSummary& summary) = 0;
};

std::unique_ptr<Display> make_display(const ProgramOptions& options, const LadderOptions& ladder);

}  // namespace echolab::capture
