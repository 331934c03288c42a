// The house's help layout: names on the left, descriptions wrapped beside them, columns counted as a terminal does.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/cli.hpp"

namespace echolab::cli {

class Formatter : public CLI::FormatterBase {
 public:
  /// `width`: columns of the page.
  Formatter(Language lang, int width) : lang_(lang), width_(width) {}
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

 private:
  struct Row {
    std::string name, description;
  };
  struct Section {
    std::string title;
    std::vector<Row> rows;
  };
  std::string usage(const CLI::App& app, const std::string& name) const;
  std::vector<Section> sections(const CLI::App& app) const;
  std::string draw(const Section& section, int column) const;

  Language lang_;
  int width_;
};

}  // namespace echolab::cli
