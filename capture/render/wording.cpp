#include "capture/render/wording.hpp"

#include <cstring>
#include <span>

#include "capture/render/digits.hpp"

namespace echolab::capture {
namespace {

constexpr Text client{"client", "클라이언트"}, server{"server", "서버"};
constexpr Text if_arrived{" (assumed: if it arrived)", " (추정: 도착했다면)"};
constexpr Text if_no_copy{
    " (assumed: it may only repeat what the capture missed; new data from both ends would settle that)",
    " (추정: 캡처하기 전에 보낸 것을 재전송한 패킷일 수도 있습니다. 양쪽이 새 데이터를 보내면 분명해집니다)"};
constexpr Text still{"still ", "그대로 "};

std::string_view assumption(Assumption why, Language language) {
  switch (why) {
    case Assumption::none: return {};
    case Assumption::if_arrived: return if_arrived.in(language);
    case Assumption::if_no_copy: return if_no_copy.in(language);
  }
  return {};
}

std::chrono::nanoseconds time_of(const Value& value) {
  return std::chrono::nanoseconds(static_cast<std::int64_t>(value.number));
}

/// Writes a shape without asking for room at each byte.
class ShapeWriter {
 public:
  /// Room for this many bytes beside texts and lists.
  ShapeWriter(std::string& shape, std::size_t room) : shape_(shape), room_(room), at_(shape.size()) { make_room(); }
  ~ShapeWriter() { shape_.resize(at_); }
  void put(std::uint64_t byte) { shape_[at_++] = static_cast<char>(byte); }
  template <class Word>
  void put_word(Word word) {
    std::memcpy(shape_.data() + at_, &word, sizeof word);
    at_ += sizeof word;
  }
  void put_text(std::string_view text) {
    shape_.resize(at_);
    shape_.append(text) += '\0';
    at_ = shape_.size();
    make_room();
  }

 private:
  void make_room() { shape_.resize(at_ + room_); }
  std::string& shape_;
  std::size_t room_, at_;
};

/// Of a number: how many digits it has, and what else changes with it.
void put_number(ShapeWriter& shape, const Value& value, Numbers& numbers) {
  if (value.blank == Blank::time) {
    const DurationText text(time_of(value));
    numbers.add(text.digits());
    shape.put(text.digits().size());
    shape.put(static_cast<unsigned char>(text.unit().front()));
    return;
  }
  const Digits digits(value.number);
  numbers.add(digits);
  shape.put(std::string_view(digits).size());
  shape.put(value.number == 1);
}

void put_value(ShapeWriter& shape, const Plan& plan, const Value& value, Numbers& numbers) {
  if (is_number(value.blank)) return put_number(shape, value, numbers);
  if (is_address(value.blank)) {
    numbers.add(plan.text_of(value));
    return shape.put(value.count);
  }
  if (value.blank == Blank::frames) {
    const auto list = std::as_bytes(plan.list_of(value));
    return shape.put_text({reinterpret_cast<const char*>(list.data()), list.size()});
  }
  if (value.blank >= Blank::name && value.blank <= Blank::identification) return shape.put_text(plan.text_of(value));
  shape.put(value.number);
  shape.put(value.count);
}

}  // namespace

bool is_told(const Plan::Item& item, Verbosity verbosity) {
  if (item.part) return false;
  if (verbosity == Verbosity::quiet) return item.sentence->level == Level::headline;
  return verbosity == Verbosity::verbose || item.whole || item.sentence->level != Level::detail;
}

void Numbers::clear() {
  digits_.clear();
  places_.clear();
}

void Numbers::add(std::string_view digits) {
  places_.push_back({static_cast<std::uint32_t>(digits_.size()), static_cast<std::uint32_t>(digits.size())});
  digits_.append(digits);
}

void Wording::append(std::string& out, const Plan::Item& item) const {
  const bool whole = whole_ || item.whole;
  std::string_view text = item.sentence->text.in(language_);
  while (true) {
    const std::size_t sign = text.find_first_of("{[]");
    out.append(text.substr(0, sign));
    if (sign == text.npos) return;
    const char what = text[sign];
    text.remove_prefix(sign + 1);
    if (what == '[' && !whole) {
      text.remove_prefix(text.find(']') + 1);
    } else if (what == '{') {
      const std::size_t close = text.find('}');
      append_blank(out, item, text.substr(0, close), whole);
      text.remove_prefix(close + 1);
    }
  }
}

void Wording::append_blank(std::string& out, const Plan::Item& item, std::string_view name, bool whole) const {
  for (const Value& value : item.filled())
    if (blank_names[static_cast<std::size_t>(value.blank)] == name) return append_value(out, value, whole);
}

void Wording::append_value(std::string& out, const Value& value, bool whole) const {
  switch (value.blank) {
    case Blank::who:
    case Blank::peer: out += (value.number == 0 ? client : server).in(language_); return;
    case Blank::from:
    case Blank::to: out += to_string(static_cast<State>(value.number)); return;
    case Blank::assumed:
      if (whole_) out += assumption(static_cast<Assumption>(value.number), language_);  // else the ? says it
      return;
    case Blank::frames: return append_frames(out, value);
    case Blank::move: {
      const auto before = static_cast<State>(value.count), after = static_cast<State>(value.number);
      out += before == after ? still.in(language_) : to_string(before);
      if (before != after) out += " -> ";
      out += to_string(after);
      return;
    }
    case Blank::copy:
    case Blank::answer:
    case Blank::place:
    case Blank::what:
      if (const Plan::Item* part = plan_.part_of(value)) Wording(plan_, language_, whole, slots_).append(out, *part);
      return;
    default: break;
  }
  if (is_number(value.blank))
    append_count(out, value);
  else if (is_address(value.blank))
    append_number(out, value, plan_.text_of(value));
  else
    out += plan_.text_of(value);
}

/// A number, and the unit that it is counted in.
void Wording::append_count(std::string& out, const Value& value) const {
  const bool korean = language_ == Language::ko;
  if (value.blank == Blank::time) {
    const DurationText text(time_of(value));
    append_number(out, value, text.digits());
    out.append(" ").append(text.unit());
    return;
  }
  if (value.blank == Blank::fragments && korean) out += "fragment ";
  append_number(out, value, Digits(value.number));
  const bool one = value.number == 1;
  if (value.blank == Blank::bytes || value.blank == Blank::size) out += korean ? "바이트" : one ? " byte" : " bytes";
  if (value.blank == Blank::fragments) out += korean ? "개" : one ? " fragment" : " fragments";
}

void Wording::append_number(std::string& out, const Value& value, std::string_view digits) const {
  if (slots_ == nullptr) {
    out += digits;
    return;
  }
  slots_->push_back(value.slot);
  out.append(digits.size(), slots_->size() % 2 == 0 ? slot_mark : other_mark);
}

/// "Packet 4", "Packets 4, 5 and 7".
void Wording::append_frames(std::string& out, const Value& value) const {
  const auto list = plan_.list_of(value);
  const bool korean = language_ == Language::ko;
  if (!korean) out += list.size() == 1 ? "Packet " : "Packets ";
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += !korean && i + 1 == list.size() ? " and " : ", ";
    out += Digits(list[i]);
  }
  if (korean) out += "번";
}

void append_shape(std::string& shape, const Plan& plan, Numbers& numbers) {
  constexpr std::size_t most_of_an_item = sizeof(const Sentence*) + 1 + 2 * Plan::most_values;
  numbers.clear();
  ShapeWriter writer(shape, plan.items().size() * most_of_an_item);
  for (const Plan::Item& item : plan.items()) {
    writer.put_word(item.sentence);
    writer.put(item.part | item.whole << 1 | item.unsuited << 2);
    for (const Value& value : item.filled()) put_value(writer, plan, value, numbers);
  }
}

}  // namespace echolab::capture
