// The files of uploads: bounded in all, and gone some time after their sessions.
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"
#include "tools/session/memory_place.hpp"
#include "tools/session/uploads.hpp"

namespace echolab::session {
namespace {

using namespace std::chrono_literals;

Time now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

TEST(SessionUploads, AllFilesTogetherAreBounded) {
  const test::TemporaryFolder folder;
  Uploads uploads(folder.file("uploads"), false, 10);
  EXPECT_EQ(uploads.write("one", 0, "123456"), std::nullopt);
  EXPECT_EQ(uploads.write("two", 0, "12345"), Reason::full);
  EXPECT_EQ(uploads.write("one", 0, "abcdef"), std::nullopt) << "that needs no more room";
  uploads.remove("one");
  EXPECT_EQ(uploads.write("two", 0, "12345"), std::nullopt);
}

TEST(SessionUploads, WhatWasThereBeforeCounts) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(Uploads(folder.file("uploads"), false).write("one", 0, "123456"), std::nullopt);
  Uploads uploads(folder.file("uploads"), false, 10);
  uploads.tidy(now(), 60s);
  EXPECT_EQ(uploads.write("two", 0, "12345"), Reason::full);
}

TEST(SessionUploads, AFileThatIsNotUsedAnyMoreIsRemoved) {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("uploads/upload-one"), other = folder.file("uploads/mine");
  Uploads uploads(folder.file("uploads"), false);
  uploads.write("one", 0, "123456");
  std::ofstream{other} << "nobody's upload";
  for (const std::string& old : {file, other})
    std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() - 100s);
  uploads.tidy(now(), 200s);
  EXPECT_TRUE(std::filesystem::exists(file));
  uploads.tidy(now() + 20s, 60s);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_TRUE(std::filesystem::exists(other));
}

TEST(SessionUploads, ASessionThatIsUsedKeepsItsFile) {
  const test::TemporaryFolder folder;
  Uploads uploads(folder.file("uploads"), false);
  MemoryPlace place({.server = "A", .idle_timeout = 60s}, 10, &uploads);
  const std::string kim = place.serve(parse_request("LOGIN kim").value(), now()).credential;
  const std::string put = kim + " PUT 0 5", who = kim + " WHO";
  Request request = parse_request(put).value();
  request.body = "hello";
  place.serve(request, now());
  const auto file = std::filesystem::directory_iterator(folder.file("uploads"))->path();
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - 1000s);
  place.serve(parse_request(who).value(), now());
  place.look_after(now());
  EXPECT_TRUE(std::filesystem::exists(file));
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - 1000s);
  uploads.tidy(now() + 20s, 120s);
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace echolab::session
