#include "capture/program/selection.hpp"

#include <charconv>

namespace echolab::capture {
namespace {

template <class Word>
std::vector<std::string> names_of(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(to_string(static_cast<Word>(i)));
  return names;
}

template <class Word>
std::optional<Word> named(std::string_view name, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (to_string(static_cast<Word>(i)) == name) return static_cast<Word>(i);
  return std::nullopt;
}

}  // namespace

std::vector<std::string> state_names() { return names_of<State>(state_count); }
std::vector<std::string> note_names() { return names_of<Note>(note_count); }
std::optional<State> parse_state(std::string_view name) { return named<State>(name, state_count); }
std::optional<Note> parse_note(std::string_view name) { return named<Note>(name, note_count); }

std::optional<StreamName> parse_stream(std::string_view text) {
  StreamName name;
  for (const auto& [prefix, protocol] : {std::pair("tcp:", Protocol::tcp), std::pair("udp:", Protocol::udp)}) {
    if (!text.starts_with(prefix)) continue;
    name.protocol = protocol;
    text.remove_prefix(4);
    break;
  }
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, name.number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(name) : std::nullopt;
}

std::string to_string(const StreamName& stream) {
  return (stream.protocol == Protocol::tcp ? "tcp:" : "udp:") + std::to_string(stream.number);
}

bool Selection::is_stream(Protocol protocol, std::uint64_t number) const {
  return !wanted_.stream || *wanted_.stream == StreamName{protocol, number};
}

bool Selection::is_in_state(const Observation& seen) const {
  if (!wanted_.state) return true;
  return seen.tcp && (seen.tcp->client.after == *wanted_.state || seen.tcp->server.after == *wanted_.state);
}

bool Selection::takes(const Observation& seen) {
  if (everything()) return true;
  const auto& stream = seen.stream;
  if (wanted_.stream && (!stream || !is_stream(stream->protocol, stream->number))) return false;
  const bool taken = has_note(seen) && is_in_state(seen);
  if (stream && (by_end_ ? has_note(seen) : taken)) had_one_.insert(key(stream->protocol, stream->number));
  return taken;
}

bool Selection::takes(const StreamSummary& ended) {
  if (everything()) return true;
  const bool had_one = had_one_.erase(key(ended.protocol, ended.number)) > 0;
  if (!had_one || !by_end_ || !wanted_.state) return had_one;
  const bool tcp = ended.protocol == Protocol::tcp;
  return tcp && (ended.client_state == *wanted_.state || ended.server_state == *wanted_.state);
}

}  // namespace echolab::capture
