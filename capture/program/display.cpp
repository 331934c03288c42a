#include "capture/program/display.hpp"

#include <algorithm>

#include "capture/render/annotation.hpp"
#include "capture/render/json.hpp"
#include "capture/render/stream_table.hpp"

namespace echolab::capture {
namespace {

constexpr int narrowest = 40, widest_text = 140;

class TextDisplay : public Display {
 public:
  explicit TextDisplay(const LadderOptions& options)
      : language_(options.language), columns_(std::max(options.columns, narrowest)), ladder_(options) {}

  void packet(std::string& out, const Observation& seen) override { ladder_.draw(out, seen); }
  void stream(std::string& out, const StreamSummary& stream) override { ladder_.draw_end(out, stream); }
  void summary(std::string& out, const CaptureSummary& summary) override {
    out += to_text(summary, language_, columns_);
  }

 private:
  Language language_;
  int columns_;
  Ladder ladder_;
};

class JsonDisplay : public Display {
 public:
  JsonDisplay(Language language, bool raw_numbers)
      : language_(language), raw_numbers_(raw_numbers), packets_(language) {}

  void packet(std::string& out, const Observation& seen) override {
    packets_.append(out, seen, {.raw_numbers = raw_numbers_});
    out += '\n';
  }
  void stream(std::string& out, const StreamSummary& stream) override { out.append(to_json(stream)) += '\n'; }
  void unfinished(std::string& out, const UnfinishedPacket& packet) override {
    out.append(to_json(packet, sentence(packet, language_))) += '\n';
  }
  void summary(std::string& out, const CaptureSummary& summary) override { out.append(to_json(summary)) += '\n'; }

 private:
  Language language_;
  bool raw_numbers_;
  PacketJson packets_;
};

/// A row a conversation; single packets are not even put into words.
class SummaryDisplay : public Display {
 public:
  explicit SummaryDisplay(const LadderOptions& options)
      : language_(options.language),
        columns_(std::max(options.columns, narrowest)),
        table_({.columns = columns_, .language = options.language, .times = options.times}) {}

  void begin(std::string& out) override { out += table_.head(); }
  void begin_at(Time first) override { table_.begin_at(first); }
  void packet(std::string&, const Observation&) override {}
  void stream(std::string& out, const StreamSummary& stream) override { out += table_.row(stream); }
  void summary(std::string& out, const CaptureSummary& summary) override {
    out.append(table_.totals(summary)).append(to_text(summary, language_, std::min(columns_, widest_text)));
  }

 private:
  Language language_;
  int columns_;
  StreamTable table_;
};

/// Keeps the conversations back until the end, and shows the first ones of an order.
class SortedDisplay : public Display {
 public:
  SortedDisplay(std::unique_ptr<Display> display, Measure measure, std::size_t most)
      : display_(std::move(display)), top_(measure, most) {}

  void begin(std::string& out) override { display_->begin(out); }
  void begin_at(Time first) override { display_->begin_at(first); }
  void packet(std::string& out, const Observation& seen) override { display_->packet(out, seen); }
  void stream(std::string&, const StreamSummary& stream) override { top_.add(stream); }
  void unfinished(std::string& out, const UnfinishedPacket& packet) override { display_->unfinished(out, packet); }
  void summary(std::string& out, const CaptureSummary& summary) override {
    CaptureSummary whole = summary;
    whole.left_out = top_.left_out();
    for (const StreamSummary& stream : top_.take()) display_->stream(out, stream);
    display_->summary(out, whole);
  }

 private:
  std::unique_ptr<Display> display_;
  TopStreams top_;
};

std::unique_ptr<Display> unsorted(const ProgramOptions& options, const LadderOptions& ladder) {
  if (options.format == Format::json) return std::make_unique<JsonDisplay>(ladder.language, options.raw_numbers);
  if (options.format == Format::summary) return std::make_unique<SummaryDisplay>(ladder);
  return std::make_unique<TextDisplay>(ladder);
}

}  // namespace

std::unique_ptr<Display> make_display(const ProgramOptions& options, const LadderOptions& ladder) {
  auto display = unsorted(options, ladder);
  if (!options.sort) return display;
  return std::make_unique<SortedDisplay>(std::move(display), *options.sort, options.top());
}

}  // namespace echolab::capture
