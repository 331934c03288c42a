// A packet that cannot be read: which header, which field, and why.
#include <gmock/gmock.h>

#include "tests/explain/told.hpp"

namespace echolab::capture {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string told_of(const Malformed& malformed) {
  const Annotation told = in_english(alone(malformed));
  EXPECT_EQ(told.severity, Severity::warning);
  constexpr std::string_view end = " Nothing after it is read.";
  EXPECT_TRUE(told.text.ends_with(end)) << told.text;
  return told.text.substr(0, told.text.size() - end.size());
}

using Field = Malformed::Field;

TEST(MalformedPacket, ThatEndsInAHeaderSaysWhichAndWhatIsLeft) {
  EXPECT_EQ(told_of({.layer = "tcp", .needed = 20, .had = 13, .offset = 34}),
            "The TCP header at byte 34 of the frame, counted from 0, is cut short: it takes at least 20 bytes, and the "
            "packet has 13 left.");
  EXPECT_THAT(told_of({.layer = "udp", .needed = 8, .had = 1}), HasSubstr("it takes 8 bytes, and"));
  EXPECT_THAT(told_of({.layer = "icmp6", .needed = 4, .had = 1}), HasSubstr("it takes at least 4 bytes, and"));
  EXPECT_THAT(in_english(alone(Malformed{.layer = "icmp6", .needed = 4, .offset = 62})).text,
              StartsWith("The header before it announces ICMPv6, but the packet ends right there, at byte 62"));
  EXPECT_THAT(in_english(alone(Malformed{.layer = "ipv6", .needed = 8, .offset = 54})).text,  // an extension header
              Not(HasSubstr("announces")));
}

TEST(MalformedPacket, TellsWhatCanBeReadOfAHeaderThatIsCutShort) {
  const Malformed echo{.layer = "icmp6", .needed = 4, .had = 1, .icmp_type = 128};
  EXPECT_THAT(in_english(alone(echo)).text, HasSubstr("Its first byte says what kind it was: ICMPv6 echo request."));
  Malformed ipv4{.layer = "ipv4", .needed = 20, .had = 19};
  EXPECT_THAT(in_english(alone(ipv4)).text, Not(HasSubstr("source")));
  ipv4.source = IpAddress{.bytes = {10, 0, 0, 1}};
  EXPECT_THAT(in_english(alone(ipv4)).text, HasSubstr("Its source address can be read: 10.0.0.1."));
  ipv4.destination = ipv4.source;
  EXPECT_THAT(in_english(alone(ipv4)).text, Not(HasSubstr("source")));
}

TEST(MalformedPacket, OfAnotherVersionSaysWhich) {
  EXPECT_EQ(told_of({.layer = "ip", .field = Field::version, .needed = 4, .had = 7, .offset = 0}),
            "The header at byte 0 of the frame, counted from 0, says version 7, and IP has only 4 and 6.");
  EXPECT_EQ(told_of({.layer = "ipv4", .field = Field::version, .needed = 4, .had = 5, .offset = 14}),
            "The frame announces IPv4, but the header at its byte 14, counted from 0, says version 5.");
}

TEST(MalformedPacket, NamesTheFieldThatIsTooSmall) {
  for (const auto& [field, name] : {std::pair{Field::header_length, "header length"},
                                    {Field::total_length, "total length"},
                                    {Field::length, "length"},
                                    {Field::data_offset, "data offset"}})
    EXPECT_EQ(told_of({.layer = "x", .field = field, .needed = 20, .had = 16, .offset = 14}),
              "The x header at byte 14 of the frame, counted from 0, cannot be right: its " + std::string(name) +
                  " says 16 bytes, and the header alone takes at least 20.");
}

TEST(MalformedPacket, NamesTheFieldThatIsTooLarge) {
  for (const auto& [field, name] : {std::pair{Field::length, "length"},
                                    {Field::data_offset, "data offset"},
                                    {Field::extension_length, "extension length"}})
    EXPECT_EQ(told_of({.layer = "x", .field = field, .too_large = true, .needed = 28, .had = 20, .offset = 34}),
              "The x header at byte 34 of the frame, counted from 0, cannot be right: its " + std::string(name) +
                  " says 28 bytes, and its packet has room for 20.");
}

}  // namespace
}  // namespace echolab::capture
