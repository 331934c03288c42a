// A plan in words of one language, appended to a buffer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capture/explain/plan.hpp"

namespace echolab::capture {

/// Whether the sentence is told at this level, where it is told at all.
bool is_told(const Plan::Item& item, Verbosity verbosity);

/// The numbers of a plan as text, by their slots. Two plans that differ in nothing else have the same shape, and their
/// words lie in the same places.
class Numbers {
 public:
  void clear();
  void add(std::string_view digits);
  std::string_view operator[](std::size_t slot) const {
    return std::string_view(digits_).substr(places_[slot].begin, places_[slot].length);
  }

 private:
  struct Place {
    std::uint32_t begin;
    std::uint32_t length;
  };
  std::string digits_;
  std::vector<Place> places_;
};

/// Words a plan's sentences. Where `slots` is given, each digit of a number is written as `slot_mark` or `other_mark`,
/// turn by turn, and its slot is added there.
class Wording {
 public:
  static constexpr char slot_mark = '\x02', other_mark = '\x03';

  Wording(const Plan& plan, Language language, bool whole, std::vector<std::uint8_t>* slots = nullptr)
      : plan_(plan), language_(language), whole_(whole), slots_(slots) {}

  void append(std::string& out, const Plan::Item& item) const;

 private:
  void append_blank(std::string& out, const Plan::Item& item, std::string_view name, bool whole) const;
  void append_value(std::string& out, const Value& value, bool whole) const;
  void append_count(std::string& out, const Value& value) const;
  void append_number(std::string& out, const Value& value, std::string_view digits) const;
  void append_frames(std::string& out, const Value& value) const;

  const Plan& plan_;
  Language language_;
  bool whole_;
  std::vector<std::uint8_t>* slots_;
};

/// Appends to `shape` what the words of these items hang on, but for the digits of their numbers, which go to
/// `numbers`.
void append_shape(std::string& shape, const Plan& plan, Numbers& numbers);

}  // namespace echolab::capture
