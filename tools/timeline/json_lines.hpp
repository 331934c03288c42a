// The same events for programs: one JSON object a line, "v":1 first. Packets are render's to_json.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "net/call_log.hpp"
#include "tools/timeline/story.hpp"

namespace echolab::timeline {

/// {"v":1,"kind":"call","role":"client","call":"connect","time":"1700364000.123456789","phase":"start", ...}
std::string json_of(const net::CallRecord& record, const Style& style);

/// ,"icmp":{"from":"10.0.1.1","type":3,"code":4,"name":"fragmentation needed","mtu":1280}: a member more of an object.
std::string json_member(const net::IcmpError& error);

/// {"v":1,"kind":"note","time":"...","text":"..."}
std::string json_of(std::string_view sentence, net::WallTime time);

/// {"v":1,"kind":"echo","time":"...","length":5,"base64":"aGVsbG8=","text":"hello"}
std::string json_of_echo(std::span<const std::byte> bytes, net::WallTime time);

/// RFC 4648, section 4.
std::string base64(std::span<const std::byte> bytes);

}  // namespace echolab::timeline
