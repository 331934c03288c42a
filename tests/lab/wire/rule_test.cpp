// The student's rules: read, written back, refused with a sentence that helps.
#include "tools/lab/wire/rule.hpp"

#include <gmock/gmock.h>

#include <random>

#include "tests/lab/frames.hpp"

namespace echolab::lab {
namespace {

using namespace std::chrono_literals;
using test::Family;
using test::frame;
using testing::HasSubstr;
using Expected = RuleError::Expected;

Rule rule(std::string_view text) { return std::get<Rule>(parse_rule(text)); }
ModelChange change(std::string_view text) { return std::get<ModelChange>(parse_rule(text)); }
RuleError error(std::string_view text) { return std::get<RuleError>(parse_rule(text)); }

std::string written(std::string_view text) {
  const auto parsed = parse_rule(text);
  if (const auto* one = std::get_if<Rule>(&parsed)) return to_string(*one);
  if (const auto* made = std::get_if<ModelChange>(&parsed)) return to_string(*made);
  return sentence(std::get<RuleError>(parsed), echolab::Language::en);
}

TEST(Rule, IsReadAsItIsWritten) {
  EXPECT_EQ(rule("drop server SYN,ACK 1"), (Rule{Action::drop, Host::server, Kind::syn_ack}));
  EXPECT_EQ(rule("drop client DATA 2..3"), (Rule{Action::drop, Host::client, Kind::data, 2, 3}));
  EXPECT_EQ(rule("delay client ACK 1 300ms"), (Rule{Action::delay, Host::client, Kind::ack, 1, 1, 300ms}));
  EXPECT_EQ(rule("cut after client DATA 3 for 2s"), (Rule{Action::cut, Host::client, Kind::data, 3, 3, 2s}));
}

TEST(Rule, IsWrittenBackAsItWasRead) {
  for (const std::string text :
       {"drop server SYN,ACK 1", "drop client DATA 2..3", "drop client FIN 2..", "delay client ACK 1 300ms",
        "delay server ANY 1..4 1500us", "double server DATA 1", "swap client DATA 1", "corrupt client UDP 7",
        "cut after client DATA 3 for 2s", "cut after server RST 1 for 250ms", "drop server ICMP 1", "loss 10%",
        "loss 0.5%", "duplicate 7%", "reorder 100%", "delay 50ms", "delay 1500ms", "delay 0.5us",
        "delay 86399999999.999us"})
    EXPECT_EQ(written(text), text);
}

TEST(Rule, DoesNotCareForCapitalsAndBlanks) {
  EXPECT_EQ(written("  DROP   Server\tsyn,Ack 1 "), "drop server SYN,ACK 1");
  EXPECT_EQ(written("drop server SYN-ACK"), "drop server SYN,ACK 1");
  EXPECT_EQ(written("Cut AFTER client any FOR 2S"), "cut after client ANY 1 for 2s");
}

TEST(Rule, MeansTheFirstFrameWhereItNamesNoNumber) {
  EXPECT_EQ(written("drop client FIN"), "drop client FIN 1");
  EXPECT_EQ(written("delay client ACK 300ms"), "delay client ACK 1 300ms");
}

TEST(Rule, OfTheWholeLineHasAShareOrATime) {
  EXPECT_EQ(change("loss 10%"), (ModelChange{ModelChange::Effect::loss, 0.1}));
  EXPECT_EQ(change("duplicate 5%"), (ModelChange{ModelChange::Effect::duplication, 0.05}));
  EXPECT_EQ(change("reorder 0%"), (ModelChange{ModelChange::Effect::reordering, 0}));
  EXPECT_EQ(change("delay 50ms"), (ModelChange{ModelChange::Effect::delay, 0, 50ms}));
}

struct Mistake {
  std::string text, word;
  Expected expected;
};

TEST(Rule, NamesTheWordThatItDoesNotUnderstand) {
  for (const Mistake& mistake : {
           Mistake{"", "", Expected::action},
           Mistake{"lose client SYN 1", "lose", Expected::action},
           Mistake{"drop", "", Expected::host},
           Mistake{"drop SYN 1", "SYN", Expected::host},
           Mistake{"drop client", "", Expected::kind},
           Mistake{"drop client SNY 1", "SNY", Expected::kind},
           Mistake{"drop client SYN, ACK", "SYN,", Expected::kind},
           Mistake{"drop client SYN 0", "0", Expected::count},
           Mistake{"drop client SYN 3..2", "3..2", Expected::count},
           Mistake{"drop client SYN 1...2", "1...2", Expected::count},
           Mistake{"drop client SYN 99999999999", "99999999999", Expected::count},
           Mistake{"drop client SYN one", "one", Expected::count},
           Mistake{"drop client SYN 1 now", "now", Expected::end},
           Mistake{"delay client SYN 1", "", Expected::duration},
           Mistake{"delay client SYN 1 300", "300", Expected::duration},
           Mistake{"delay 50", "50", Expected::duration},
           Mistake{"delay 25h", "25h", Expected::duration},
           Mistake{"delay client SYN 1 1e3s", "1e3s", Expected::duration},
           Mistake{"cut client DATA 1 for 2s", "client", Expected::after},
           Mistake{"cut after client DATA 1 2s", "2s", Expected::for_},
           Mistake{"cut after client DATA 1 for", "", Expected::duration},
           Mistake{"loss 10", "10", Expected::share},
           Mistake{"loss 101%", "101%", Expected::share},
           Mistake{"loss client SYN 1", "client", Expected::share},
           Mistake{"loss nan%", "nan%", Expected::share},
       }) {
    const RuleError wrong = error(mistake.text);
    EXPECT_EQ(wrong.word, mistake.word) << mistake.text;
    EXPECT_EQ(wrong.expected, mistake.expected) << mistake.text;
  }
}

TEST(Rule, SaysWhatWouldBeRightInBothLanguagesWithAnExampleThatIs) {
  for (const std::string text : {"", "lose", "drop", "delay x", "double client X", "swap client SYN x", "corrupt",
                                 "cut x", "cut after client SYN 1 x", "loss", "duplicate", "reorder 5"}) {
    const RuleError wrong = error(text);
    EXPECT_FALSE(std::holds_alternative<RuleError>(parse_rule(wrong.example))) << wrong.example;
    for (const auto language : {echolab::Language::en, echolab::Language::ko}) {
      EXPECT_THAT(sentence(wrong, language), HasSubstr(wrong.word));
      EXPECT_THAT(sentence(wrong, language), HasSubstr(std::string(wrong.example)));
    }
  }
  EXPECT_EQ(sentence(error("drop client SNY 1"), echolab::Language::en),
            "\"SNY\" stands where the kind of frame (SYN, SYN,ACK, ACK, DATA, FIN, RST, UDP, ICMP or ANY) belongs. "
            "For example: drop server SYN,ACK 1");
}

TEST(Rule, IsReadOrRefusedWhateverWordsStandThere) {
  const std::vector<std::string> words{"drop",
                                       "delay",
                                       "cut",
                                       "after",
                                       "for",
                                       "client",
                                       "SERVER",
                                       "syn",
                                       "ANY",
                                       "1",
                                       "2..3",
                                       "2..",
                                       "..",
                                       "1.5s",
                                       "300ms",
                                       "10%",
                                       "loss",
                                       "%",
                                       "",
                                       "\xff",
                                       "double",
                                       "한글",
                                       "99999999999999999999",
                                       ".s",
                                       "reorder"};
  std::mt19937_64 random(7);
  int read = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text;
    for (auto count = random() % 7; count > 0; --count) text += words[random() % words.size()] + " ";
    const auto parsed = parse_rule(text);
    if (std::holds_alternative<RuleError>(parsed)) {
      EXPECT_NE(sentence(std::get<RuleError>(parsed), echolab::Language::ko), "");
      continue;
    }
    ++read;
    EXPECT_EQ(written(written(text)), written(text)) << text;
  }
  EXPECT_GT(read, 20);  // some do make sense
}

std::string kinds_of(const Frame& frame) {
  std::string names;
  for (std::size_t i = 0; i < kind_count; ++i)
    if (is_kind(frame, static_cast<Kind>(i))) names += std::string(to_string(static_cast<Kind>(i))) + " ";
  return names;
}

TEST(Kind, IsReadFromTheFrameInBothFamilies) {
  for (const Family family : {Family::v4, Family::v6}) {
    const auto kinds = [&](std::string_view text) { return kinds_of(frame(1, Host::client, text, {}, family)); };
    EXPECT_EQ(kinds("S  0:0(0)"), "SYN ANY ");
    EXPECT_EQ(kinds("S. 0:0(0) ack 1"), "SYN,ACK ANY ");
    EXPECT_EQ(kinds(".  1:1(0) ack 1"), "ACK ANY ");
    EXPECT_EQ(kinds("P. 1:6(5) ack 1"), "DATA ANY ");
    EXPECT_EQ(kinds("F. 6:6(0) ack 1"), "FIN ANY ");
    EXPECT_EQ(kinds("FP. 1:6(5) ack 1"), "DATA FIN ANY ");
    EXPECT_EQ(kinds("R  1:1(0)"), "RST ANY ");
    EXPECT_EQ(kinds("R. 1:1(0) ack 1"), "RST ANY ");
    EXPECT_EQ(kinds("UDP 5"), "UDP ANY ");
    EXPECT_EQ(kinds("UNREACHABLE"), "ICMP ANY ");
    EXPECT_EQ(kinds("PING"), "ICMP ANY ");
    EXPECT_EQ(kinds("ARP"), "");
    EXPECT_EQ(kinds("SOLICIT"), "");
  }
}

TEST(FrameCounts, CountsEachKindOfEachHostApart) {
  FrameCounts counts;
  counts.add(Host::client, frame(1, Host::client, "S 0:0(0)").decoded);
  counts.add(Host::client, frame(2, Host::client, "ARP").decoded);
  counts.add(Host::client, frame(3, Host::client, "FP. 1:6(5) ack 1").decoded);
  counts.add(Host::server, frame(4, Host::server, ". 1:1(0) ack 6").decoded);
  EXPECT_EQ(counts.of(Host::client, Kind::syn), 1u);
  EXPECT_EQ(counts.of(Host::client, Kind::data), 1u);
  EXPECT_EQ(counts.of(Host::client, Kind::fin), 1u);
  EXPECT_EQ(counts.of(Host::client, Kind::any), 2u);
  EXPECT_EQ(counts.of(Host::server, Kind::ack), 1u);
}

}  // namespace
}  // namespace echolab::lab
