#include "capture/render/cells.hpp"

#include <algorithm>

#include "capture/render/width.hpp"

namespace echolab::capture {
namespace {

constexpr int between = 2, indent = 4;

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

}  // namespace

std::string CellTable::row(const std::vector<std::string>& cells) {
  std::string out;
  out.reserve(256);
  int used = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Column& column = columns_[i];
    const int width = columns(cells[i]);
    column.width = std::max(column.width, width);
    if (used > 0 && used + between + column.width > window_) {
      end_line(out);
      out.append(indent, ' ');
      used = indent;
    } else if (i > 0) {
      out.append(between, ' ');
      used += between;
    }
    const auto padding = static_cast<std::size_t>(column.width - width);
    if (column.lean == Lean::right) out.append(padding, ' ');
    out += cells[i];
    if (column.lean == Lean::left) out.append(padding, ' ');
    used += column.width;
  }
  end_line(out);
  return out;
}

}  // namespace echolab::capture
