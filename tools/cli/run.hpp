// What every program does as it runs, whatever its options are: exit status, language, output that reports its errors.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "net/text.hpp"

namespace echolab::cli {

/// Exit status of every program.
enum class Exit : int {
  done = 0,
  failed = 1,  // bad input, an error of the operating system, output lost
  usage = 2,
  missing = 3,  // a privilege or a kernel feature
};

enum class Color { automatic, always, never };

/// The options that every program has.
struct Common {
  Language lang = Language::en;
  Color color = Color::automatic;
  bool ascii = false;
  /// Whether to write colour to `fd`: --color, then NO_COLOR and FORCE_COLOR, then whether it is a terminal.
  bool use_color(int fd) const;
};

/// The language before CLI11 has run: --lang in argv, else ECHOLAB_LANG, else LC_ALL, LC_MESSAGES, LANG. Help needs it
/// early.
Language language(int argc, const char* const* argv);

/// "tcp_client: error: ..." on stderr. One line, unless `what` has line breaks (a mend to copy): those lines are
/// indented. Everything else that is not printable is escaped.
void error(std::string_view program, std::string_view what, Language lang);
/// The same without "error", broken at words to the terminal's width where stderr is one.
void note(std::string_view program, std::string_view what);

/// The program as a command to copy: "build/bin/capture" where it was started so, "echolab capture" where echolab
/// started it, else the name alone, which the PATH finds.
std::string as_started(std::string_view name, int argc, const char* const* argv);

/// Calls `body` with stdout and stderr safe to use: closed descriptors 0..2 are opened on /dev/null, SIGPIPE and
/// SIGXFSZ are ignored, an exception, and a soft limit of processor time, become one error line and `failed`; at the
/// end stdout is flushed and a write error (full disk, closed pipe) is `failed`.
int run(std::string_view program, Language lang, const std::function<Exit()>& body);

/// Hands `text` to stdout through a buffer; false as below. Unlike stdio's, it is not lost where Ctrl-C interrupts it.
bool print(std::string_view text);

/// Flushes stdout. False once anything could not be written: a program that runs on stops then and returns `failed`;
/// `run` says why.
bool flush_output();

/// Stdout was written by other means, and that failed with `error` (an errno): `run` says so at the end.
void output_lost(int error);

/// Columns of the terminal on `fd`, else $COLUMNS, else `fallback`.
int terminal_columns(int fd, int fallback = 80);

}  // namespace echolab::cli
