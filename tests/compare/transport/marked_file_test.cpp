// What is written is read again: the packets, their times, and the remark.
#include "tools/compare/transport/marked_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "capture/source/packet_source.hpp"
#include "net/system_call.hpp"
#include "tests/lab/frames.hpp"
#include "tests/support/temporary_folder.hpp"

namespace echolab::compare {
namespace {

TEST(MarkedFile, IsReadPacketForPacketWithItsRemarks) {
  const test::TemporaryFolder folder;
  const auto path = folder.file("marked.pcapng");
  const capture::Time time(std::chrono::nanoseconds(1'700'364'000'123'456'789));
  const auto first = test::frame(1, lab::Host::client, "UDP 5", time);  // an odd length: it is padded
  const auto second = test::frame(2, lab::Host::server, "UDP 6", time);
  MarkedFile file(path, capture::LinkType::ethernet);
  file.write(first.packet(), MarkedFile::dropped);
  file.write(second.packet());
  file.close();

  auto opened = capture::PacketSource::open_file(path, "");
  ASSERT_TRUE(std::holds_alternative<capture::PacketSource>(opened));
  auto& source = std::get<capture::PacketSource>(opened);
  for (const auto* written : {&first, &second}) {
    const auto packet = source.next();
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->time, time);
    EXPECT_EQ(packet->link_type, capture::LinkType::ethernet);
    EXPECT_TRUE(std::ranges::equal(packet->bytes, written->bytes));
    EXPECT_EQ(packet->original_length, written->bytes.size());
    EXPECT_EQ(packet->comments.size(), written == &first ? 1U : 0U);
    for (const auto comment : packet->comments) EXPECT_EQ(comment, MarkedFile::dropped);
  }
  EXPECT_FALSE(source.next());
  EXPECT_FALSE(source.error());
}

TEST(MarkedFile, SaysWhereItCannotBeWritten) {
  EXPECT_THROW(MarkedFile("/nowhere/x.pcapng", capture::LinkType::ethernet), net::CallError);
  MarkedFile full("/dev/full", capture::LinkType::ethernet);
  EXPECT_THROW(full.close(), net::CallError);
}

}  // namespace
}  // namespace echolab::compare
