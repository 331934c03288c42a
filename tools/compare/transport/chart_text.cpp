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
  explicit Drawing(const Look& look) : look_(look), paint_(look.color), width_(std::clamp(look.columns, 30, 100)) {
    for (const Client client : clients) client_ = std::max(client_, capture::columns(name_of(client, look.language)));
  }

  void panel(const Panel& panel) {
    out_ += '\n';
    paint_(out_, Ink::bold, panel.title);
    out_ += '\n';
    int name = 0, shown = 0;
    for (const Group& group : panel.groups) {
      name = std::max(name, capture::columns(group.name));
      for (const Client client : clients) shown = std::max(shown, capture::columns(group.bars[client].shown));
    }
    const int room = width_ - name - client_ - shown - 5;
    for (const Group& group : panel.groups)
      for (const Client client : clients) bar(group, client, panel.axis, name, std::max(room, 5));
  }
  std::string take() { return std::move(out_); }

 private:
  void bar(const Group& group, Client client, const Axis& axis, int name, int room) {
    static constexpr Each<std::string_view> blocks{"█", "▒", "░"}, in_ascii{"#", "=", "+"};
    static constexpr Each<Ink> inks{Ink::client, Ink::server, Ink::note};
    const Bar& bar = group.bars[client];
    const int length = static_cast<int>(std::lround(bar.value / axis.end * room));
    out_ += "  " + capture::pad_left(client == Client::tcp ? group.name : "", name) + " ";
    out_ += capture::pad_right(name_of(client, look_.language), client_) + " ";
    paint_(out_, inks[client], capture::repeat((look_.ascii ? in_ascii : blocks)[client], length));
    out_ += (length > 0 ? " " : "") + bar.shown + "\n";
  }

  const Look& look_;
  capture::Paint paint_;
  int width_, client_ = 0;  // columns: of a line, of the longest client's name
  std::string out_;
};

}  // namespace

std::string draw_text(const Chart& chart, const Look& look) {
  Drawing drawing(look);
  for (const Panel& panel : chart.panels) drawing.panel(panel);
  return drawing.take();
}

}  // namespace echolab::compare
