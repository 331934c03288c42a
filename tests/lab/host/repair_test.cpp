// What `capture` infers from the file that the wire wrote, held against what the wire did: of the packets that were
// dropped each that TCP repaired is named as never delivered, and no other packet is.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "capture/track/seq_num.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using Frames = std::set<std::uint64_t>;

/// A frame of the file, and what the wire did to it.
struct Passed {
  Endpoint source;
  SeqNum begin, end;
  std::optional<std::uint32_t> timestamp;
  bool dropped = false;

  bool sends_again(const Passed& lost) const {
    const bool overlaps = begin.before(lost.end) && lost.begin.before(end);
    const bool was_held_back = timestamp && lost.timestamp && !SeqNum(*lost.timestamp).before(SeqNum(*timestamp));
    return !dropped && source == lost.source && overlaps && !was_held_back;
  }
};

struct Story {
  std::vector<Passed> frames;
  Frames named;

  Frames dropped() const {
    Frames numbers;
    for (std::size_t i = 0; i < frames.size(); ++i)
      if (frames[i].dropped) numbers.insert(i + 1);
    return numbers;
  }
  /// Those that a later packet, which arrived, has made good.
  Frames repaired() const {
    Frames numbers;
    for (std::size_t i = 0; i < frames.size(); ++i)
      for (std::size_t j = i + 1; j < frames.size() && frames[i].dropped; ++j)
        if (frames[j].sends_again(frames[i])) numbers.insert(i + 1);
    return numbers;
  }
};

/// For each frame that went or was lost, in the order of the file, whether it was lost.
std::vector<bool> fates(const std::string& lines) {
  std::vector<bool> lost;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_discarded() || event.value("kind", "") != "wire") continue;
    const std::string fate = event["event"];
    if (fate != "held" && fate != "delayed") lost.push_back(fate == "dropped");
  }
  return lost;
}

Story read(const std::string& path, const std::vector<bool>& lost) {
  Story story;
  auto opened = PacketSource::open_file(path, "");
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) return story;
  Observer observer;
  while (const auto packet = source->next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const auto* segment = std::get_if<Segment>(&seen.decoded);
    if (segment == nullptr || packet->frame > lost.size()) return {};
    const SeqNum begin(segment->seq);
    story.frames.push_back({segment->source, begin, begin + segment->sequence_length(),
                            segment->options.timestamp_value, lost[packet->frame - 1]});
    for (const std::uint64_t frame : frames_of<finding::NeverDelivered>(seen.tcp->findings)) story.named.insert(frame);
    for (const std::uint64_t frame : frames_of<finding::ArrivedAfterAll>(seen.tcp->findings)) story.named.erase(frame);
  }
  return story.frames.size() == lost.size() ? story : Story{};
}

std::string without(const Frames& all, const Frames& some) {
  std::vector<std::uint64_t> rest;
  std::ranges::set_difference(all, some, std::back_inserter(rest));
  return fmt::format("{}", fmt::join(rest, " "));
}

/// Empty: the names are right.
std::string mistakes(const Story& story) {
  if (story.frames.empty()) return "no story";
  const std::string needless = without(story.named, story.dropped()), missing = without(story.repaired(), story.named);
  return needless.empty() && missing.empty() ? "" : fmt::format("named: {}; not named: {}", needless, missing);
}

/// `lab run` of one of the scenarios beside this file, written to a file.
class LabRun {
 public:
  LabRun(const std::string& scenario, int seed, const std::string& rule, const TemporaryFolder& folder)
      : path_(folder.file(fmt::format("{}.pcap", seed))), lab_(words(scenario, seed, rule, path_)) {}

  Ended wait() { return lab_.wait(std::chrono::seconds(120)); }
  const std::string& path() const { return path_; }

 private:
  static std::vector<std::string> words(const std::string& scenario, int seed, const std::string& rule,
                                        const std::string& path) {
    std::vector<std::string> arguments{"run",
                                       "--scenario",
                                       ECHOLAB_SOURCE_DIR "/tests/lab/host/" + scenario,
                                       "--seed",
                                       std::to_string(seed),
                                       "--format",
                                       "json",
                                       "-w",
                                       path};
    if (!rule.empty()) arguments.insert(arguments.end(), {"--rule", rule});
    return command("lab", arguments);
  }

  std::string path_;
  Process lab_;
};

/// One rule more for each seed, in turn.
std::string rule_of(int seed) {
  static const std::vector<std::string> rules{
      "", "duplicate 5%", "reorder 5%", "delay client DATA 3 300ms", "swap server DATA 2", "double client DATA 2"};
  return rules[static_cast<std::size_t>(seed) % rules.size()];
}

void prepare() {
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // of programs in the lab: see tests/CMakeLists.txt
  const std::string path = std::getenv("PATH") ? std::getenv("PATH") : "/usr/bin:/bin";
  if (!path.starts_with(ECHOLAB_BIN_DIR)) ::setenv("PATH", (ECHOLAB_BIN_DIR ":" + path).c_str(), 1);
}

// Where neither a timestamp nor a report tells which copy an ACK answers, time decides; a busy machine holds frames
// back. Who fails is tried again, alone, on a quieter line: a wrong rule fails each time.
TEST(Repair, NamesWhatTheWireDroppedAndTcpRepairedAndNothingElse) {
  constexpr int seeds = 50, tries = 5;
  prepare();
  const TemporaryFolder folder;
  std::vector<int> left(seeds);
  for (int seed = 0; seed < seeds; ++seed) left[static_cast<std::size_t>(seed)] = seed + 1;
  std::map<int, std::string> wrong;
  std::size_t repaired = 0;
  for (int attempt = 0; attempt < tries && !left.empty(); ++attempt) {
    const std::size_t at_a_time = attempt == 0 ? 6 : 1;
    std::vector<int> again;
    for (std::size_t first = 0; first < left.size(); first += at_a_time) {
      std::map<int, std::unique_ptr<LabRun>> running;
      for (std::size_t i = first; i < std::min(first + at_a_time, left.size()); ++i)
        running.emplace(left[i], std::make_unique<LabRun>("repair.toml", left[i], rule_of(left[i]), folder));
      for (auto& [seed, run] : running) {
        const Ended ended = run->wait();
        if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
        EXPECT_EQ(ended.status, 0) << "seed " << seed << ": " << ended.err;
        const Story story = read(run->path(), fates(ended.out));
        repaired += story.repaired().size();
        wrong[seed] = mistakes(story);
        if (!wrong[seed].empty()) again.push_back(seed);
      }
    }
    left = again;
  }
  for (const int seed : left) ADD_FAILURE() << "seed " << seed << ": " << wrong[seed];
  EXPECT_GT(repaired, 100u) << "a line that loses nothing teaches nothing";
}

/// RetransSegs of both kernels (/proc/net/snmp), as the hosts' programs printed the line: its 12th number.
std::map<std::string, std::uint64_t> kernel_counts(const std::string& lines) {
  std::map<std::string, std::uint64_t> counts;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_discarded() || event.value("kind", "") != "output") continue;
    std::istringstream words(event.value("text", event.value("line", "")));
    std::string word;
    words >> word;
    std::vector<std::uint64_t> numbers;
    for (std::int64_t number = 0; words >> number;) numbers.push_back(static_cast<std::uint64_t>(number));
    constexpr std::size_t retransmitted = 11;
    if (word == "Tcp:" && numbers.size() > retransmitted) counts[event.value("role", "")] = numbers[retransmitted];
  }
  return counts;
}

std::map<std::string, std::uint64_t> our_counts(const std::string& path) {
  std::map<std::string, std::uint64_t> counts;
  auto opened = PacketSource::open_file(path, "");
  auto& source = std::get<PacketSource>(opened);
  Observer observer([&](const StreamSummary& stream) {
    if (stream.protocol != Protocol::tcp) return;
    counts["client"] += stream.retransmissions_client;
    counts["server"] += stream.retransmissions_server;
  });
  while (const auto packet = source.next()) observer.observe(*packet, decode(*packet));
  observer.finish();
  return counts;
}

TEST(Retransmissions, AreAsManyAsTheKernelsThemselvesHaveCounted) {
  prepare();
  constexpr int seeds = 12, tries = 3;
  const TemporaryFolder folder;
  for (int seed = 1; seed <= seeds; ++seed) {
    std::map<std::string, std::uint64_t> kernels, ours;
    for (int attempt = 0; attempt < tries && (attempt == 0 || kernels != ours); ++attempt) {
      LabRun run("retransmissions.toml", seed, "", folder);
      const Ended ended = run.wait();
      if (ended.status == 3) GTEST_SKIP() << "no namespace for a lab here: " << ended.err;
      ASSERT_EQ(ended.status, 0) << ended.err;
      kernels = kernel_counts(ended.out), ours = our_counts(run.path());
      ASSERT_EQ(kernels.size(), 2u) << ended.out;
    }
    EXPECT_EQ(ours, kernels) << "seed " << seed;
  }
}

}  // namespace
}  // namespace echolab::test
