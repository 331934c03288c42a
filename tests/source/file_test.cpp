#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>

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

/// A file read to its end.
struct Reading {
  std::optional<SourceError> error;  // of opening or of reading
  std::vector<Bytes> packets;
  std::vector<std::int64_t> times;  // nanoseconds
  std::vector<std::uint32_t> lengths;
  std::uint64_t last_frame = 0;
};

Reading read_path(const std::string& path, const std::string& filter = "") {
  Reading reading;
  auto opened = PacketSource::open_file(path, filter);
  if (auto* error = std::get_if<SourceError>(&opened)) {
    reading.error = *error;
    return reading;
  }
  auto& source = std::get<PacketSource>(opened);
  while (const auto packet = source.next()) {
    reading.packets.emplace_back(packet->bytes.begin(), packet->bytes.end());
    reading.times.push_back(packet->time.time_since_epoch().count());
    reading.lengths.push_back(packet->original_length);
    reading.last_frame = packet->frame;
  }
  reading.error = source.error();
  return reading;
}

Reading read_bytes(const Bytes& bytes) {
  const TemporaryFolder folder;
  return read_path(folder.file("capture", bytes));
}

MATCHER_P(Is, kind, "") { return arg.has_value() && arg->kind == kind; }

const Bytes one = bytes("00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
const Bytes two = bytes("ff fe fd");

TEST(FaultA1, NoBytesAtAllAreNoCapture) {
  const auto reading = read_bytes({});
  EXPECT_THAT(reading.error, Is(Kind::not_a_capture));
  EXPECT_EQ(reading.error->detail, "0 bytes");
}

TEST(FaultA3, AHeaderWithoutPacketsIsACaptureOfNone) {
  const auto reading = read_bytes(file_header());
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.packets, IsEmpty());
}

TEST(FaultA2, AHeaderCutAnywhereSaysHowMuchThereWas) {
  const auto header = file_header();
  for (std::size_t length = 1; length < header.size(); ++length) {
    const auto reading = read_bytes({header.begin(), header.begin() + static_cast<long>(length)});
    EXPECT_THAT(reading.error, Is(Kind::broken)) << length;
    EXPECT_EQ(reading.error->detail, std::to_string(length) + " bytes of a header of 24");
  }
}

TEST(FaultA4, ACutAtAnyByteGivesTheWholePacketsThenTheError) {
  const auto whole = file_header() + record(one) + record(two) + record(one);
  const std::vector<std::size_t> borders{24, 24 + 32, 24 + 32 + 19, whole.size()};
  for (std::size_t length = 24; length <= whole.size(); ++length) {
    const auto reading = read_bytes({whole.begin(), whole.begin() + static_cast<long>(length)});
    const auto complete =
        static_cast<std::uint64_t>(std::ranges::count_if(borders, [&](auto b) { return b <= length; })) - 1;
    EXPECT_EQ(reading.packets.size(), complete) << length;
    const bool at_border = std::ranges::find(borders, length) != borders.end();
    EXPECT_EQ(reading.error.has_value(), !at_border) << length;
    if (!reading.error) continue;
    EXPECT_THAT(reading.error, Is(Kind::broken)) << length;
    EXPECT_EQ(reading.error->frame, complete) << length;
    EXPECT_THAT(reading.error->detail, HasSubstr("(at byte " + std::to_string(length) + ")"));
  }
}

TEST(FaultA5, ATextIsNoCapture) {
  const auto reading = read_bytes(Bytes(100, std::byte{'x'}));
  EXPECT_THAT(reading.error, Is(Kind::not_a_capture));
  EXPECT_THAT(reading.error->detail, HasSubstr("unknown file format"));
}

TEST(FaultA5, AShortTextIsNoCaptureEither) {
  EXPECT_THAT(read_bytes(bytes("68 65 6c 6c 6f 0a")).error, Is(Kind::not_a_capture));
}

TEST(FaultA5, ADirectoryAndAMissingFileAreNotReadable) {
  const TemporaryFolder folder;
  const auto directory = read_path(folder.file(""));
  EXPECT_THAT(directory.error, Is(Kind::not_readable));
  EXPECT_EQ(directory.error->detail, "Is a directory");
  EXPECT_THAT(read_path(folder.file("none")).error, Is(Kind::not_readable));
}

TEST(FaultA16, CompressedOnesAreNamed) {
  for (const auto& [magic, name] : {std::pair{"1f 8b 08", "gzip"},
                                    {"28 b5 2f fd", "zstd"},
                                    {"fd 37 7a 58 5a 00", "xz"},
                                    {"42 5a 68 39", "bzip2"},
                                    {"04 22 4d 18", "lz4"}}) {
    const auto reading = read_bytes(bytes(magic) + Bytes(100));
    EXPECT_THAT(reading.error, Is(Kind::compressed)) << name;
    EXPECT_EQ(reading.error->detail, name);
  }
}

TEST(FaultA11, EveryMagicIsRead) {
  EXPECT_THAT(read_bytes(file_header({.magic = nanoseconds}) + record(one, 1, 5)).times, ElementsAre(1'000'000'005));
  EXPECT_THAT(read_bytes(file_header({.magic = microseconds}) + record(one, 1, 5)).times, ElementsAre(1'000'005'000));
  const auto longer_record =
      le32(1) + le32(5) + le32(16) + le32(16) + Bytes(8) + one;  // interface, protocol, type, padding
  EXPECT_THAT(read_bytes(file_header({.magic = modified}) + longer_record).packets, ElementsAre(one));
  const auto big_endian_microseconds = bytes(R"(
    a1 b2 c3 d4  00 02 00 04  00 00 00 00  00 00 00 00  00 00 ff ff  00 00 00 01
    00 00 00 01  00 00 00 05  00 00 00 03  00 00 00 03  ff fe fd
  )");
  EXPECT_THAT(read_bytes(big_endian_microseconds).times, ElementsAre(1'000'005'000));
  const auto big_endian = bytes(R"(
    a1 b2 3c 4d  00 02 00 04  00 00 00 00  00 00 00 00  00 00 ff ff  00 00 00 01
    00 00 00 01  00 00 00 05  00 00 00 03  00 00 00 03  ff fe fd
  )");
  EXPECT_THAT(read_bytes(big_endian).packets, ElementsAre(two));
  EXPECT_THAT(read_bytes(big_endian).times, ElementsAre(1'000'000'005));
}

TEST(FaultA6, ASnaplenOfZeroOrOfTwoGigabytesMeansTheMost) {
  EXPECT_THAT(read_bytes(file_header({.snaplen = 0}) + record(one)).packets, ElementsAre(one));
  EXPECT_THAT(read_bytes(file_header({.snaplen = 0x80000000}) + record(one)).packets, ElementsAre(one));
}

TEST(FaultA7, AnAbsurdRecordIsRefusedBeforeItIsAllocated) {
  for (const std::uint32_t length : {0xffffffffu, 300'000u}) {
    const auto absurd = le32(1) + le32(0) + le32(length) + le32(length);
    const auto reading = read_bytes(file_header({.snaplen = 262144}) + record(one) + absurd);
    EXPECT_THAT(reading.error, Is(Kind::broken));
    EXPECT_THAT(reading.error->detail, HasSubstr("bigger than"));
    EXPECT_EQ(reading.error->frame, 1u);
  }
}

TEST(FaultA8, MoreCapturedThanThereWasIsAccepted) {
  const auto reading = read_bytes(file_header() + le32(1) + le32(0) + le32(16) + le32(4) + one);
  EXPECT_THAT(reading.packets, ElementsAre(one));
  EXPECT_THAT(reading.lengths, ElementsAre(4));
}

TEST(FaultA10, TimesAreNormalised) {
  const auto time = [](std::uint32_t magic, std::uint32_t seconds, std::uint32_t fraction) {
    return read_bytes(file_header({.magic = magic}) + record(one, seconds, fraction)).times.at(0);
  };
  EXPECT_EQ(time(nanoseconds, 0, 0), 0);
  EXPECT_EQ(time(nanoseconds, 1, 2'000'000'000), 3'000'000'000);
  EXPECT_EQ(time(microseconds, 1, 1'500'000), 2'500'000'000);
  EXPECT_EQ(time(microseconds, 1, 4'000'000'000), 4001L * 1'000'000'000);  // more than libpcap's own conversion holds
  EXPECT_EQ(time(nanoseconds, 0x80000000, 1), 0x80000000L * 1'000'000'000 + 1);  // the year 2038
  EXPECT_EQ(time(nanoseconds, 0xffffffff, 1), 0xffffffffL * 1'000'000'000 + 1);  // 2106
  EXPECT_GE(time(microseconds, 0xffffffff, 0xffffffff), 0);
}

TEST(FaultA10, AFractionThatIsNoneIsMarked) {
  const auto read = [](std::uint32_t magic, std::uint32_t fraction) {
    const TemporaryFolder folder;
    const auto path = folder.file("capture", file_header({.magic = magic}) + record(one, 1, fraction));
    return std::get<PacketSource>(PacketSource::open_file(path, "")).next()->time_mended;
  };
  EXPECT_FALSE(read(microseconds, 999'999));
  EXPECT_TRUE(read(microseconds, 1'000'000));
  EXPECT_FALSE(read(nanoseconds, 999'999'999));
  EXPECT_TRUE(read(nanoseconds, 1'000'000'000));
}

TEST(FaultA12, ForeignLinkTypesAreNamedAndNothingIsDecoded) {
  const auto wireless = read_bytes(file_header({.link_type = 105}) + record(one));
  EXPECT_THAT(wireless.error, Is(Kind::link_type));
  EXPECT_EQ(wireless.error->number, 105);
  EXPECT_EQ(wireless.error->detail, "IEEE802_11");
  EXPECT_EQ(read_bytes(file_header({.link_type = 65000})).error->detail, "unknown");
}

TEST(File, OurLinkTypesAreOpened) {
  for (const std::uint32_t link_type : {0, 1, 101, 108, 113, 228, 229, 276}) {
    EXPECT_FALSE(read_bytes(file_header({.link_type = link_type}) + record(one)).error) << link_type;
  }
}

TEST(FaultA13, OtherVersionsAreRefused) {
  EXPECT_THAT(read_bytes(file_header({.major = 2, .minor = 5}) + record(one)).error, Is(Kind::not_a_capture));
  EXPECT_THAT(read_bytes(file_header({.major = 1}) + record(one)).error, Is(Kind::not_a_capture));
}

TEST(Pcapng, IsReadLikePcap) {
  const auto reading = read_bytes(section_header() + interface_description(1) + enhanced_packet(one));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.packets, ElementsAre(one));
  EXPECT_THAT(reading.times, ElementsAre(1'000'000'000));
}

TEST(FaultA15, InterfacesMayDifferInTheirSnaplen) {
  const auto reading = read_bytes(section_header() + interface_description(1, 64) + interface_description(1, 65535) +
                                  enhanced_packet(one, 0) + enhanced_packet(Bytes(200), 1));
  EXPECT_FALSE(reading.error);
  EXPECT_THAT(reading.packets, ElementsAre(one, Bytes(200)));
}

TEST(FaultA15, InterfacesMayDifferInTheirSnaplenInBigEndianSectionsToo) {
  const auto section = bytes(R"(
    0a 0d 0d 0a  00 00 00 1c  1a 2b 3c 4d  00 01 00 00  ff ff ff ff ff ff ff ff  00 00 00 1c
    00 00 00 01  00 00 00 14  00 01 00 00  00 00 00 40  00 00 00 14  # an Ethernet interface, snaplen 64
    00 00 00 01  00 00 00 14  00 01 00 00  00 00 01 00  00 00 00 14  # another, 256
    00 00 00 06  00 00 00 24  00 00 00 01  00 00 00 00 00 00 00 01  00 00 00 04  00 00 00 04  # its packet
    de ad be ef  00 00 00 24
  )");
  EXPECT_THAT(read_bytes(section).packets, ElementsAre(bytes("de ad be ef")));
}

TEST(FaultA13, ReservedBitsOfTheLinkTypeAreRefused) {
  const auto reading = read_bytes(file_header({.link_type = 1 | 0x00010000}) + record(one));
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.packets, IsEmpty());
}

TEST(FaultA14, ABlockThatContradictsItselfEndsTheReading) {
  const auto start = section_header() + interface_description(1) + enhanced_packet(one);
  auto odd_length = enhanced_packet(one);
  odd_length[4] = std::byte{49};
  auto other_trailer = enhanced_packet(one);
  other_trailer[other_trailer.size() - 4] = std::byte{1};
  for (const auto& bad : {odd_length, other_trailer, enhanced_packet(one, 7), le32(6) + le32(8)}) {
    const auto reading = read_bytes(start + bad);
    EXPECT_THAT(reading.packets, ElementsAre(one));
    EXPECT_THAT(reading.error, Is(Kind::broken));
    EXPECT_THAT(reading.error->detail, HasSubstr("at byte"));
  }
}

TEST(FaultA14, ASectionThatContradictsItselfSaysWhere) {
  const auto with_length = [](std::uint32_t length) {
    return le32(0x0a0d0d0a) + le32(length) + le32(0x1a2b3c4d) + le16(1) + le16(0) + little(~0ull, 8) + le32(length);
  };
  const auto version = block(0x0a0d0d0a, le32(0x1a2b3c4d) + le16(2) + le16(0) + little(~0ull, 8));
  for (const auto& bad : {with_length(8), with_length(29), with_length(0x7ffffffc), version}) {
    const auto reading = read_bytes(bad + interface_description(1) + enhanced_packet(one));
    ASSERT_TRUE(reading.error);
    EXPECT_THAT(reading.error->kind, testing::AnyOf(Kind::not_a_capture, Kind::broken));
    EXPECT_THAT(reading.error->detail, HasSubstr("(at byte "));
    EXPECT_THAT(reading.packets, IsEmpty());
  }
}

TEST(FaultA14, AFileCutAtAnyByteNamesTheByte) {
  const auto start = section_header() + interface_description(1);
  const auto whole = start + enhanced_packet(one) + enhanced_packet(one);
  const auto block_size = (whole.size() - start.size()) / 2;
  for (std::size_t length = start.size() + 1; length < whole.size(); ++length) {
    const auto reading = read_bytes({whole.begin(), whole.begin() + static_cast<long>(length)});
    EXPECT_EQ(reading.packets.size(), (length - start.size()) / block_size) << length;
    if ((length - start.size()) % block_size == 0) continue;
    EXPECT_THAT(reading.error, Is(Kind::broken)) << length;
    EXPECT_THAT(reading.error->detail, HasSubstr("(at byte " + std::to_string(length) + ")"));
  }
}

TEST(FaultA14, APacketBeforeItsInterfaceIsNoCapture) {
  EXPECT_THAT(read_bytes(section_header() + enhanced_packet(one)).error, Is(Kind::not_a_capture));
}

Bytes interface_in(std::uint8_t resolution) {
  const auto option = le16(9) + le16(1) + Bytes{static_cast<std::byte>(resolution)} + Bytes(3);  // if_tsresol
  return block(1, le16(1) + le16(0) + le32(65535) + option + le32(0));
}

TEST(FaultA15, EachInterfaceCountsTimeInItsOwnUnits) {
  const auto reading = read_bytes(section_header() + interface_in(6) + interface_in(9) + interface_in(0x80 | 10) +
                                  enhanced_packet(one, 0) + enhanced_packet(one, 1) + enhanced_packet(one, 2));
  // 1'000'000 microseconds, nanoseconds, and 1024ths of a second
  EXPECT_THAT(reading.times, ElementsAre(1'000'000'000, 1'000'000, 976'562'500'000));
}

TEST(FaultA15, SectionsFollowEachOtherEachWithItsInterfaces) {
  const auto section = section_header() + interface_description(1) + enhanced_packet(one);
  const auto other = section_header() + interface_description(1) + interface_description(1) + enhanced_packet(one, 1);
  EXPECT_THAT(read_bytes(section + other + section).packets, ElementsAre(one, one, one));
}

TEST(Filter, PicksPacketsOfAFile) {
  const TemporaryFolder folder;
  const auto path = folder.file("capture", file_header() + record(one) + record(two) + record(one));
  const auto reading = read_path(path, "less 3");
  EXPECT_THAT(reading.packets, ElementsAre(two));
  EXPECT_EQ(reading.last_frame, 1u);
}

TEST(Filter, ABadOneIsNamedWithItsReason) {
  const TemporaryFolder folder;
  const auto reading = read_path(folder.file("capture", file_header()), "tcp prot 9000");
  EXPECT_THAT(reading.error, Is(Kind::bad_filter));
  EXPECT_EQ(reading.error->subject, "tcp prot 9000");
  EXPECT_THAT(reading.error->detail, HasSubstr("syntax error"));
}

TEST(FaultA5, AFifoIsReadWithoutSeeking) {
  const TemporaryFolder folder;
  const auto path = folder.file("fifo");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int keeps_open_from_blocking = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const auto capture = file_header() + record(one) + record(two);
  const int writer = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::write(writer, capture.data(), capture.size()), static_cast<ssize_t>(capture.size()));
  auto source = std::get<PacketSource>(PacketSource::open_file(path, ""));
  ::close(writer);
  ::close(keeps_open_from_blocking);
  EXPECT_EQ(source.next()->bytes.size(), one.size());
  EXPECT_EQ(source.next()->bytes.size(), two.size());
  EXPECT_FALSE(source.next());
  EXPECT_FALSE(source.error());
}

TEST(FaultA5, ADashIsTheStandardInput) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto capture = file_header() + record(one);
  ASSERT_EQ(::write(ends[1], capture.data(), capture.size()), static_cast<ssize_t>(capture.size()));
  ::close(ends[1]);
  const int before = ::dup(STDIN_FILENO);
  ::dup2(ends[0], STDIN_FILENO);
  ::close(ends[0]);
  EXPECT_THAT(read_path("-").packets, ElementsAre(one));
  ::dup2(before, STDIN_FILENO);
  ::close(before);
}

/// SIGALRM every 5 ms, with a handler that interrupts system calls.
class Alarms {
 public:
  Alarms() {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    ::sigaction(SIGALRM, &action, &before_);
    const itimerval often{.it_interval = {0, 5000}, .it_value = {0, 5000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
  }
  ~Alarms() {
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }

 private:
  struct sigaction before_ {};
};

TEST(Pipe, ASignalEndsTheWaitingAndIsNoError) {
  const TemporaryFolder folder;
  const auto path = folder.file("fifo");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int silent_writer = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const auto capture = file_header() + record(one);
  ASSERT_EQ(::write(silent_writer, capture.data(), capture.size()), static_cast<ssize_t>(capture.size()));
  auto source = std::get<PacketSource>(PacketSource::open_file(path, ""));
  EXPECT_TRUE(source.next());
  const Alarms alarms;
  EXPECT_FALSE(source.next());  // would wait for ever
  EXPECT_FALSE(source.error());
  ::close(silent_writer);
}

}  // namespace
}  // namespace echolab::capture
