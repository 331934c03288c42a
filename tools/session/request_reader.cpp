#include "tools/session/request_reader.hpp"

namespace echolab::session {
namespace {

/// A line as it was typed, without its line break (LF, or CR LF).
std::string_view line_at(std::string_view bytes) {
  std::string_view line = bytes.substr(0, bytes.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool may_have_a_body(std::string_view line) { return line.find("PUT") != line.npos; }

}  // namespace

void RequestReader::append(std::string_view bytes) {
  bytes_.erase(0, taken_);
  taken_ = 0;
  bytes_ += bytes;
}

std::optional<Incoming> RequestReader::next() {
  if (lost_) return std::nullopt;
  const std::string_view here = std::string_view(bytes_).substr(taken_);
  const auto end = here.find('\n');
  if (end == here.npos) {
    if (here.size() <= longest_line) return std::nullopt;
    lost_ = true;
    return wrong(here, here.size());
  }
  const std::string_view line = line_at(here);
  auto request = parse_request(line);
  if (!request) return wrong(line, end + 1);
  const std::size_t size = end + 1 + request->length;
  if (here.size() < size) return std::nullopt;
  request->body = here.substr(end + 1, request->length);
  taken_ += size;
  return Incoming{.request = request, .size = size};
}

std::optional<Incoming> RequestReader::wrong(std::string_view line, std::size_t size) {
  lost_ = lost_ || line.size() > longest_line || may_have_a_body(line);
  taken_ += size;
  return Incoming{.request = std::nullopt, .size = size};
}

Incoming read_datagram(std::string_view bytes) {
  Incoming incoming{.request = parse_request(line_at(bytes)), .size = bytes.size()};
  if (!incoming.request) return incoming;
  const std::string_view rest = bytes.substr(std::min(bytes.size(), bytes.find('\n')));
  const std::string_view behind = rest.substr(std::min<std::size_t>(rest.size(), 1));
  if (incoming.request->verb == Verb::put && behind.size() == incoming.request->length) {
    incoming.request->body = behind;
  } else if (incoming.request->verb == Verb::put || behind.find_first_not_of(" \t\r\n") != behind.npos) {
    incoming.request.reset();
  }
  return incoming;
}

}  // namespace echolab::session
