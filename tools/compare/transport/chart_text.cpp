#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "capture/render/paint.hpp"
#include "capture/render/width.hpp"
#include "tools/compare/transport/chart.hpp"

namespace echolab::compare {
namespace {

using capture::Ink;

/// "  5 %  TCP ██████ 1.20 s"
class Drawing {
 public:
  explicit Drawing(const Look& look) : look_(look), paint_(look.color), width_(std::clamp(look.columns, 30, 100)) {}

  void panel(const Panel& panel) {
    out_ += '\n';
    paint_(out_, Ink::bold, panel.title);
    out_ += '\n';
    int name = 0, shown = 0;
    for (const Group& group : panel.groups) {
      name = std::max(name, capture::columns(group.name));
      for (const Protocol protocol : both) shown = std::max(shown, capture::columns(group.bars[protocol].shown));
    }
    const int room = width_ - name - shown - 8;
    for (const Group& group : panel.groups)
      for (const Protocol protocol : both) bar(group, protocol, panel.axis, name, std::max(room, 5));
  }
  std::string take() { return std::move(out_); }

 private:
  void bar(const Group& group, Protocol protocol, const Axis& axis, int name, int room) {
    const bool tcp = protocol == Protocol::tcp;
    const Bar& bar = group.bars[protocol];
    const int length = static_cast<int>(std::lround(bar.value / axis.end * room));
    const std::string_view block = look_.ascii ? (tcp ? "#" : "=") : (tcp ? "█" : "▒");
    out_ += "  " + capture::pad_left(tcp ? group.name : "", name) + (tcp ? " TCP " : " UDP ");
    paint_(out_, tcp ? Ink::client : Ink::server, capture::repeat(block, length));
    out_ += (length > 0 ? " " : "") + bar.shown + "\n";
  }

  const Look& look_;
  capture::Paint paint_;
  int width_;
  std::string out_;
};

}  // namespace

std::string draw_text(const Chart& chart, const Look& look) {
  Drawing drawing(look);
  for (const Panel& panel : chart.panels) drawing.panel(panel);
  return drawing.take();
}

}  // namespace echolab::compare
