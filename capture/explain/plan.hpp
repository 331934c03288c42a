// What is to be told of a packet: sentences and their values. It has no language and no words; render words it.
#pragma once

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/explain/sentence.hpp"
#include "capture/track/finding.hpp"
#include "capture/track/note.hpp"
#include "capture/track/state.hpp"

namespace echolab::capture {

enum class Severity : std::uint8_t { plain,
                                     note,
                                     warning };

/// Why a state is marked as assumed.
enum class Assumption : std::uint8_t { none,
                                       if_arrived,
                                       if_no_copy };

/// What stands in a blank. Only the plan that it is said to can read texts, lists and parts.
struct Value {
  Blank blank;
  std::uint8_t slot;    // of a number or an address: its place among those of the plan
  std::uint16_t count;  // of a text or a list
  std::uint64_t number;
};
/// A value that carries its blank in its type.
template <Blank name>
struct Given {
  Value value;
};

constexpr Given<Blank::who> who(Side side) { return {{Blank::who, 0, 0, static_cast<std::uint64_t>(side)}}; }
constexpr Given<Blank::peer> peer(Side side) { return {{Blank::peer, 0, 0, static_cast<std::uint64_t>(side)}}; }
constexpr Given<Blank::from> from(State state) { return {{Blank::from, 0, 0, static_cast<std::uint64_t>(state)}}; }
constexpr Given<Blank::to> to(State state) { return {{Blank::to, 0, 0, static_cast<std::uint64_t>(state)}}; }
constexpr Given<Blank::move> move(State before, State after) {
  return {{Blank::move, 0, static_cast<std::uint16_t>(before), static_cast<std::uint64_t>(after)}};
}
constexpr Given<Blank::assumed> assumed(Assumption why) {
  return {{Blank::assumed, 0, 0, static_cast<std::uint64_t>(why)}};
}
template <Blank blank>
constexpr Given<blank> given(std::uint64_t number) {
  return {{blank, 0, 0, number}};
}
constexpr auto frame(std::uint64_t n) { return given<Blank::frame>(n); }
constexpr auto number(std::uint64_t n) { return given<Blank::number>(n); }
constexpr auto ack(std::uint64_t n) { return given<Blank::ack>(n); }
constexpr auto window(std::uint64_t n) { return given<Blank::window>(n); }
constexpr auto needed(std::uint64_t n) { return given<Blank::needed>(n); }
constexpr auto had(std::uint64_t n) { return given<Blank::had>(n); }
constexpr auto offset(std::uint64_t n) { return given<Blank::offset>(n); }
constexpr auto end_at(std::uint64_t n) { return given<Blank::end>(n); }
constexpr auto bytes(std::uint64_t n) { return given<Blank::bytes>(n); }
constexpr auto size(std::uint64_t n) { return given<Blank::size>(n); }
constexpr auto fragments(std::uint64_t n) { return given<Blank::fragments>(n); }
constexpr auto time(std::chrono::nanoseconds t) {
  return given<Blank::time>(static_cast<std::uint64_t>(std::max(t, t.zero()).count()));
}

class Plan {
 public:
  static constexpr std::size_t most_values = 6;
  struct Item {
    const Sentence* sentence = nullptr;
    Note note{};            // of an advice
    bool part = false;      // it stands in a blank of a later one
    bool unsuited = false;  // an advice that would mislead here: it is told by its name
    bool whole = false;     // what stands in brackets is said in any case
    std::uint8_t count = 0;
    std::array<Value, most_values> values;  // the first `count` mean something
    std::span<const Value> filled() const { return {values.data(), count}; }
  };

  /// Begins anew; what it has taken of memory stays.
  void clear();

  template <const auto& sentence, Blank... names>
  Item& say(const Given<names>&... values) {
    static_assert((Blanks{0} | ... | bit(names)) == sentence.blanks, "a blank is left open, or a value has none");
    return add(sentence, {values.value...});
  }
  /// One that was chosen while the program runs.
  template <Blank... names>
  Item& say(const OneOf<names...>& sentence, const Given<names>&... values) {
    return add(sentence, {values.value...});
  }
  /// A sentence that is to stand in a blank of another.
  template <Blank blank, const auto& sentence, Blank... names>
  Given<blank> part(const Given<names>&... values) {
    say<sentence>(values...).part = true;
    return {{blank, 0, 0, items_.size()}};
  }
  template <Blank blank, Blank... names>
  Given<blank> part(const OneOf<names...>& sentence, const Given<names>&... values) {
    say(sentence, values...).part = true;
    return {{blank, 0, 0, items_.size()}};
  }
  /// The blank stays empty.
  template <Blank blank>
  static constexpr Given<blank> nothing() {
    return {{blank, 0, 0, 0}};
  }
  /// Words that are the same in every language.
  template <Blank blank>
  Given<blank> text(std::string_view words) {
    const std::uint64_t begin = texts_.size();
    texts_.append(words);
    return {{blank, 0, static_cast<std::uint16_t>(words.size()), begin}};
  }
  Given<Blank::name> name(std::string_view words) { return text<Blank::name>(words); }
  Given<Blank::frames> frames(std::span<const std::uint64_t> list);
  void advise(Note note, const Sentence& sentence, bool suits) {
    Item& item = add(sentence, {});
    item.note = note;
    item.unsuited = !suits;
  }

  std::span<const Item> items() const { return items_; }
  bool empty() const { return items_.empty(); }
  std::string_view text_of(const Value& value) const {
    return std::string_view(texts_).substr(value.number, value.count);
  }
  std::span<const std::uint64_t> list_of(const Value& value) const {
    return std::span(lists_).subspan(value.number, value.count);
  }
  /// The sentence in a blank; nullptr: there is none.
  const Item* part_of(const Value& value) const { return value.number == 0 ? nullptr : &items_[value.number - 1]; }

  bool details = true;                 // whether those who word it want what is only a detail
  std::string_view protocol, section;  // "RFC 9293", "3.10.7.3"; empty where no rule fired
  Severity severity = Severity::plain;

 private:
  Item& add(const Sentence& sentence, std::initializer_list<Value> values);

  std::vector<Item> items_;
  std::string texts_;
  std::vector<std::uint64_t> lists_;
  std::uint8_t slots_ = 0;
};

constexpr bool is_number(Blank blank) { return blank >= Blank::frame && blank <= Blank::time; }
constexpr bool is_address(Blank blank) { return blank == Blank::source || blank == Blank::destination; }
/// Whether all others that are as long look alike: only what stands there differs.
constexpr bool is_slot(Blank blank) { return is_number(blank) || is_address(blank); }

}  // namespace echolab::capture
