// A capture in short: a row a conversation as it ends, and at the end how long the states lasted and what was noted.
#pragma once

#include <string>

#include "capture/render/cells.hpp"
#include "capture/render/stamp.hpp"
#include "capture/render/summary.hpp"
#include "capture/track/observation.hpp"

namespace echolab::capture {

class StreamTable {
 public:
  struct Options {
    int columns = 80;  // of the terminal
    Language language = Language::en;
    TimeStyle times = TimeStyle::since_first;
  };
  explicit StreamTable(Options options);

  /// The time from which starts are counted. Else that is the start of the first row.
  void begin_at(Time first) { stamps_.next(first); }
  /// The columns' names, once.
  std::string head();
  /// Its row; above the first one the columns' names.
  std::string row(const StreamSummary& stream);
  /// The tables below the rows; nothing where nothing was measured or noted.
  std::string totals(const CaptureSummary& summary) const;

 private:
  std::string stays(const CaptureSummary& summary) const;
  std::string notes(const CaptureSummary& summary) const;

  Options options_;
  CellTable table_;
  Stamps stamps_;
  bool head_shown_ = false, assumed_shown_ = false;
};

}  // namespace echolab::capture
