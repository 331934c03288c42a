#include "capture/program/display.hpp"

#include <algorithm>

#include "capture/render/json.hpp"
#include "capture/render/stream_table.hpp"

namespace echolab::capture {
namespace {

constexpr int narrowest = 40, widest_text = 140;

class TextDisplay : public Display {
 public:
  explicit TextDisplay(const LadderOptions& options)
      : language_(options.language), columns_(std::max(options.columns, narrowest)), ladder_(options) {}

  std::string packet(const Observation& seen) override { return ladder_.line(seen, explain(seen, language_)); }
  std::string stream(const StreamSummary& stream) override { return ladder_.stream_line(stream); }
  std::string summary(const CaptureSummary& summary) override { return to_text(summary, language_, columns_); }

 private:
  Language language_;
  int columns_;
  Ladder ladder_;
};

class JsonDisplay : public Display {
 public:
  JsonDisplay(Language language, bool raw_numbers) : language_(language), raw_numbers_(raw_numbers) {}

  std::string packet(const Observation& seen) override {
    return to_json(seen, explain(seen, language_), raw_numbers_) + '\n';
  }
  std::string stream(const StreamSummary& stream) override { return to_json(stream) + '\n'; }
  std::string unfinished(const UnfinishedPacket& packet) override {
    return to_json(packet, explain(packet, language_)) + '\n';
  }
  std::string summary(const CaptureSummary& summary) override { return to_json(summary) + '\n'; }

 private:
  Language language_;
  bool raw_numbers_;
};

/// A row a conversation; single packets are not even put into words.
class SummaryDisplay : public Display {
 public:
  explicit SummaryDisplay(const LadderOptions& options)
      : language_(options.language),
        columns_(std::max(options.columns, narrowest)),
        table_({.columns = columns_, .language = options.language}) {}

  std::string packet(const Observation&) override { return {}; }
  std::string stream(const StreamSummary& stream) override { return table_.row(stream); }
  std::string summary(const CaptureSummary& summary) override {
    return table_.totals(summary) + to_text(summary, language_, std::min(columns_, widest_text));
  }

 private:
  Language language_;
  int columns_;
  StreamTable table_;
};

}  // namespace

std::unique_ptr<Display> make_display(const ProgramOptions& options, const LadderOptions& ladder) {
  if (options.format == Format::json) return std::make_unique<JsonDisplay>(ladder.language, options.raw_numbers);
  if (options.format == Format::summary) return std::make_unique<SummaryDisplay>(ladder);
  return std::make_unique<TextDisplay>(ladder);
}

}  // namespace echolab::capture
