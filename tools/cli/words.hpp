// The fixed words of every help page and every usage error, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::cli::words {

inline constexpr Text usage{"Usage", "사용법"};
inline constexpr Text options{"Options", "옵션"};
inline constexpr Text options_in_usage{"OPTIONS", "옵션"};
inline constexpr Text arguments{"Arguments", "인자"};
inline constexpr Text commands{"Commands", "명령"};
inline constexpr Text command_in_usage{"COMMAND", "명령"};
inline constexpr Text common{"Common options", "공통 옵션"};
inline constexpr Text by_default{"default: ", "기본값: "};
inline constexpr Text required{"required", "필수"};

inline constexpr Text help{"Show this help and exit", "이 도움말을 보여 주고 끝내기"};
inline constexpr Text version{"Show the version and exit", "버전을 보여 주고 끝내기"};
inline constexpr Text lang{"Language of all texts; else ECHOLAB_LANG, else the locale",
                           "출력 언어. 없으면 ECHOLAB_LANG, 그다음은 로캘"};
inline constexpr Text color{"Colour; auto: on a terminal only, and as NO_COLOR and FORCE_COLOR say",
                            "색. auto: 터미널에서만, NO_COLOR와 FORCE_COLOR에 따라"};
inline constexpr Text ascii{"Draw with ASCII characters only", "선과 화살표를 ASCII 문자로만 그리기"};

inline constexpr Text quiet{"The packets alone, without a word on them", "설명 없이 패킷만 보이기"};
inline constexpr Text verbose{"Everything of every packet: what else it shows, advice each time",
                              "패킷마다 전부 보이기: 그 밖에 드러난 것과 조언까지 매번"};

// The sections of a man page.
inline constexpr Text name_section{"NAME", "이름"};
inline constexpr Text synopsis_section{"SYNOPSIS", "사용법"};
inline constexpr Text description_section{"DESCRIPTION", "설명"};
inline constexpr Text options_section{"OPTIONS", "옵션"};
inline constexpr Text commands_section{"COMMANDS", "명령"};
inline constexpr Text environment_section{"ENVIRONMENT", "환경 변수"};
inline constexpr Text notes_section{"NOTES", "참고"};
inline constexpr Text echolab_lang{"ko or en: the language, where --lang does not say",
                                   "ko 또는 en: --lang이 없을 때의 언어"};
inline constexpr Text color_variables{
    "Not empty: no colour, or colour without a terminal too; --color goes before both",
    "비어 있지 않으면: 색을 쓰지 않기, 또는 터미널이 아니어도 쓰기. --color가 앞섭니다"};

inline constexpr Text error{"error", "오류"};

// Usage errors. {0} is the option, {1} the value or the other option.
inline constexpr Text unknown_option{"unknown option {0}", "{0}: 없는 옵션입니다"};
inline constexpr Text did_you_mean{"; did you mean {0}?", ". 혹시 {0}?"};
inline constexpr Text unexpected{"unexpected argument \"{0}\"", "\"{0}\": 여기에 올 수 없는 인자입니다"};
inline constexpr Text a_port{"; a port is given with --port {0}", ". 포트는 --port {0}처럼 적습니다"};
inline constexpr Text quote_message{"; a message of several words needs quotes: -m \"two words\"",
                                    ". 띄어 쓴 메시지는 따옴표로 묶습니다: -m \"두 단어\""};
inline constexpr Text bad_value{"{0}: \"{1}\" is not allowed", "{0}: \"{1}\" 값은 쓸 수 없습니다"};
inline constexpr Text needs_value{"{0} needs a value", "{0}: 값이 필요합니다"};
inline constexpr Text only_once{"{0} may be given only once", "{0}: 한 번만 쓸 수 있습니다"};
inline constexpr Text is_required{"{0} is required", "{0}: 꼭 있어야 합니다"};
inline constexpr Text a_command{"a command is required", "명령이 꼭 있어야 합니다"};
inline constexpr Text unknown_command{"unknown command {0}", "{0}: 없는 명령입니다"};
inline constexpr Text excludes{"{0} and {1} cannot be used together", "{0}, {1}: 함께 쓸 수 없습니다"};
inline constexpr Text needs_other{"{0} also needs {1}", "{0}: {1} 옵션도 있어야 합니다"};
inline constexpr Text allowed{"; allowed: {0}", ". 쓸 수 있는 값: {0}"};
inline constexpr Text see_help{" (see {0} --help)", " ({0} --help 참고)"};

// What an option allows.
inline constexpr Text whole_number{"a whole number", "정수"};
inline constexpr Text any_number{"a number", "수"};
inline constexpr Text range{"{0} from {1} to {2}", "{1}에서 {2}까지의 {0}"};
inline constexpr Text above_zero{"a number above 0", "0보다 큰 수"};
inline constexpr Text zero_or_more{"0 or more", "0 이상의 수"};

inline constexpr Text cannot_write{"cannot write output: {0}", "출력을 쓸 수 없습니다: {0}"};
inline constexpr Text out_of_memory{"out of memory (more may be allowed: ulimit -v)",
                                    "메모리가 모자랍니다(허용량 보기: ulimit -v)"};
inline constexpr Text out_of_time{"the processor time is used up (more may be allowed: ulimit -t)",
                                  "CPU 시간을 다 썼습니다(허용량 보기: ulimit -t)"};

}  // namespace echolab::cli::words
