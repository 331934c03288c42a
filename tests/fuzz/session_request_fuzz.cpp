// Any bytes as a request line, and through the service: each is refused or answered in one line, and what a state
// becomes can be written and read again.
#include <cstdlib>
#include <optional>

#include "tools/session/service.hpp"

using namespace echolab::session;

namespace {

void must(bool held) {
  if (!held) std::abort();
}

void ask(std::string_view line, std::optional<State>& state) {
  auto request = parse_request(line);
  if (!request) return;
  must(line.size() <= longest_line && request->length <= longest_body);
  const std::string body(request->length, 'x');
  request->body = body;
  Served served = serve(*request, state, Time(std::chrono::seconds(1'800'000'000)), {});
  const std::string answer = to_line(served.answer, request->number);
  must(answer.find('\n') == answer.size() - 1);
  must(parse_answer(to_text(served.answer)) == served.answer);
  if (served.state) must(read_claims(to_json(*served.state))->state == *served.state);
  state = std::move(served.state);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::optional<State> state;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    ask(line, state);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return 0;
}
