// The 16 colours that every terminal has. Colour only repeats what the words say.
#pragma once

#include <string>
#include <string_view>

namespace echolab::capture {

enum class Ink : unsigned char { plain, faint, bold, client, server, note, warning, post };

/// Writes text in an ink, or as it is where colour is off.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  void operator()(std::string& out, Ink ink, std::string_view text) const {
    if (!on_ || ink == Ink::plain || text.empty()) {
      out.append(text);
      return;
    }
    out.append("\x1b[").append(code(ink)).append("m").append(text).append("\x1b[0m");
  }

 private:
  static std::string_view code(Ink ink) {
    switch (ink) {
      case Ink::plain: return "0";
      case Ink::faint: return "2";
      case Ink::bold: return "1";
      case Ink::client: return "36";   // cyan
      case Ink::server: return "35";   // magenta
      case Ink::note: return "33";     // yellow
      case Ink::warning: return "31";  // red
      case Ink::post: return "94";     // bright blue: the plain one is hard to read on black
    }
    return "0";
  }

  bool on_;
};

}  // namespace echolab::capture
