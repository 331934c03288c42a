// What a scenario may promise: read, written back, refused with a sentence that helps.
#include "tools/lab/story/event_pattern.hpp"

#include <gmock/gmock.h>

namespace echolab::lab {
namespace {

using testing::HasSubstr;
using Expected = EventPatternError::Expected;

std::string written(std::string_view text) {
  const auto parsed = parse_event_pattern(text);
  if (const auto* pattern = std::get_if<EventPattern>(&parsed)) return to_string(*pattern);
  return sentence(std::get<EventPatternError>(parsed), echolab::Language::en);
}

TEST(EventPattern, IsWrittenBackAsItWasRead) {
  for (const std::string text :
       {"client SYN 1 sent", "server SYN,ACK 2 dropped", "client RST delivered", "client DATA 1 corrupted",
        "server ANY held", "client SYN_SENT", "kernel server SYN_RECEIVED", "client connect",
        "client connect = ECONNREFUSED", "client recv = 5", "client says hello, world", "server ends", "client ends 1",
        "client ends -9", "note spurious_retransmission", "disagree"})
    EXPECT_EQ(written(text), text);
}

TEST(EventPattern, TellsTheCallListenFromTheStateListen) {
  EXPECT_TRUE(std::holds_alternative<Called>(std::get<EventPattern>(parse_event_pattern("server listen"))));
  EXPECT_TRUE(std::holds_alternative<InState>(std::get<EventPattern>(parse_event_pattern("server LISTEN"))));
}

struct Mistake {
  std::string text, word;
  Expected expected;
};

TEST(EventPattern, NamesTheWordThatItDoesNotUnderstand) {
  for (const Mistake& mistake : {
           Mistake{"", "", Expected::beginning},
           Mistake{"clinet SYN 1 delivered", "clinet", Expected::beginning},
           Mistake{"client", "", Expected::event},
           Mistake{"client SNY 1 delivered", "SNY", Expected::event},
           Mistake{"client ESTABLSHED", "ESTABLSHED", Expected::event},
           Mistake{"client conect = 0", "conect", Expected::event},
           Mistake{"client SYN", "", Expected::number_or_fate},
           Mistake{"client SYN 0 delivered", "0", Expected::number_or_fate},
           Mistake{"client SYN 1", "", Expected::fate},
           Mistake{"client SYN 1 lost", "lost", Expected::fate},
           Mistake{"client SYN 1 delivered twice", "twice", Expected::end},
           Mistake{"client connect 0", "0", Expected::end},
           Mistake{"client connect =", "", Expected::text},
           Mistake{"client says", "", Expected::text},
           Mistake{"client ends well", "well", Expected::status},
           Mistake{"kernel SYN_SENT", "SYN_SENT", Expected::host},
           Mistake{"kernel client SYN_RCVD", "SYN_RCVD", Expected::state},
           Mistake{"note retransmitted", "retransmitted", Expected::note},
           Mistake{"disagree never", "never", Expected::end},
       }) {
    const auto parsed = parse_event_pattern(mistake.text);
    ASSERT_TRUE(std::holds_alternative<EventPatternError>(parsed)) << mistake.text;
    const auto& error = std::get<EventPatternError>(parsed);
    EXPECT_EQ(error.word, mistake.word) << mistake.text;
    EXPECT_EQ(error.expected, mistake.expected) << mistake.text;
    for (const auto language : {echolab::Language::en, echolab::Language::ko})
      EXPECT_THAT(sentence(error, language), HasSubstr(mistake.word));
  }
}

TEST(EventPattern, IsExplainedWithAnExampleThatIsOne) {
  for (int i = 0; i <= static_cast<int>(Expected::end); ++i)
    for (const auto& [language, mark] : {std::pair(echolab::Language::en, std::string("For example: ")),
                                         std::pair(echolab::Language::ko, std::string("예: "))}) {
      const std::string text = sentence({"x", static_cast<Expected>(i)}, language);
      const std::string example = text.substr(text.rfind(mark) + mark.size());
      EXPECT_TRUE(std::holds_alternative<EventPattern>(parse_event_pattern(example))) << text;
    }
}

}  // namespace
}  // namespace echolab::lab
