#include "capture/program/sniff.hpp"

#include <algorithm>

#include "capture/decode/decode.hpp"
#include "capture/track/observer.hpp"

namespace echolab::capture {
namespace {

class Sniffing {
 public:
  Sniffing(PacketSource& source, RotatedWriter* writer, const SniffOptions& options, Display& display,
           const SniffHooks& hooks)
      : source_(source),
        writer_(writer),
        most_(options.most_packets),
        by_end_(options.by_end),
        selection_(options.wanted, options.by_end),
        display_(display),
        hooks_(hooks),
        observer_([this](const StreamSummary& stream) { take(stream); }, {.tells_at_end = options.at_end},
                  [this](const UnfinishedPacket& packet) { take(packet); }) {
    if (!selection_.everything()) summary_.shown = 0;
    summary_.live = source.live();
  }

  SniffResult run() {
    begin();
    while (!over() && !hooks_.stop_requested()) {
      auto packet = source_.ready();
      if (!packet && source_.live()) {  // nobody waits for what there is to see
        flush();
        packet = source_.next();
      }
      if (packet)
        take(*packet);
      else if (!source_.live() || source_.error())
        break;
    }
    drain();
    finish();
    return result_;
  }

 private:
  /// Whoever watches sees at once that it does.
  void begin() {
    result_.matched = selection_.everything();
    if (!source_.live()) return;
    display_.begin(text_);
    print();
    flush();
  }

  bool over() const {
    const bool full = writer_ != nullptr && writer_->is_complete();
    return full || result_.error || result_.output_lost || (most_ != 0 && summary_.packets >= most_);
  }

  void take(const Packet& packet) {
    if (writer_ != nullptr) result_.error = writer_->write(packet);
    if (over()) return;
    if (summary_.packets == 0) display_.begin_at(packet.time);
    if (!source_.live())  // a live clock may step; a file that jumps has been joined or damaged
      for (const Oddity oddity : oddities_.first_seen(packet)) hooks_.remark(oddity, packet.frame);
    seen_.packet = packet;
    seen_.decoded = decode(packet);
    summary_.count(seen_.decoded);
    observer_.observe(seen_);
    count_stream();
    if (!selection_.takes(seen_)) return;
    result_.matched |= !by_end_;
    if (summary_.shown) ++*summary_.shown;
    summary_.count(seen_.notes);
    display_.packet(text_, seen_);
    print();
  }

  void take(const StreamSummary& stream) {
    if (!selection_.takes(stream)) return;
    result_.matched = true;
    summary_.stays.add(stream);
    display_.stream(text_, stream);
    print();
  }

  void count_stream() {
    if (!seen_.stream) return;
    auto& count = seen_.stream->protocol == Protocol::tcp ? result_.tcp_streams : result_.udp_streams;
    count = std::max(count, seen_.stream->number + 1);
  }

  /// It is of no conversation: it is shown where its fragments are.
  void take(const UnfinishedPacket& packet) {
    if (!selection_.takes(packet)) return;
    result_.matched = true;
    summary_.count(packet);
    display_.unfinished(text_, packet);
    print();
  }

  void drain() {
    if (!source_.live() || result_.output_lost) return;
    source_.stop();
    while (!over()) {
      const auto packet = source_.next();
      if (!packet) break;
      take(*packet);
    }
  }

  void finish() {
    observer_.finish();
    summary_.let_go_early = observer_.let_go_early(), summary_.after_end = observer_.after_end();
    const FileCounts counts = final_counts();
    summary_.received = counts.received, summary_.dropped = counts.dropped, summary_.unfiltered = counts.unfiltered;
    display_.summary(text_, summary_);
    print();
    flush();
    if (writer_ != nullptr)
      if (auto error = writer_->close(counts); error && !result_.error) result_.error = error;
    if (!result_.error) result_.error = source_.error();
  }

  /// What a file that is written now may tell, too.
  FileCounts final_counts() const {
    if (!source_.live()) return source_.file_counts();
    const SourceCounts counts = source_.counts();
    return {.received = counts.received, .dropped = counts.dropped};
  }

  void print() {
    if (!result_.output_lost && !text_.empty()) result_.output_lost = !hooks_.print(text_);
    text_.clear();
  }

  /// Live output is seen before the next packet is waited for, and the file on disk keeps up with the screen.
  void flush() {
    if (!result_.output_lost) result_.output_lost = !hooks_.flush();
    if (writer_ != nullptr && !result_.error) result_.error = writer_->flush();
  }

  PacketSource& source_;
  RotatedWriter* writer_;
  std::uint64_t most_;
  bool by_end_;
  Selection selection_;
  Display& display_;
  const SniffHooks& hooks_;
  std::string text_;  // what is to be printed next
  CaptureSummary summary_;
  SniffResult result_;
  Oddities oddities_;
  Observer observer_;
  Observation seen_;  // of the latest packet; its room is used again
};

}  // namespace

SniffResult sniff(PacketSource& source, RotatedWriter* writer, const SniffOptions& options, Display& display,
                  const SniffHooks& hooks) {
  return Sniffing(source, writer, options, display, hooks).run();
}

}  // namespace echolab::capture
