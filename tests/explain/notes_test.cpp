// The sentences and the advice of the notes.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"
#include "tests/track/talk.hpp"

namespace echolab::capture {
namespace {

using test::established;
using test::Talk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Each note adds its own sentence, unless a rule has told the same thing already.
TEST(Notes, EachHasASentence) {
  Talk talk = established();
  talk.client("P. 1:6(5) ack 1");
  talk.server("P. 1:2(1) ack 6");
  const std::string plain = in_english(talk.last()).text;
  for (std::size_t i = 0; i < note_count; ++i) {
    Observation seen = talk.last();
    seen.notes = NoteSet{}.add(static_cast<Note>(i));
    if (static_cast<Note>(i) == Note::bad_checksum) std::get<Segment>(seen.decoded).ip.checksum = Checksum::bad;
    if (static_cast<Note>(i) == Note::never_delivered) seen.tcp->findings.add(finding::NeverDelivered{4});
    EXPECT_NE(in_english(seen).text, plain) << to_string(static_cast<Note>(i));
    EXPECT_THAT(in_korean(seen).text, Not(HasSubstr("{")));
  }
}

TEST(Advice, IsLeftOutWhereTheTextHasAnotherReason) {
  Talk lone = established();
  EXPECT_THAT(in_english(lone.client("F  1:1(0)")).advice, IsEmpty());    // no scan
  EXPECT_THAT(in_english(lone.client("none 1:1(0)")).advice, SizeIs(1));  // perhaps one
  Talk soon = established();
  soon.client("F. 1:1(0) ack 1 id 7");
  const Observation copy = soon.wait(std::chrono::microseconds(-900)).client("F. 1:1(0) ack 1 id 8");
  EXPECT_THAT(in_english(copy).advice, IsEmpty());  // no timer
  Talk syn;
  syn.client("S  0:0(0) win 65495");
  syn.server("S  0:0(0) win 65495");
  syn.client("S. 0:0(0) ack 1 win 65495");
  syn.server("S. 0:0(0) ack 1 win 65495");
  EXPECT_THAT(in_english(syn.server(". 1:1(0) ack 1 win 64 <sack 0:1>")).advice, IsEmpty());  // no window that opens
  Observation itself = Talk().client("S  0:0(0)");
  itself.notes.add(Note::self_connect);
  EXPECT_THAT(in_english(itself).advice, SizeIs(1));
  std::get<Segment>(itself.decoded).flags.bits |= TcpFlags::reserved_bits;
  EXPECT_THAT(in_english(itself).advice, IsEmpty());  // no socket
}

}  // namespace
}  // namespace echolab::capture
