// Calls, notes and echoes as JSON: one object a line that every parser takes, whatever the bytes.
#include "tools/timeline/json_lines.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace echolab::timeline {
namespace {

using nlohmann::json;

constexpr net::WallTime time_of_test{std::chrono::nanoseconds(1'700'364'000'123'456'789)};

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

net::CallRecord connect_returned() {
  net::CallRecord record;
  record.phase = net::CallRecord::Phase::returned;
  record.time = time_of_test;
  record.role = "client";
  record.call = "connect";
  record.result = "0";
  return record;
}

TEST(Base64, PadsAsRfc4648Says) {
  EXPECT_EQ(base64(bytes("")), "");
  EXPECT_EQ(base64(bytes("f")), "Zg==");
  EXPECT_EQ(base64(bytes("fo")), "Zm8=");
  EXPECT_EQ(base64(bytes("foo")), "Zm9v");
  EXPECT_EQ(base64(bytes("foobar")), "Zm9vYmFy");
}

TEST(CallLine, HasTheContractsFieldsAndVersionFirst) {
  const std::string line = json_of(connect_returned(), Style{});
  EXPECT_TRUE(line.starts_with(R"({"v":1,"kind":"call",)")) << line;
  const json object = json::parse(line);
  EXPECT_EQ(object["role"], "client");
  EXPECT_EQ(object["call"], "connect");
  EXPECT_EQ(object["phase"], "return");
  EXPECT_EQ(object["time"], "1700364000.123456789");
  EXPECT_EQ(object["result"], "0");
}

TEST(EchoLine, CarriesAnyBytes) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const json object = json::parse(json_of_echo(bytes(all), time_of_test));
  EXPECT_EQ(object["length"], 256);
  EXPECT_EQ(object["base64"], base64(bytes(all)));
}

TEST(NoteLine, EscapesItsSentence) {
  const json object = json::parse(json_of("a \"quoted\"\nline \x1b[31m", time_of_test));
  EXPECT_EQ(object["kind"], "note");
  EXPECT_EQ(object["text"], "a \"quoted\"\nline \x1b[31m");
}

}  // namespace
}  // namespace echolab::timeline
