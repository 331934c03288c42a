// An event pattern that cannot be read, in words.
#include <fmt/format.h>

#include "tools/lab/story/event_pattern.hpp"

namespace echolab::lab {
namespace {

using Expected = EventPatternError::Expected;

struct Help {
  std::string_view en, ko, example;
};

/// "held, delivered, ..."
std::string all_fates() {
  std::string all;
  for (const FateRow& row : fates) all.append(all.empty() ? "" : ", ").append(row.event);
  return all;
}

/// What should have stood there, and a pattern that has it. {0}: all fates.
Help help_on(Expected expected) {
  switch (expected) {
    case Expected::beginning:
      return {"client, server, kernel, note or disagree", "client, server, kernel, note, disagree 가운데 하나",
              "client SYN 1 delivered"};
    case Expected::host: return {"client or server", "client 또는 server", "kernel server SYN_RECEIVED"};
    case Expected::event:
      return {"a kind of frame (SYN, DATA, ...), a state (SYN_SENT, ...), a socket call (connect, ...), says or ends",
              "프레임 종류(SYN, DATA 등), 상태(SYN_SENT 등), 소켓 호출(connect 등), says, ends 가운데 하나",
              "client connect = 0"};
    case Expected::number_or_fate:
      return {"a number from 1, or what becomes of the frame (sent, {0})",
              "1부터 세는 번호, 또는 프레임이 어떻게 되는지(sent, {0})", "client SYN 1 delivered"};
    case Expected::fate:
      return {"what becomes of the frame (sent, {0})", "프레임이 어떻게 되는지(sent, {0})", "client SYN 1 delivered"};
    case Expected::state: return {"a state as RFC 9293 names it", "RFC 9293의 상태 이름", "kernel server SYN_RECEIVED"};
    case Expected::text: return {"some text", "글자", "client says hello"};
    case Expected::status: return {"an exit status", "종료 상태 값", "client ends 0"};
    case Expected::note: return {"a note's name", "노트 이름", "note retransmission"};
    case Expected::end: return {"the end", "끝", "client SYN 1 delivered"};
  }
  return {};
}

}  // namespace

std::string sentence(const EventPatternError& error, Language language) {
  const bool korean = language == Language::ko;
  const Help help = help_on(error.expected);
  const std::string wanted = fmt::format(fmt::runtime(korean ? help.ko : help.en), all_fates());
  if (error.word.empty())
    return korean ? fmt::format("덜 적었습니다. 다음에 올 것: {}. 예: {}", wanted, help.example)
                  : fmt::format("this stops too early; next comes {}. For example: {}", wanted, help.example);
  return korean ? fmt::format("\"{}\" 자리에는 다음이 와야 합니다: {}. 예: {}", error.word, wanted, help.example)
                : fmt::format("\"{}\" stands where {} belongs. For example: {}", error.word, wanted, help.example);
}

}  // namespace echolab::lab
