// Capture files that are wrong, as the program meets them: FAULTS of the container, one suite a number. What the
// library says about each byte of them stands in tests/source/file_test.cpp.
#include <sys/stat.h>

#include "tests/programs/sniffed.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Bytes frame = ethernet_ipv4 + tcp4;
const Bytes two_packets = capture_of({frame, ethernet_ipv4 + udp4});

Bytes first_bytes(const Bytes& bytes, std::size_t count) {
  return {bytes.begin(), bytes.begin() + static_cast<long>(count)};
}

TEST(FaultA1, AnEmptyFileIsOneLineAndExitOne) {
  const Ended ended = shown({});
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_TRUE(one_error(ended.err, {"is not a capture file (0 bytes)"}));
  EXPECT_TRUE(one_error(shown({}, "ko").err, {"캡처 파일이 아닙니다: ", "(0 bytes)"}));
}

TEST(FaultA2, AHeaderCutShortSaysHowManyBytesThereWere) {
  for (const std::size_t length : {1, 3, 4, 23}) {
    const Ended ended = shown(first_bytes(two_packets, length));
    EXPECT_EQ(ended.status, 1) << length;
    EXPECT_EQ(ended.out, "") << length;
    EXPECT_TRUE(one_error(ended.err, {std::to_string(length) + " bytes of a header of 24"}));
  }
}

TEST(FaultA3, NoPacketsAreASummaryOfNoneAndExitZero) {
  const Ended ended = shown(file_header());
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.out, "0 packets read\n");
}

TEST(FaultA4, TheWholePacketsThenTheSummaryThenTheErrorWithItsByte) {
  const std::size_t header = 24, border = header + 16 + frame.size();
  for (const auto length : {header + 1, header + 16, border - 1, border + 1, two_packets.size() - 1}) {
    const Ended ended = sniffed(first_bytes(two_packets, length));
    const auto whole = static_cast<std::size_t>(length > border);
    EXPECT_EQ(ended.status, 1) << length;
    EXPECT_THAT(of_kind(ended.out, "packet"), SizeIs(whole)) << length;
    EXPECT_EQ(summary_of(ended)["packets"], whole) << length;
    EXPECT_TRUE(one_error(
        ended.err, {"broken after packet " + std::to_string(whole) + ":", "(at byte " + std::to_string(length) + ")"}));
  }
  EXPECT_EQ(sniffed(first_bytes(two_packets, border)).status, 0);
}

TEST(FaultA5, WhatIsNoCaptureIsNamedForWhatItIs) {
  const TemporaryFolder folder;
  const auto text = folder.file("text", bytes("68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 0a"));
  EXPECT_TRUE(one_error(run("capture", {"-r", text}).err, {text + " is not a capture file", "unknown file format"}));
  EXPECT_TRUE(one_error(run("capture", {"-r", folder.file("")}).err, {"Is a directory"}));
  EXPECT_TRUE(one_error(run("capture", {"-r", folder.file("none")}).err, {"cannot read", "No such file or directory"}));
  for (const auto& path : {text, folder.file(""), folder.file("none")})
    EXPECT_EQ(run("capture", {"-r", path}).status, 1);
}

TEST(FaultA5, TheStandardInputAndAFifoAreReadToTheirEnd) {
  const std::string capture(reinterpret_cast<const char*>(two_packets.data()), two_packets.size());
  EXPECT_EQ(summary_of(run("capture", {"--format", "json", "-r", "-"}, capture))["packets"], 2);
  EXPECT_TRUE(one_error(run("capture", {"-r", "-"}, "no capture").err, {"is not a capture file"}));

  const TemporaryFolder folder;
  const auto file = folder.file("capture", two_packets), fifo = folder.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  Process writer({"sh", "-c", "cat " + file + " > " + fifo});
  EXPECT_EQ(summary_of(run("capture", {"--format", "json", "-r", fifo}))["packets"], 2);
  EXPECT_EQ(writer.wait().status, 0);
}

TEST(FaultA6, AnAbsurdSnaplenMeansTheMost) {
  for (const std::uint32_t snaplen : {0u, 0x80000000u, 0xffffffffu}) {
    const Ended ended = sniffed(file_header({.snaplen = snaplen}) + record(frame));
    EXPECT_EQ(ended.status, 0) << snaplen << ended.err;
    EXPECT_EQ(of_kind(ended.out, "packet").at(0)["captured"], frame.size());
  }
}

TEST(FaultA7, AnAbsurdRecordEndsTheReadingBehindTheWholeOnes) {
  const auto absurd = le32(1) + le32(0) + le32(0xffffffff) + le32(0xffffffff);
  const Ended ended = sniffed(capture_of({frame}) + absurd);
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(summary_of(ended)["packets"], 1);
  EXPECT_TRUE(one_error(ended.err, {"broken after packet 1", "bigger than"}));
}

TEST(FaultA8, MoreBytesThanTheWireHadAreReadAndMentionedOnce) {
  const auto longer = le32(1) + le32(0) + le32(frame.size()) + le32(4) + frame;
  const Ended ended = sniffed(file_header() + longer + longer + longer);
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(summary_of(ended)["tcp"], 3);
  EXPECT_EQ(count_of(ended.err, "packet 1 holds more bytes"), 1);
  EXPECT_EQ(count_of(ended.err, "holds more bytes"), 1);
  EXPECT_EQ(count_of(shown(file_header() + longer + longer, "ko").err, "패킷 1: 원래 길이보다"), 1);
}

TEST(FaultA9, APacketCutInFrontOfItsHeadersIsCountedAndNotBlamed) {
  const auto cut = [](std::size_t kept) {
    return le32(1) + le32(0) + le32(kept) + le32(frame.size()) + first_bytes(frame, kept);
  };
  const Ended ended = sniffed(file_header() + cut(0) + cut(13) + cut(20) + record(frame));
  EXPECT_EQ(ended.status, 0);
  for (int i = 0; i < 3; ++i) {
    const auto packet = of_kind(ended.out, "packet").at(i);
    EXPECT_EQ(packet["other"]["kind"], "cut");
    EXPECT_THAT(packet["notes"], testing::Contains("truncated"));
    EXPECT_EQ(packet["headline"], "cut by the capture");
  }
  const auto summary = summary_of(ended);
  EXPECT_EQ(summary["malformed"], 0);
  EXPECT_EQ(summary["others"]["cut"], 3);
  EXPECT_THAT(shown(file_header() + cut(0)).out,
              HasSubstr("other, content not followed: truncated by the capture 1\n"));
}

TEST(FaultA10, TimesThatAreNoneAreNormalisedAndMentionedOnce) {
  const Ended ended = sniffed(file_header() + record(frame, 5, 1'500'000) + record(frame, 0, 0) +
                              record(frame, 0xffffffff, 2'000'000'000) + record(frame, 1, 0));
  EXPECT_EQ(ended.status, 0);
  std::vector<std::string> times;
  for (const auto& packet : of_kind(ended.out, "packet")) times.push_back(packet["time"]);
  EXPECT_THAT(times, testing::ElementsAre("6.500000000", "0.000000000", "4294969295.000000000", "1.000000000"));
  EXPECT_EQ(count_of(ended.err, "packet 1: the fraction in its time"), 1);
  EXPECT_EQ(count_of(ended.err, "the fraction in its time"), 1);
  EXPECT_EQ(count_of(ended.err, "packet 2 is stamped earlier"), 1);
  EXPECT_EQ(count_of(ended.err, "stamped earlier"), 1);
}

TEST(FaultA10, NoDurationIsNegative) {
  const Ended ended = shown(file_header() + record(frame, 9) + record(frame, 2) + record(frame, 10));
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(count_of(ended.out, "  0.000000"), 2);
  EXPECT_THAT(ended.out, HasSubstr("  1.000000"));
  EXPECT_EQ(count_of(ended.out, "-7"), 0);
}

TEST(FaultA11, ByteOrdersAndUnitsGiveTheSameLines) {
  const auto nanosecond = file_header({.magic = nanoseconds}) + record(frame, 1, 5000);
  const auto microsecond = file_header({.magic = microseconds}) + record(frame, 1, 5);
  const auto older =
      file_header({.magic = modified}) + le32(1) + le32(5) + le32(frame.size()) + le32(frame.size()) + Bytes(8) + frame;
  auto big_endian = bytes(R"(
    a1 b2 c3 d4  00 02 00 04  00 00 00 00  00 00 00 00  00 00 ff ff  00 00 00 01
    00 00 00 01  00 00 00 05  00 00 00 3b  00 00 00 3b
  )") + frame;
  const std::string expected = sniffed(microsecond).out;
  EXPECT_THAT(expected, HasSubstr("\"time\":\"1.000005000\""));
  for (const auto& file : {nanosecond, older, big_endian}) EXPECT_EQ(sniffed(file).out, expected);
}

TEST(FaultA12, AForeignLinkTypeIsNamedByNumberAndName) {
  const Ended ended = sniffed(file_header({.link_type = 105}) + record(frame));
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_TRUE(one_error(ended.err, {"link type 105 (IEEE802_11) is not supported"}));
  for (const std::uint32_t number : {127, 147, 65535})
    EXPECT_TRUE(
        one_error(sniffed(file_header({.link_type = number})).err, {"link type " + std::to_string(number) + " ("}));
}

TEST(FaultA13, OtherVersionsAreRefusedInLibpcapsWords) {
  const Ended ended = sniffed(file_header({.minor = 5}) + record(frame));
  EXPECT_EQ(ended.status, 1);
  EXPECT_TRUE(one_error(ended.err, {"unsupported pcap savefile version 2.5"}));
}

TEST(FaultA14, ABlockThatContradictsItselfIsPlacedAndThePacketsBeforeItAreShown) {
  const auto whole = ethernet_ipv4 + tcp4 + Bytes(1);  // a block of pcapng is a multiple of 4 bytes
  auto other_trailer = enhanced_packet(whole);
  other_trailer[other_trailer.size() - 4] = std::byte{1};
  const Ended ended = sniffed(section_header() + interface_description(1) + enhanced_packet(whole) + other_trailer);
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(summary_of(ended)["tcp"], 1);
  EXPECT_TRUE(one_error(ended.err, {"broken after packet 1", "(at byte "}));
}

TEST(FaultA15, SeveralInterfacesAreOneCaptureEachReadByItsLinkType) {
  const auto whole = ethernet_ipv4 + tcp4;
  const auto three = section_header() + interface_description(1, 64) + interface_description(1, 96);
  const auto packets = enhanced_packet(whole, 0) + enhanced_packet(whole, 1);
  EXPECT_EQ(summary_of(sniffed(three + packets))["tcp"], 2);
  const Ended mixed = sniffed(three + packets + interface_description(101) + enhanced_packet(tcp4, 2));
  EXPECT_EQ(mixed.status, 0) << mixed.err;
  EXPECT_EQ(summary_of(mixed)["tcp"], 3);
}

TEST(FaultA16, CompressedFilesAreNamedWithTheMend) {
  for (const auto& [magic, name] : {std::pair{"1f 8b 08 00", "gzip"}, {"28 b5 2f fd", "zstd"}}) {
    const Ended ended = shown(bytes(magic) + Bytes(100));
    EXPECT_EQ(ended.status, 1);
    EXPECT_EQ(ended.out, "");
    EXPECT_TRUE(one_error(ended.err, {"is compressed (" + std::string(name) + ")", "Unpack it first"}));
  }
}

}  // namespace
}  // namespace echolab::test
