#include <gmock/gmock.h>

#include <fstream>

#include "capture/source/packet_source.hpp"
#include "tests/source/pcap_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::capture {
namespace {

using namespace test;
using Kind = SourceError::Kind;

PacketSource open(const std::string& path) { return std::get<PacketSource>(PacketSource::open_file(path, "")); }

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Writes every packet of `source` to `path`.
void copy(PacketSource source, const std::string& path) {
  auto writer = std::get<PacketWriter>(PacketWriter::open(source, path));
  while (const auto packet = source.next()) ASSERT_FALSE(writer.write(*packet));
  ASSERT_FALSE(writer.close());
}

const Bytes data = bytes("00 01 02 03 04 05 06 07 08 09");

TEST(Writer, WhatItWroteIsReadBackTheSame) {
  const TemporaryFolder folder;
  const auto cut =
      le32(0x90000000) + le32(123'456'789) + le32(data.size()) + le32(1500) + data;  // in 2046; 10 of 1500 bytes
  const auto original =
      folder.file("original", file_header({.magic = nanoseconds, .link_type = 113}) + cut + record(data));
  copy(open(original), folder.file("copy"));
  copy(open(folder.file("copy")), folder.file("copy of the copy"));

  auto source = open(folder.file("copy"));
  EXPECT_EQ(source.link_type(), LinkType::linux_sll);
  EXPECT_EQ(source.link_type_name(), "LINUX_SLL");
  const auto packet = *source.next();
  EXPECT_EQ(packet.time.time_since_epoch().count(), 0x90000000L * 1'000'000'000 + 123'456'789);
  EXPECT_EQ(Bytes(packet.bytes.begin(), packet.bytes.end()), data);
  EXPECT_EQ(packet.original_length, 1500u);
  EXPECT_EQ(contents(folder.file("copy")), contents(original));
  EXPECT_EQ(contents(folder.file("copy of the copy")), contents(original));
}

TEST(Writer, EveryLinkTypeKeepsItsNumber) {
  const TemporaryFolder folder;
  for (const std::uint32_t link_type : {0, 1, 101, 108, 113, 228, 229, 276}) {
    const auto original =
        folder.file("original", file_header({.magic = nanoseconds, .link_type = link_type}) + record(data));
    copy(open(original), folder.file("copy"));
    EXPECT_EQ(contents(folder.file("copy")), contents(original)) << link_type;
  }
}

TEST(FaultD7, AFullDiskIsReported) {
  const TemporaryFolder folder;
  auto source = open(folder.file("original", file_header() + record(data)));
  auto writer = std::get<PacketWriter>(PacketWriter::open(source, "/dev/full"));
  ASSERT_FALSE(writer.write(*source.next()));  // still in memory
  const auto error = writer.close();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::not_writable);
  EXPECT_EQ(error->subject, "/dev/full");
  EXPECT_EQ(error->detail, "No space left on device");
}

TEST(FaultD7, AFullDiskIsReportedByFlushAndByALongWriteToo) {
  const TemporaryFolder folder;
  auto source = open(folder.file("original", file_header() + record(Bytes(60'000))));
  auto writer = std::get<PacketWriter>(PacketWriter::open(source, "/dev/full"));
  const auto error = writer.write(*source.next());
  ASSERT_TRUE(error);
  EXPECT_EQ(error->detail, "No space left on device");
  EXPECT_TRUE(writer.flush());
}

TEST(FaultD8, AFolderThatIsNotThereIsReportedAtOnce) {
  const TemporaryFolder folder;
  const auto source = open(folder.file("original", file_header()));
  const auto opened = PacketWriter::open(source, folder.file("no/such/file"));
  EXPECT_EQ(std::get<SourceError>(opened).kind, Kind::not_writable);
  EXPECT_EQ(std::get<SourceError>(opened).detail, "No such file or directory");
}

TEST(Writer, TheFileBeingReadIsNeverOverwritten) {
  const TemporaryFolder folder;
  const auto path = folder.file("original", file_header() + record(data));
  const auto before = contents(path);
  std::filesystem::create_hard_link(path, folder.file("another name"));
  const auto source = open(path);
  EXPECT_EQ(std::get<SourceError>(PacketWriter::open(source, path)).kind, Kind::not_writable);
  EXPECT_EQ(std::get<SourceError>(PacketWriter::open(source, folder.file("another name"))).kind, Kind::not_writable);
  EXPECT_EQ(contents(path), before);
}

TEST(Writer, AnOlderFileIsReplaced) {
  const TemporaryFolder folder;
  const auto older = folder.file("older", Bytes(1000));
  copy(open(folder.file("original", file_header({.magic = nanoseconds}) + record(data))), older);
  EXPECT_EQ(contents(older), contents(folder.file("original")));
}

}  // namespace
}  // namespace echolab::capture
