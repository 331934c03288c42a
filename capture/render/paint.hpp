// The 16 colours that every terminal has. Colour only repeats what the words say.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace echolab::capture {

enum class Ink : unsigned char { plain, faint, bold, client, server, note, warning, post };

/// Writes text in an ink, or as it is where colour is off.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  void operator()(std::string& out, Ink ink, std::string_view text) const {
    const bool paints = !text.empty();
    if (paints) begin(out, ink);
    out.append(text);
    if (paints) end(out, ink);
  }
  /// Text in parts, of which at least one is not empty.
  void operator()(std::string& out, Ink ink, std::initializer_list<std::string_view> parts) const {
    begin(out, ink);
    for (const std::string_view part : parts) out.append(part);
    end(out, ink);
  }

 private:
  void begin(std::string& out, Ink ink) const {
    if (on_ && ink != Ink::plain) out.append("\x1b[").append(code(ink)).append("m");
  }
  void end(std::string& out, Ink ink) const {
    if (on_ && ink != Ink::plain) out.append("\x1b[0m");
  }
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
