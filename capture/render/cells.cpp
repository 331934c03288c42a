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
  int used = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Column& column = columns_[i];
    column.width = std::max(column.width, columns(cells[i]));
    if (used > 0 && used + between + column.width > window_) {
      end_line(out);
      out += repeat(" ", indent);
      used = indent;
    } else if (i > 0) {
      out += repeat(" ", between);
      used += between;
    }
    out += column.lean == Lean::left ? pad_right(cells[i], column.width) : pad_left(cells[i], column.width);
    used += column.width;
  }
  end_line(out);
  return out;
}

}  // namespace echolab::capture
