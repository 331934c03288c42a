// Fields as few bytes. One function lists the fields of a struct; with a Packer it writes them down, with an Unpacker
// it reads them back: the two cannot differ. Most fields are zero, or close to another one: zero takes a bit, a
// sequence number its distance, and a packet that was named before its place among those.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>

#include "capture/track/sent_segments.hpp"
#include "capture/track/seq_num.hpp"

namespace echolab::capture {

/// Not for bytes of strangers: an Unpacker trusts that a Packer wrote what it reads.
template <bool writes>
class Archive {
 public:
  using Byte = std::conditional_t<writes, std::byte, const std::byte>;
  static constexpr bool is_packer = writes;
  static constexpr std::size_t longest_field = 24;  // bytes: a packet's number and its time

  /// Precondition, of a Packer: there is room for all the fields.
  explicit Archive(Byte* at) : at_(at) {}
  const std::byte* end() const { return at_; }

  /// A bit for each field tells whether it has a value; those that have one follow.
  template <class... Fields>
  void each(Fields... fields) {
    static_assert(sizeof...(fields) <= 64);
    constexpr std::size_t length = (sizeof...(fields) + 7) / 8;
    std::uint64_t set = 0;
    int i = 0;
    if constexpr (writes) ((set |= std::uint64_t{fields.is_set()} << i++), ...);
    bytes(&set, length);
    i = 0;
    ((set >> i++ & 1 ? fields.pack(*this) : fields.clear()), ...);
  }
  /// `length` bytes as they are.
  void bytes(void* value, std::size_t length) {
    if constexpr (writes)
      std::memcpy(at_, value, length);
    else
      std::memcpy(value, at_, length);
    at_ += length;
  }
  std::uint64_t word(std::uint64_t value) {
    constexpr std::uint64_t more = 128;
    Byte* at = at_;  // what is written through a std::byte* might be any object: this one is none of them
    if constexpr (writes) {
      std::uint64_t left = value;
      for (; left >= more; left >>= 7) *at++ = static_cast<std::byte>(left | more);
      *at++ = static_cast<std::byte>(left);
    } else {
      value = 0;
      for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<std::uint64_t>(*at++);
        value |= (byte & (more - 1)) << shift;
        if (byte < more) break;
      }
    }
    at_ = at;
    return value;
  }
  std::int64_t difference(std::int64_t value, std::int64_t base = 0) {
    const auto sent = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(base);  // it may wrap
    const std::uint64_t folded = word(sent << 1 ^ -(sent >> 63));  // small either way: the sign is the lowest bit
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + (folded >> 1 ^ -(folded & 1)));
  }

  /// Whose numbers follow: 0 or 1.
  void turn_to(std::size_t end) { end_ = end; }
  /// Numbers of this end, and of its peer; a TSval of this end.
  SeqNum own(SeqNum value) { return near(value, numbers_[end_]); }
  SeqNum peers(SeqNum value) { return near(value, numbers_[1 - end_]); }
  std::uint32_t stamp(std::uint32_t value) { return near(SeqNum(value), stamps_[end_]).raw(); }
  /// A packet by its number and its time, and by one of them alone.
  Stamp moment(const Stamp& value) {
    return known(value, [&value](const Stamp& it) { return it.frame == value.frame && it.time == value.time; });
  }
  std::uint64_t frame(std::uint64_t value) {
    return known({value, latest_.time}, [value](const Stamp& it) { return it.frame == value; }).frame;
  }
  Time time(Time value) {
    return known({latest_.frame, value}, [value](const Stamp& it) { return it.time == value; }).time;
  }

 private:
  SeqNum near(SeqNum value, SeqNum& base) {
    return base = base + static_cast<std::uint32_t>(difference(base.distance(value)));
  }
  template <class Is>
  Stamp known(const Stamp& value, Is&& is_it) {
    std::size_t place = 0;
    if constexpr (writes)
      while (place < count_ && !is_it(known_[place])) ++place;
    place = word(place);
    if (place < count_) return known_[place];
    const auto frame = difference(static_cast<std::int64_t>(value.frame), static_cast<std::int64_t>(latest_.frame));
    const auto time = difference(value.time.time_since_epoch().count(), latest_.time.time_since_epoch().count());
    latest_ = {static_cast<std::uint64_t>(frame), Time(std::chrono::nanoseconds(time))};
    if (count_ < known_.size()) known_[count_++] = latest_;
    return latest_;
  }

  Byte* at_;
  std::size_t end_ = 0;
  std::array<SeqNum, 2> numbers_{}, stamps_{};
  std::array<Stamp, 32> known_;  // the first `count_`
  std::size_t count_ = 0;
  Stamp latest_{};
};

using Packer = Archive<true>;
using Unpacker = Archive<false>;

/// A field as `Archive::each` takes it: where it lies, and how its value is packed where it has one.
template <class T, class Pack>
struct Field {
  T& field;
  Pack pack_value;

  bool is_set() const { return field != T{}; }
  void clear() { field = T{}; }
  template <class A>
  void pack(A& a) {
    if constexpr (requires { field.emplace(); })
      field = pack_value(a, field.value_or(typename T::value_type{}));
    else
      field = pack_value(a, field);
  }
};

/// How each kind of field is packed.
struct Fields {
  template <class T, class Pack>
  static Field<T, Pack> field(T& it, Pack pack) {
    return {it, pack};
  }
  /// Flags, whole numbers, enumerations and durations.
  template <class T>
  static auto plain(T& it) {
    return field(it, [](auto& a, auto value) {
      using Value = decltype(value);
      if constexpr (std::is_same_v<Value, bool>)
        return a.is_packer ? value : true;  // its bit says it all
      else if constexpr (std::is_same_v<Value, std::chrono::nanoseconds>)
        return Value(a.difference(value.count()));
      else
        return static_cast<Value>(a.word(static_cast<std::uint64_t>(value)));
    });
  }
  template <class T>
  static auto own(T& it) {
    return field(it, [](auto& a, SeqNum value) { return a.own(value); });
  }
  template <class T>
  static auto peers(T& it) {
    return field(it, [](auto& a, SeqNum value) { return a.peers(value); });
  }
  template <class T>
  static auto stamp(T& it) {
    return field(it, [](auto& a, std::uint32_t value) { return a.stamp(value); });
  }
  template <class T>
  static auto moment(T& it) {
    return field(it, [](auto& a, const Stamp& value) { return a.moment(value); });
  }
  template <class T>
  static auto frame(T& it) {
    return field(it, [](auto& a, std::uint64_t value) { return a.frame(value); });
  }
  template <class T>
  static auto time(T& it) {
    return field(it, [](auto& a, Time value) { return a.time(value); });
  }
};

}  // namespace echolab::capture
