// A capture told again in another way tells the same: each test is one way, and above it stands what must stay the
// same. Nobody has to know what is right for that.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "tests/judges/captures.hpp"
#include "tests/judges/retold.hpp"
#include "tests/support/echo_pair.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

struct Capture {
  std::filesystem::path file;
  Frames frames;
};

/// The readable ones of two packets at least.
std::vector<Capture> readable(const std::vector<std::filesystem::path>& files) {
  std::vector<Capture> captures;
  for (const auto& file : files)
    if (Frames frames = frames_of(file); frames.size() > 1) captures.push_back({file, std::move(frames)});
  return captures;
}

/// A hundred foreign captures: every nth by name, and so of every source about as many as it has; the first of a source
/// that this leaves out.
std::vector<Capture> a_hundred(std::vector<Capture> all) {
  constexpr std::size_t wanted = 100;
  const std::size_t nth = std::max<std::size_t>(1, all.size() / wanted);
  std::vector<Capture> chosen;
  std::map<std::string, std::size_t> first;  // of each source
  std::set<std::string> taken;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string source = all[i].file.parent_path().filename();
    first.try_emplace(source, i);
    if (i % nth != 0) continue;
    taken.insert(source);
    chosen.push_back(std::move(all[i]));
  }
  for (const auto& [source, i] : first)
    if (!taken.contains(source)) chosen.push_back(std::move(all[i]));
  return chosen;
}

class Metamorphosis : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && !has_corpus()) GTEST_SKIP() << no_corpus();
  }
  static const std::vector<Capture>& captures() {
    static const auto ours = readable(our_captures());
    static const auto foreign = has_corpus() ? a_hundred(readable(corpus_files())) : std::vector<Capture>();
    return GetParam() ? foreign : ours;
  }
  /// Those that a file can hold.
  static std::vector<const Capture*> that_fit_a_file() {
    std::vector<const Capture*> fit;
    for (const Capture& it : captures())
      if (fit_a_file(it.frames)) fit.push_back(&it);
    return fit;
  }
};

using Lines = std::vector<std::string>;

/// The first line that differs is enough.
void expect_same(const Lines& lines, const Lines& once) {
  ASSERT_EQ(lines.size(), once.size());
  for (std::size_t i = 0; i < once.size(); ++i) ASSERT_EQ(lines[i], once[i]) << "line " << i + 1;
}

void expect_same(const Told& told, const Told& once) {
  expect_same(told.packets, once.packets);
  expect_same(told.streams, once.streams);
  expect_same(told.ladder, once.ladder);
}

bool is_of(std::string_view kind, const std::string& line) {
  return line.find(fmt::format("\"kind\":\"{}\"", kind)) < 16;
}

/// The lines of packets and conversations that the program prints.
Lines lines_of_program(std::vector<std::string> arguments, std::string input = {}) {
  arguments.insert(arguments.end(), {"--format", "json", "--lang", "en"});
  std::istringstream out(run("capture", arguments, std::move(input)).out);
  Lines lines;
  for (std::string line; std::getline(out, line);)
    if (is_of("packet", line) || is_of("stream", line)) lines.push_back(line);
  return lines;
}

/// A conversation that is over long before the end is told between packets.
Lines packets_first(Lines lines) {
  std::ranges::stable_partition(lines, [](const std::string& line) { return is_of("packet", line); });
  return lines;
}
Lines packets_first(const Told& told) {
  Lines lines = told.packets;
  lines.insert(lines.end(), told.streams.begin(), told.streams.end());
  return lines;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Told twice: every line is the same. (Each observer hashes its conversations with another secret.)
TEST_P(Metamorphosis, TwiceTellsTheSame) {
  for (const Capture& it : captures()) {
    SCOPED_TRACE(corpus_name(it.file));
    for (const Language language : {Language::en, Language::ko})
      expect_same(tell(it.frames, language), tell(it.frames, language));
  }
}

// As pcapng: every line is the same.
TEST_P(Metamorphosis, PcapngTellsTheSame) {
  const TemporaryFolder folder;
  for (const Capture* it : that_fit_a_file()) {
    SCOPED_TRACE(corpus_name(it->file));
    expect_same(tell(frames_of(folder.file("a.pcapng", as_pcapng(it->frames)))), tell(uncommented(it->frames)));
  }
}

// As pcap of nanoseconds: every line is the same.
TEST_P(Metamorphosis, NanosecondsTellTheSame) {
  const TemporaryFolder folder;
  for (const Capture* it : that_fit_a_file()) {
    SCOPED_TRACE(corpus_name(it->file));
    expect_same(tell(frames_of(folder.file("a.pcap", as_nanosecond_pcap(it->frames)))), tell(uncommented(it->frames)));
  }
}

std::string without_value(const std::string& line, std::size_t place, std::string_view key) {
  if (place == line.npos) return line;  // it has none
  const auto begin = place + key.size();
  return line.substr(0, begin) + line.substr(line.find('"', begin));
}

/// A packet's line without its time.
std::string timeless(const std::string& line) {
  constexpr std::string_view key = "\"time\":\"";
  const auto place = line.find(key);
  return without_value(line, place > 64 ? line.npos : place, key);
}

/// A conversation's line without its start.
std::string startless(const std::string& line) {
  constexpr std::string_view key = "\"start\":\"";
  return without_value(line, line.find(key), key);
}

/// The ladder's lines without the heads of conversations, which have the date.
std::string headless(const std::string& drawn) {
  std::istringstream lines(drawn);
  std::string kept;
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("──")) kept += line + '\n';
  return kept;
}

Told without_clock(Told told) {
  std::ranges::transform(told.packets, told.packets.begin(), timeless);
  std::ranges::transform(told.streams, told.streams.begin(), startless);
  std::ranges::transform(told.ladder, told.ladder.begin(), headless);
  return told;
}

// Later by a month and a bit: every line is the same but for the clock's time.
TEST_P(Metamorphosis, AMonthLaterTellsTheSame) {
  for (const Capture& it : captures()) {
    SCOPED_TRACE(corpus_name(it.file));
    Frames later = it.frames;
    for (Frame& frame : later)
      if (frame.packet.has_time()) frame.packet.time += std::chrono::days(30) + std::chrono::nanoseconds(123'456'789);
    expect_same(without_clock(tell(later)), without_clock(tell(it.frames)));
  }
}

// Through a pipe into the program, and written by it with -w: its lines are the same, and so are those of what it
// wrote.
TEST_P(Metamorphosis, PipedInAndWrittenTellsTheSame) {
  const TemporaryFolder folder;
  for (const Capture* it : that_fit_a_file()) {
    SCOPED_TRACE(corpus_name(it->file));
    const std::string written = folder.file("written.pcap");
    const Lines lines = lines_of_program({"-r", "-", "-w", written}, content(it->file));
    expect_same(packets_first(lines), packets_first(tell(it->frames)));
    expect_same(tell(frames_of(written)), tell(uncommented(it->frames)));
  }
}

// Its first half alone, and the program with -c of every tenth: the lines of its packets are the same, for nothing is
// told that only a later packet shows.
TEST_P(Metamorphosis, ItsFirstHalfTellsTheSame) {
  for (std::size_t i = 0; i < captures().size(); ++i) {
    const Capture& it = captures()[i];
    SCOPED_TRACE(corpus_name(it.file));
    const std::size_t count = (it.frames.size() + 1) / 2;
    const Told half = tell(Frames(it.frames.begin(), it.frames.begin() + static_cast<std::ptrdiff_t>(count)));
    Lines packets = tell(it.frames).packets;
    packets.resize(count);
    expect_same(half.packets, packets);
    if (i % 10 == 0)
      expect_same(packets_first(lines_of_program({"-r", it.file, "-c", std::to_string(count)})), packets_first(half));
  }
}

/// What the observer makes of the frames from `first` on, each of them `copies` times.
struct Observed {
  std::vector<StreamSummary> streams;  // TCP's
  int copies = 0;                      // of TCP's packets
  std::vector<std::size_t> unnamed;    // the packets whose copy was not told to be one
};

/// What need not be named: two that take no number, with nothing in them that counts packets, are what a receiver sends
/// that misses something; and of what no receiver takes, or what an earlier connection sent, nothing is remembered.
bool may_stay_unnamed(const Observation& seen) {
  const Segment& segment = std::get<Segment>(seen.decoded);
  return (segment.sequence_length() == 0 && segment.ip.identification <= 1) ||
         seen.notes.has_any_of({Note::illegal_flags, Note::old_connection});
}

Observed observe(const Frames& frames, std::size_t first = 0, int copies = 1) {
  Observed observed;
  Observer observer([&](const StreamSummary& stream) {
    if (stream.protocol == Protocol::tcp) observed.streams.push_back(stream);
  });
  std::uint64_t number = 0;
  for (std::size_t i = first; i < frames.size(); ++i)
    for (int copy = 0; copy < copies; ++copy) {
      const Packet packet = as_packet(frames[i], ++number);
      const Observation seen = observer.observe(packet, decode(packet));
      if (!seen.tcp || copy == 0 || may_stay_unnamed(seen)) continue;
      ++observed.copies;
      if (!seen.notes.has(Note::duplicate_frame)) observed.unnamed.push_back(i + 1);
    }
  observer.finish();
  std::ranges::sort(observed.streams, {}, &StreamSummary::number);
  return observed;
}

std::string told(const StreamSummary& stream) {
  const auto end = [](State state, Certainty certainty) {
    return fmt::format("{} ({})", to_string(state), to_string(certainty));
  };
  return fmt::format("{} {}, {} {}", to_string(stream.client), end(stream.client_state, stream.client_certainty),
                     to_string(stream.server), end(stream.server_state, stream.server_certainty));
}

// Each frame twice: the same conversations end in the same states with the same bytes, and each copy is named.
TEST_P(Metamorphosis, EachFrameTwiceEndsTheSameAndIsNamed) {
  int copies = 0;
  for (const Capture& it : captures()) {
    SCOPED_TRACE(corpus_name(it.file));
    const Observed once = observe(it.frames), twice = observe(it.frames, 0, 2);
    ASSERT_EQ(twice.streams.size(), once.streams.size());
    for (std::size_t i = 0; i < once.streams.size(); ++i) {
      const auto &a = once.streams[i], &b = twice.streams[i];
      EXPECT_EQ(told(b), told(a));
      EXPECT_EQ(std::pair(b.bytes_client, b.bytes_server), std::pair(a.bytes_client, a.bytes_server)) << told(a);
    }
    EXPECT_THAT(twice.unnamed, testing::IsEmpty());
    copies += twice.copies;
  }
  fmt::print("{} copies\n", copies);
  EXPECT_GT(copies, 1000);
}

struct End {
  State state;
  Certainty certainty;
};

/// Of each side of each conversation; of the last one between two ends.
std::map<std::pair<Endpoint, Endpoint>, End> ends_of(const Observed& observed) {
  std::map<std::pair<Endpoint, Endpoint>, End> ends;
  for (const StreamSummary& it : observed.streams) {
    ends[{it.client, it.server}] = {it.client_state, it.client_certainty};
    ends[{it.server, it.client}] = {it.server_state, it.server_certainty};
  }
  return ends;
}

std::string told(const End& end) { return fmt::format("{} ({})", to_string(end.state), to_string(end.certainty)); }

/// What the half cannot know.
const std::map<std::string, std::string_view> beyond_the_half = {
    {"line/slow-reader-delay.pcap",
     "an RST outside of the window that the first half shows: it is assumed to be believed"},
};

// Cut in two: where the second half alone knows how an end is left, assumed or not, the whole says the same.
TEST_P(Metamorphosis, ItsSecondHalfEndsTheSame) {
  int known = 0, unknown = 0;
  for (const Capture& it : captures()) {
    if (beyond_the_half.contains(corpus_name(it.file))) continue;
    SCOPED_TRACE(corpus_name(it.file));
    const auto whole = ends_of(observe(it.frames));
    for (const auto& [sides, end] : ends_of(observe(it.frames, it.frames.size() / 2))) {
      ++(end.state == State::unknown ? unknown : known);
      const End& truth = whole.at(sides);
      EXPECT_TRUE(end.state == State::unknown || end.state == truth.state)
          << to_string(sides.first) << ": " << told(end) << ", by the whole capture " << told(truth);
    }
  }
  fmt::print("{} ends known, {} unknown\n", known, unknown);
  EXPECT_GT(known, unknown);
}

INSTANTIATE_TEST_SUITE_P(Of, Metamorphosis, testing::Bool(), [](const auto& it) {
  return std::string(it.param ? "AHundredForeignCaptures" : "OurCaptures");
});

}  // namespace
}  // namespace echolab::test
