// Rows of a table whose cells flow like words: where the window is too narrow for a row it goes on in the next line,
// and every row breaks at the same place, for a cell has the same width in each.
#pragma once

#include <string>
#include <vector>

namespace echolab::capture {

class CellTable {
 public:
  enum class Lean : unsigned char { left, right };
  struct Column {
    int width;  // of most of its cells, in columns of the terminal; a wider one widens it from there on
    Lean lean = Lean::left;
  };
  CellTable(std::vector<Column> columns, int window) : columns_(std::move(columns)), window_(window) {}

  /// One row, ended by a line break. Precondition: as many cells as columns.
  std::string row(const std::vector<std::string>& cells);

 private:
  std::vector<Column> columns_;
  int window_;
};

}  // namespace echolab::capture
