// The page docs/notes and the captures that it shows. After a change on purpose: `cmake --build build --target
// renew_notes`, then read the diff.
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

#include "tests/programs/sniffed.hpp"
#include "tests/samples/examples.hpp"

namespace echolab::test {
namespace {

using echolab::Language;
using capture::Note;
using testing::Contains;
using testing::ElementsAreArray;

bool renewing() { return std::getenv("ECHOLAB_RENEW_GOLDEN") != nullptr; }

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Makes the file so when renewing.
void expect_content(const std::string& path, const std::string& today) {
  if (renewing()) std::ofstream(path, std::ios::binary) << today;
  EXPECT_TRUE(today == content(path)) << path << " is not what is made today: run `cmake --build build --target "
                                      << "renew_notes` and read the diff";
}

TEST(NotesSamples, ThatAreWrittenHoldThePacketsThatTheirSourceSays) {
  for (const Example& example : examples)
    if (example.made == Made::written) expect_content(file_of(example), written_capture(example.file));
}

TEST(NotesSamples, AreSmall) {
  std::size_t all = 0;
  std::set<std::string> files;
  for (const Example& example : examples)
    if (files.insert(file_of(example)).second) all += content(file_of(example)).size();
  EXPECT_LT(all, 64 * 1024u);
}

class NotesPage : public testing::TestWithParam<Language> {
 protected:
  static std::string path() {
    return std::string(ECHOLAB_SOURCE_DIR "/docs/notes.") + (GetParam() == Language::ko ? "ko" : "en") + ".md";
  }
};

TEST_P(NotesPage, IsWhatTheProgramsTextsAndTheSamplesGive) { expect_content(path(), notes_page(GetParam())); }

// The page is read as its reader reads it: the command of each note is run, and has the packet that is named.
TEST_P(NotesPage, NamesForEachNoteAPacketThatTheProgramGivesThatNote) {
  const std::string page = content(path());
  const std::regex shape(R"(`capture -r (docs/samples/notes/[-a-z]+\.pcap) --note (\w+)`[^:]*: \S+ (\d+))");
  std::vector<std::string> notes;
  for (std::sregex_iterator it(page.begin(), page.end(), shape), end; it != end; ++it) {
    const std::string file = (*it)[1], note = (*it)[2];
    const int frame = std::stoi((*it)[3]);
    const Ended ended = run("capture", {"-r", ECHOLAB_SOURCE_DIR "/" + file, "--note", note, "--format", "json"});
    std::vector<int> frames;
    for (const auto& packet : of_kind(ended.out, "packet")) {
      EXPECT_THAT(packet.at("notes"), Contains(note));
      frames.push_back(packet.at("frame"));
    }
    EXPECT_THAT(frames, Contains(frame)) << file << ", " << note;
    notes.push_back(note);
  }
  std::vector<std::string> all;
  for (const capture::NoteRule& rule : capture::notes::rules) all.emplace_back(rule.name);
  EXPECT_THAT(notes, ElementsAreArray(all));
}

INSTANTIATE_TEST_SUITE_P(, NotesPage, testing::Values(Language::en, Language::ko),
                         [](const auto& test) { return test.param == Language::ko ? "ko" : "en"; });

}  // namespace
}  // namespace echolab::test
