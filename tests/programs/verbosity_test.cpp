// How much is told: the ladder alone with -q, each advice and each step of the post in full once, all of it with -v.
#include <map>

#include "capture/decode/decode.hpp"
#include "capture/explain/notes.hpp"
#include "capture/render/annotation.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/programs/sniffed.hpp"
#include "tests/support/many_connections.hpp"
#include "tests/support/unwrapped.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

constexpr std::array languages{Language::en, Language::ko};
const std::string sample = ECHOLAB_SOURCE_DIR "/docs/samples/hello-tcp.pcap";

std::string told(const std::string& file, Language language, std::vector<std::string> more = {}) {
  more.insert(more.end(), {"--lang", language == Language::ko ? "ko" : "en", "-r", file});
  const Ended ended = run("capture", more);
  EXPECT_EQ(ended.status, 0) << ended.err;
  return ended.out;
}

// A hello at 80 columns: it is what one sees first.
TEST(Verbosity, OfAHelloIsAPageAsItComesAndHalfAPageQuiet) {
  for (const Language language : languages) {
    EXPECT_LE(std::ranges::count(told(sample, language), '\n'), 38);
    EXPECT_LE(std::ranges::count(told(sample, language, {"-q"}), '\n'), 16);
  }
}

TEST(Verbosity, VerboseHoldsEverySentence) {
  for (const Language language : languages) {
    const std::string all = unwrapped(told(sample, language, {"-v"}));
    auto opened = PacketSource::open_file(sample, "");
    auto& source = std::get<PacketSource>(opened);
    Observer observer;
    while (const auto packet = source.next()) {
      const Annotation has = annotate(observer.observe(*packet, decode(*packet)), language);
      EXPECT_THAT(all, AllOf(HasSubstr(has.headline), HasSubstr(has.text), HasSubstr(has.post)));
      for (const auto& advice : has.advice) EXPECT_THAT(all, HasSubstr(advice));
    }
    observer.finish();
  }
}

/// Half of the connections go wrong, each in its own way.
std::vector<Script> scripts() {
  constexpr auto client = Side::client, server = Side::server;
  Script again = textbook(), lost = textbook(), twice = textbook();
  again.insert(again.begin() + 3, again[3]);  // data sent again, and never answered between
  lost.erase(lost.begin() + 3);               // data that the capture lacks
  twice.insert(twice.begin() + 1, twice[0]);  // a SYN sent again
  return {textbook(),
          again,
          textbook(),
          lost,
          textbook(),
          twice,
          textbook(),
          Script{{client, "S 0:0(0)"}, {server, "R. 0:0(0) ack 1 win 0"}},
          textbook(),
          Script{{client, "S 0:0(0)"},
                 {server, "S. 0:0(0) ack 1"},
                 {client, ". 1:1(0) ack 1"},
                 {client, "P. 1:6(5) ack 1 \"hello\""},
                 {server, ". 1:1(0) ack 6 win 0"},
                 {client, "P. 6:7(1) ack 1 \"x\""},
                 {server, ". 1:1(0) ack 6 win 0"},
                 {server, ". 1:1(0) ack 7 win 500"},
                 {server, "F. 1:1(0) ack 7"},
                 {client, ". 7:7(0) ack 2"},
                 {client, "P. 7:12(5) ack 2 \"later\""}}};
}

std::string file_of_4000_connections(const TemporaryFolder& folder) {
  Bytes file = file_header({.magic = nanoseconds, .link_type = 101});
  std::uint64_t ms = 0;
  for (const Bytes& packet : many_connections(scripts(), 4000, 50)) {
    ms += 5;
    const Bytes one =
        record(packet, static_cast<std::uint32_t>(ms / 1000), static_cast<std::uint32_t>(ms % 1000 * 1'000'000));
    file.insert(file.end(), one.begin(), one.end());
  }
  return folder.file("many.pcap", file);
}

/// How often each step of the post stands in full: "▸ 1 The client sends SYN ...", by what its line begins with.
std::map<std::string, int> steps_in_full(const std::string& out) {
  std::map<std::string, int> steps;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(' '));
    const bool only_named = line.size() <= std::string_view("▸ 1").size() || line.find("→") != line.npos;
    if (line.starts_with("▸ ") && !only_named) ++steps[line];
  }
  return steps;
}

/// How often each advice stands in full, of all notes that are named.
std::map<std::string, int> advice_in_full(const std::string& out, Language language) {
  std::map<std::string, int> advice;
  const std::string text = unwrapped(out);
  for (const NoteRule& rule : notes::rules) {
    if (!names_in(text).all.contains(std::string(rule.name))) continue;
    const std::string look(text_of(rule.note).look.text.in(language));
    advice[std::string(rule.name)] = count_of(text, "→ " + std::string(rule.name) + ": " + look);
  }
  return advice;
}

TEST(Verbosity, EachAdviceAndEachStepOfThePostIsToldInFullOnceInAFileOf4000Connections) {
  const TemporaryFolder folder;
  const std::string file = file_of_4000_connections(folder);
  for (const Language language : languages) {
    const std::string usual = told(file, language), verbose = told(file, language, {"-v"});
    EXPECT_THAT(usual, HasSubstr("TCP stream 3999"));
    EXPECT_THAT(advice_in_full(usual, language), AllOf(SizeIs(Ge(5)), Each(Pair(testing::_, 1))));
    EXPECT_THAT(steps_in_full(usual), AllOf(SizeIs(Ge(5)), Each(Pair(testing::_, 1))));
    EXPECT_THAT(advice_in_full(verbose, language), Contains(Pair("retransmission", Ge(400))));
    EXPECT_THAT(steps_in_full(verbose), Contains(Pair(HasSubstr("▸ 1 "), Ge(2000))));
  }
}

}  // namespace
}  // namespace echolab::test
