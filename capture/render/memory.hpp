// What was made before. Traffic repeats itself: a few hundred sentences explain a million packets, and a few
// conversations talk at a time. Wrapping a sentence costs twenty times what looking it up does.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "capture/decode/address.hpp"

namespace echolab::capture {

/// Texts by the text that they were made from. Bounded: when it is full it forgets everything.
class TextMemory {
 public:
  template <class Make>
  const std::string& recall(std::string_view key, Make make) {
    if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
    if (texts_.size() == most) texts_.clear();
    return texts_.emplace(key, make()).first->second;
  }

 private:
  static constexpr std::size_t most = 4096;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
};

/// The texts of endpoints, by value: a newcomer takes the place of another one: there is one place for each remainder.
class AddressBook {
 public:
  const std::string& operator()(const Endpoint& endpoint) {
    Entry& entry = entries_[place(endpoint)];
    if (entry.text.empty() || entry.endpoint != endpoint) entry = {endpoint, to_string(endpoint)};
    return entry.text;
  }

 private:
  struct Entry {
    Endpoint endpoint;
    std::string text;
  };
  static std::size_t place(const Endpoint& endpoint) {
    std::size_t sum = endpoint.port;
    for (const std::uint8_t byte : endpoint.address.bytes) sum = sum * 31 + byte;
    return sum % 509;  // a prime: neighbouring addresses and ports stand apart
  }
  std::array<Entry, 509> entries_;
};

}  // namespace echolab::capture
