// What the student presses: single keys on a terminal; on a pipe a line each, an empty one being Enter.
#pragma once

#include <termios.h>

#include <optional>
#include <string>
#include <string_view>

namespace echolab::lab {

class Keys {
 public:
  static constexpr char enter = '\n', end = '\4';

  /// Reads from standard input. A terminal gives its keys at once and unechoed while this lives.
  Keys();
  ~Keys();
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  /// To poll on; -1 where the next key is here already, or nothing more will come.
  int descriptor() const;
  /// The next key, nullopt where none has been pressed yet; `end` when the input has ended.
  std::optional<char> next();
  /// Whether somebody at a terminal has pressed `key`, be it behind others that still wait. Takes none.
  bool holds(char key);
  bool terminal() const { return terminal_; }

 private:
  void read();
  void keep(std::string_view read);

  termios before_{};  // filled by the next one's initialiser
  bool terminal_;
  std::string unread_;
  bool ended_ = false;
};

}  // namespace echolab::lab
