// A wrong rule, in words.
#include <fmt/format.h>

#include "tools/lab/wire/rule.hpp"

namespace echolab::lab {
namespace {

using Expected = RuleError::Expected;

struct Name {
  std::string_view en, ko;
};

/// What should have stood there, and what there is to choose from. {0}: all actions.
Name name_of(Expected expected) {
  switch (expected) {
    case Expected::action:
      return {"what to do ({0}; for the whole line loss, duplicate, reorder, delay)",
              "할 일({0}, 선 전체라면 loss, duplicate, reorder, delay)"};
    case Expected::host: return {"the host that sends it (client or server)", "보내는 호스트(client 또는 server)"};
    case Expected::kind:
      return {"the kind of frame (SYN, SYN,ACK, ACK, DATA, FIN, RST, UDP, ICMP or ANY)",
              "프레임 종류(SYN, SYN,ACK, ACK, DATA, FIN, RST, UDP, ICMP, ANY)"};
    case Expected::count:
      return {"which of them, counted from 1 (2, 2..3, or 2.. for all from the second on)",
              "몇 번째인지(1부터 세어 2, 2..3, 둘째부터 모두라면 2..)"};
    case Expected::duration: return {"for how long (50us, 300ms, 2s)", "얼마 동안인지(50us, 300ms, 2s)"};
    case Expected::after: return {"the word \"after\"", "\"after\"라는 말"};
    case Expected::for_: return {"the word \"for\"", "\"for\"라는 말"};
    case Expected::end: return {"the end of the rule", "규칙의 끝"};
    case Expected::share: return {"a share in per cent (10%, 0.5%)", "백분율(10%, 0.5%)"};
  }
  return {};
}

}  // namespace

std::string sentence(const RuleError& error, Language language) {
  const bool korean = language == Language::ko;
  const Name name = name_of(error.expected);
  const std::string wanted = fmt::format(fmt::runtime(korean ? name.ko : name.en), all_actions());
  if (error.word.empty())
    return korean ? fmt::format("규칙이 덜 끝났습니다. 다음에 올 것: {}. 예: {}", wanted, error.example)
                  : fmt::format("the rule stops too early; next comes {}. For example: {}", wanted, error.example);
  return korean ? fmt::format("\"{}\" 자리에는 다음이 와야 합니다: {}. 예: {}", error.word, wanted, error.example)
                : fmt::format("\"{}\" stands where {} belongs. For example: {}", error.word, wanted, error.example);
}

}  // namespace echolab::lab
