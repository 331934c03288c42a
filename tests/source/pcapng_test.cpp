// pcapng, block by block: what is read of it, and that it is written so that it is read back.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "capture/source/capture_interface.hpp"
#include "capture/source/packet_source.hpp"
#include "tests/source/pcap_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::capture {
namespace {

using namespace test;
using Kind = SourceError::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A packet that owns what it shows.
struct Kept {
  LinkType link_type{};
  Time time{};
  Bytes bytes;
  std::uint32_t original_length = 0;
  std::vector<std::string> comments;
  std::string interface;  // its name
  std::uint64_t section = 0;
};

struct Reading {
  std::optional<SourceError> error;
  std::vector<Kept> packets;
  FileCounts counts;

  template <class Member>
  auto all(Member member) const {
    std::vector<std::remove_cvref_t<decltype(packets[0].*member)>> values;
    for (const Kept& packet : packets) values.push_back(packet.*member);
    return values;
  }
};

std::string name_of(const CaptureInterface& interface) {
  constexpr std::uint16_t if_name = 2;
  for (const auto& option : interface.options)
    if (option.code == if_name) return option.value;
  return {};
}

Kept kept(const Packet& packet) {
  return {packet.link_type,
          packet.time,
          {packet.bytes.begin(), packet.bytes.end()},
          packet.original_length,
          {packet.comments.begin(), packet.comments.end()},
          name_of(packet.interfaces[packet.interface]),
          packet.interfaces[packet.interface].section};
}

/// Reads `path` to its end, and writes it anew to `copy` if that is named.
Reading read_path(const std::string& path, const std::string& filter = "", const std::string& copy = "") {
  Reading reading;
  auto opened = PacketSource::open_file(path, filter);
  if (auto* error = std::get_if<SourceError>(&opened)) {
    reading.error = *error;
    return reading;
  }
  auto& source = std::get<PacketSource>(opened);
  std::optional<PacketWriter> writer;
  if (!copy.empty()) writer = std::get<PacketWriter>(PacketWriter::open(source, copy));
  while (const auto packet = source.next()) {
    reading.packets.push_back(kept(*packet));
    if (!writer) continue;
    reading.error = writer->write(*packet);
    if (reading.error) return reading;
  }
  reading.counts = source.file_counts();
  reading.error = source.error();
  if (writer && !reading.error) reading.error = writer->close(reading.counts);
  return reading;
}

Reading read_bytes(const Bytes& bytes, const std::string& filter = "") {
  const TemporaryFolder folder;
  return read_path(folder.file("capture", bytes), filter);
}

MATCHER_P(Is, kind, "") { return arg.has_value() && arg->kind == kind; }

const Bytes one = bytes("00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
const Bytes odd = bytes("ff fe fd");
const Pcapng little_endian{false}, big_endian{true};

std::int64_t nanoseconds_of(Time time) { return time.time_since_epoch().count(); }

TEST(FaultA15, SectionsOfEitherByteOrderFollowEachOther) {
  Bytes file;
  for (const Pcapng& in : {big_endian, little_endian, big_endian})
    file = file + in.section_header() + in.interface(1) + in.enhanced(odd);
  const Reading reading = read_bytes(file);
  EXPECT_FALSE(reading.error) << reading.error->detail;
  EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(odd, odd, odd));
  EXPECT_THAT(reading.all(&Kept::section), ElementsAre(1, 2, 3));
  for (const Kept& packet : reading.packets) EXPECT_EQ(nanoseconds_of(packet.time), 1'000'000'000);
}

TEST(FaultA15, EachPacketHasTheLinkTypeOfItsInterface) {
  for (const Pcapng& in : {little_endian, big_endian}) {
    const Reading reading =
        read_bytes(in.section_header() + in.interface(1) + in.interface(101) + in.interface(276) + in.interface(228) +
                   in.enhanced(one, 1) + in.enhanced(one, 0) + in.enhanced(one, 3) + in.enhanced(one, 2));
    EXPECT_FALSE(reading.error);
    EXPECT_THAT(reading.all(&Kept::link_type),
                ElementsAre(LinkType::raw, LinkType::ethernet, LinkType::ipv4, LinkType::linux_sll2));
  }
}

TEST(FaultA15, AnInterfaceMayBeDescribedBetweenPackets) {
  const Pcapng in;
  const Reading reading = read_bytes(in.section_header() + in.interface(1) + in.enhanced(one) + in.interface(101) +
                                     in.enhanced(one, 1) + in.enhanced(one, 0));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::link_type), ElementsAre(LinkType::ethernet, LinkType::raw, LinkType::ethernet));
}

TEST(FaultA15, ALinkTypeThatNobodyReadsIsNoReasonToLeaveOutTheOthers) {
  const Pcapng in;
  const auto start = in.section_header() + in.interface(189);  // Linux USB
  const Reading beside = read_bytes(start + in.interface(1) + in.enhanced(one, 0) + in.enhanced(one, 1));
  EXPECT_FALSE(beside.error);
  EXPECT_THAT(beside.all(&Kept::link_type), ElementsAre(static_cast<LinkType>(189), LinkType::ethernet));
  const Reading alone = read_bytes(start + in.enhanced(one, 0));
  EXPECT_THAT(alone.error, Is(Kind::link_type));
  EXPECT_EQ(alone.error->number, 189);
  EXPECT_THAT(read_bytes(start).error, Is(Kind::link_type));
}

/// One packet of an interface that counts time so.
std::int64_t time_by(std::optional<int> resolution, std::int64_t offset, std::uint64_t stamp, const Pcapng& in = {}) {
  Bytes options;
  if (resolution) options = options + in.option(9, Bytes{static_cast<std::byte>(*resolution)});
  if (offset != 0) options = options + in.option(14, in.n64(static_cast<std::uint64_t>(offset)));
  const Reading reading = read_bytes(in.section_header() + in.interface(1, 0, options) + in.enhanced(one, 0, stamp));
  return nanoseconds_of(reading.packets.at(0).time);
}

TEST(FaultA15, TimeIsCountedInAnyUnitFromAnyMoment) {
  constexpr std::int64_t second = 1'000'000'000;
  EXPECT_EQ(time_by({}, 0, 1'500'000), 1'500'000'000);
  EXPECT_EQ(time_by(0, 0, 3), 3 * second);
  EXPECT_EQ(time_by(9, 0, 1'700'000'000'123'456'789), 1'700'000'000'123'456'789);
  EXPECT_EQ(time_by(12, 0, 1'234'567'890'123), 1'234'567'890);  // picoseconds
  EXPECT_EQ(time_by(0x80, 0, 3), 3 * second);
  EXPECT_EQ(time_by(0x80 | 30, 0, 3ull << 29), 1'500'000'000);
  EXPECT_EQ(time_by(0x80 | 63, 0, 3ull << 62), 1'500'000'000);
  EXPECT_EQ(time_by(6, 100, 1), 100 * second + 1000);
  EXPECT_EQ(time_by(6, -1, 5'000'000, big_endian), 4 * second);
  EXPECT_EQ(time_by(9, 1'700'000'000, 5), 1'700'000'000 * second + 5);
}

TEST(FaultA15, ATimeThatIsNoneStaysBetween1970And2262) {
  for (const int resolution : {0, 6, 9, 19, 20, 28, 38, 39, 127, 0x80, 0x80 | 63, 0x80 | 64, 0xff})
    for (const std::uint64_t stamp : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}})
      for (const std::int64_t offset : {std::int64_t{0}, INT64_MIN, INT64_MAX}) {
        const auto time = time_by(resolution, offset, stamp);
        EXPECT_GE(time, 0) << resolution << " " << stamp << " " << offset;
      }
}

TEST(Pcapng, AnObsoletePacketBlockIsReadToo) {
  for (const Pcapng& in : {little_endian, big_endian}) {
    const Reading reading =
        read_bytes(in.section_header() + in.interface(1) + in.interface(101) + in.obsolete(odd, 1, 5'000'000));
    EXPECT_FALSE(reading.error);
    EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(odd));
    EXPECT_EQ(reading.packets.at(0).link_type, LinkType::raw);
    EXPECT_EQ(nanoseconds_of(reading.packets.at(0).time), 5'000'000'000);
  }
}

TEST(FaultH26, ASimplePacketHasNoTime) {
  for (const Pcapng& in : {little_endian, big_endian}) {
    const Reading reading = read_bytes(in.section_header() + in.interface(101) + in.interface(1) + in.simple(odd, 3));
    EXPECT_FALSE(reading.error);
    EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(odd));
    EXPECT_EQ(reading.packets.at(0).link_type, LinkType::raw) << "the section's first interface";
    EXPECT_EQ(reading.packets.at(0).time, no_time);
  }
}

TEST(FaultH27, ASimplePacketIsCutToTheSnaplenOfItsInterface) {
  const Pcapng in;
  const Reading reading = read_bytes(in.section_header() + in.interface(1, 3) + in.simple(odd, 342) +
                                     in.simple(bytes("01 02"), 2) + in.enhanced(one));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(odd, bytes("01 02"), one));
  EXPECT_THAT(reading.all(&Kept::original_length), ElementsAre(342, 2, one.size()));
}

TEST(FaultA14, ASimplePacketThatItsBlockHasNoRoomForIsBroken) {
  const Pcapng in;
  const Reading reading = read_bytes(in.section_header() + in.interface(1, 0) + in.simple(odd, 342));
  EXPECT_THAT(reading.error, Is(Kind::broken));
  EXPECT_THAT(reading.error->detail, HasSubstr("342 bytes in a block with room for 4 (at byte 48)"));
}

TEST(Pcapng, CommentsComeWithTheirPacket) {
  const Pcapng in;
  const auto comments = in.option(1, text_bytes("first")) + in.option(2, bytes("00 00 00 01")) +
                        in.option(1, text_bytes("")) + in.option(1, text_bytes("third")) + in.n32(0) +
                        in.option(1, text_bytes("behind the end"));
  const Reading reading =
      read_bytes(in.section_header() + in.interface(1) + in.enhanced(odd, 0, 1, comments) + in.enhanced(odd));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::comments), ElementsAre(ElementsAre("first", "", "third"), IsEmpty()));
}

TEST(Pcapng, OptionsThatDoNotFitSpoilNoPacket) {
  const Pcapng in;
  const auto too_long = in.option(1, text_bytes("fits")) + in.n16(1) + in.n16(500) + in.n32(0);
  const Reading reading =
      read_bytes(in.section_header() + in.interface(1) + in.enhanced(one, 0, 1, too_long) + in.enhanced(one));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::comments), ElementsAre(ElementsAre("fits"), IsEmpty()));
}

TEST(Pcapng, TheLastCountsOfEachInterfaceAreAddedUp) {
  const Pcapng in;
  const auto counts = [&](std::uint64_t received, std::uint64_t dropped, std::uint64_t by_os) {
    return in.option(4, in.n64(received)) + in.option(5, in.n64(dropped)) + in.option(7, in.n64(by_os));
  };
  const auto section = in.section_header() + in.interface(1) + in.interface(1) + in.statistics(0, counts(5, 1, 0)) +
                       in.enhanced(one) + in.statistics(0, counts(10, 2, 30)) + in.statistics(1, counts(100, 300, 0)) +
                       in.statistics(9, counts(9, 9, 9));
  const Reading once = read_bytes(section), twice = read_bytes(section + section);
  EXPECT_FALSE(once.error);
  EXPECT_EQ(once.counts.received, 110U);
  EXPECT_EQ(once.counts.dropped, 332U);
  EXPECT_EQ(twice.counts.dropped, 664U);
  EXPECT_EQ(read_bytes(in.section_header() + in.interface(1)).counts.dropped, std::nullopt);
}

TEST(Pcapng, BlocksThatHoldNoPacketArePassedOver) {
  const Pcapng in;
  const auto others =
      in.block(4, Bytes(8)) + in.block(0xbad, Bytes(4)) + in.block(10, Bytes(200'000)) + in.block(0x80000001, {});
  const Reading reading =
      read_bytes(in.section_header() + others + in.interface(1) + others + in.enhanced(one) + others);
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(one));
}

TEST(Pcapng, ASectionWithoutAnInterfaceIsACaptureOfNoPackets) {
  const Reading reading = read_bytes(little_endian.section_header());
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.packets, IsEmpty());
}

/// A well-formed beginning, one packet, then `bad`: the packet, and the error at this byte behind them.
void expect_broken(const Bytes& bad, std::size_t at, std::string_view words, const Pcapng& in = {}) {
  const auto start = in.section_header() + in.interface(1) + in.enhanced(one);
  const Reading reading = read_bytes(start + bad + in.enhanced(one));
  EXPECT_THAT(reading.all(&Kept::bytes), ElementsAre(one)) << words;
  ASSERT_THAT(reading.error, Is(Kind::broken)) << words;
  EXPECT_EQ(reading.error->frame, 1U);
  EXPECT_THAT(reading.error->detail, HasSubstr(words));
  EXPECT_THAT(reading.error->detail, HasSubstr("(at byte " + std::to_string(start.size() + at) + ")"));
}

TEST(FaultA14, EachContradictionIsPlaced) {
  for (const Pcapng& in : {little_endian, big_endian}) {
    const auto head = [&](std::uint32_t length) { return in.n32(6) + in.n32(length); };
    expect_broken(head(11) + Bytes(40), 4, "a block of 11 bytes", in);
    expect_broken(head(37) + Bytes(40), 4, "no multiple of 4", in);
    expect_broken(head(0xfffffffc) + Bytes(40), 4, "bigger than 16777216", in);
    expect_broken(in.block(6, Bytes(16)), 4, "too short", in);
    expect_broken(head(16) + Bytes(8), 12, "16 in front and 0 behind", in);
    expect_broken(in.enhanced(one, 7), 0, "a packet of interface 7", in);
    expect_broken(in.block(6, in.n32(0) + in.n64(0) + in.n32(400) + in.n32(400) + Bytes(8)), 0, "room for 8", in);
    expect_broken(in.block(6, in.n32(0) + in.n64(0) + in.n32(262145) + in.n32(262145) + Bytes(262148)), 0,
                  "bigger than 262144", in);
    expect_broken(in.block(1, Bytes(4)), 8, "an interface description that is too short", in);
    expect_broken(in.interface(1, 0, in.n16(2) + in.n16(9) + Bytes(4)), 16, "an option is longer than its block", in);
    expect_broken(in.interface(1, 0, in.option(9, Bytes(2))), 20, "if_tsresol of 2 bytes", in);
    expect_broken(in.interface(1, 0, in.option(14, Bytes(4))), 20, "if_tsoffset of 4 bytes", in);
    expect_broken(in.block(0x0a0d0d0a, in.n32(0x1a2b3c4d) + in.n16(3) + in.n16(0) + in.n64(0)), 12, "version 3.0", in);
    expect_broken(in.block(0x0a0d0d0a, Bytes(16)), 8, "byte-order magic", in);
  }
}

TEST(FaultA14, ASectionHasAnEndOfInterfaces) {
  const Pcapng in;
  Bytes many = in.section_header();
  const Bytes interface = in.interface(1);
  for (int i = 0; i < 65'537; ++i) many.insert(many.end(), interface.begin(), interface.end());
  EXPECT_THAT(read_bytes(many).error->detail, HasSubstr("a section of more than 65536 interfaces"));
}

TEST(FaultA15, AFilterIsAppliedToEachLinkType) {
  // IPv4, UDP, 127.0.0.1:4000 > 127.0.0.1:4001 and to port 53, "x"
  const auto to = [](const std::string& port) {
    return bytes("45 00 00 1d 00 00 40 00 40 11 00 00 7f 00 00 01 7f 00 00 01 0f a0 " + port + " 00 09 00 00 78");
  };
  const auto ethernet = bytes("00 00 00 00 00 00 00 00 00 00 00 00 08 00");
  const Pcapng in;
  const auto file = in.section_header() + in.interface(101) + in.interface(1) + in.enhanced(to("0f a1"), 0) +
                    in.enhanced(ethernet + to("0f a1"), 1) + in.enhanced(to("00 35"), 0) +
                    in.enhanced(ethernet + to("00 35"), 1);
  EXPECT_THAT(read_bytes(file, "udp port 53").all(&Kept::bytes), ElementsAre(to("00 35"), ethernet + to("00 35")));
  EXPECT_THAT(read_bytes(file, "udp prot 53").error, Is(Kind::bad_filter));
}

TEST(FaultA15, WhatAFilterMeansNothingForIsLeftOutAndCounted) {
  const Pcapng in;
  const auto file = in.section_header() + in.interface(1) + in.interface(101) + in.enhanced(one, 0) +
                    in.enhanced(one, 1) + in.enhanced(one, 1);
  const Reading reading = read_bytes(file, "not ether host 1:2:3:4:5:6");
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.all(&Kept::link_type), ElementsAre(LinkType::ethernet));
  EXPECT_EQ(reading.counts.unfiltered, 2U);
}

TEST(FaultA5, APcapngIsReadFromAPipePacketByPacket) {
  const TemporaryFolder folder;
  const auto path = folder.file("fifo");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int pipe = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // open at both ends: it never ends by itself
  const auto send = [&](const Bytes& bytes) {
    ASSERT_EQ(::write(pipe, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  };
  const Pcapng in;
  send(in.section_header() + in.interface(1));
  auto source = std::get<PacketSource>(PacketSource::open_file(path, ""));
  send(in.enhanced(one));
  EXPECT_EQ(source.next()->bytes.size(), one.size());  // though nothing follows yet
  send(in.interface(101) + in.enhanced(odd, 1));
  EXPECT_EQ(source.next()->link_type, LinkType::raw);
  ::close(pipe);
  EXPECT_FALSE(source.next());
  EXPECT_FALSE(source.error());
}

// Writing

TEST(PcapngWriter, KeepsInterfacesTimesCommentsAndSections) {
  const TemporaryFolder folder;
  const auto named = [](const Pcapng& in, std::string_view name) { return in.option(2, text_bytes(name)); };
  const Pcapng in = big_endian, then = little_endian;
  const auto file = in.section_header() + in.interface(1, 0, named(in, "eth0") + in.option(9, bytes("09"))) +
                    in.interface(101, 0, named(in, "tun0")) +
                    in.enhanced(odd, 1, 7, in.option(1, text_bytes("a comment"))) +
                    in.enhanced(one, 0, 1'700'000'000'123'456'789) + then.section_header() +
                    then.interface(113, 3, named(then, "any")) + then.simple(odd, 342) +
                    then.statistics(0, then.option(5, then.n64(12)));
  const auto original = folder.file("original", file);
  const Reading reading = read_path(original, "", folder.file("copy.pcapng"));
  EXPECT_FALSE(reading.error) << reading.error->detail;
  const Reading copy = read_path(folder.file("copy.pcapng"), "", folder.file("again.pcapng"));
  EXPECT_FALSE(copy.error) << copy.error->detail;
  EXPECT_THAT(copy.all(&Kept::interface), ElementsAre("tun0", "eth0", "any"));
  EXPECT_THAT(copy.all(&Kept::link_type), ElementsAre(LinkType::raw, LinkType::ethernet, LinkType::linux_sll));
  EXPECT_EQ(copy.all(&Kept::time), reading.all(&Kept::time));
  EXPECT_EQ(copy.all(&Kept::bytes), reading.all(&Kept::bytes));
  EXPECT_EQ(copy.all(&Kept::comments), reading.all(&Kept::comments));
  EXPECT_EQ(copy.all(&Kept::section), reading.all(&Kept::section));
  EXPECT_THAT(copy.all(&Kept::original_length), ElementsAre(3, 16, 342));
  EXPECT_EQ(copy.packets.at(2).time, no_time);
  EXPECT_EQ(copy.counts.dropped, 12U);
}

TEST(PcapngWriter, AnInterfaceKeepsItsNumberThoughOthersHaveNoPackets) {
  const TemporaryFolder folder;
  const Pcapng in;
  const auto original =
      folder.file("original", in.section_header() + in.interface(101) + in.interface(189) + in.interface(1) +
                                  in.enhanced(one, 1) + in.enhanced(one, 2) + in.simple(odd, 3) + in.enhanced(one, 2));
  const Reading reading = read_path(original, "", folder.file("copy.pcapng"));
  EXPECT_FALSE(reading.error);
  const Reading copy = read_path(folder.file("copy.pcapng"));
  EXPECT_FALSE(copy.error) << copy.error->detail;
  EXPECT_EQ(copy.all(&Kept::link_type), reading.all(&Kept::link_type));
  EXPECT_EQ(copy.all(&Kept::time), reading.all(&Kept::time));
}

TEST(PcapngWriter, AFileOfNoPacketsHasItsLinkType) {
  const TemporaryFolder folder;
  auto source =
      std::get<PacketSource>(PacketSource::open_file(folder.file("original", file_header({.link_type = 276})), ""));
  auto writer = std::get<PacketWriter>(PacketWriter::open(source, folder.file("copy.pcapng")));
  ASSERT_FALSE(writer.close());
  const auto copy = std::get<PacketSource>(PacketSource::open_file(folder.file("copy.pcapng"), ""));
  EXPECT_EQ(copy.link_type(), LinkType::linux_sll2);
}

TEST(PcapngWriter, AFullDiskIsReported) {
  const TemporaryFolder folder;
  auto writer = std::get<PacketWriter>(PacketWriter::open(LinkType::ethernet, "/dev/full", FileFormat::pcapng));
  const auto error = writer.close();
  ASSERT_THAT(error, Is(Kind::not_writable));
  EXPECT_EQ(error->detail, "No space left on device");
}

TEST(FaultA15, AClassicFileHoldsOneLinkTypeAndSaysSo) {
  const TemporaryFolder folder;
  const Pcapng in;
  const auto original = folder.file("original", in.section_header() + in.interface(1) + in.interface(101) +
                                                    in.enhanced(one, 1) + in.enhanced(one, 1) + in.enhanced(one, 0));
  const Reading reading = read_path(original, "", folder.file("copy.pcap"));
  ASSERT_THAT(reading.error, Is(Kind::mixed_link_types));
  EXPECT_EQ(reading.error->frame, 3U);
  EXPECT_EQ(reading.error->detail, "RAW, EN10MB");
  EXPECT_FALSE(read_path(original, "", folder.file("copy.pcapng")).error);
}

}  // namespace
}  // namespace echolab::capture
