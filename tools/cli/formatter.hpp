// The house's help layout: names on the left, descriptions wrapped beside them, columns counted as a terminal does.
#pragma once

#include "tools/cli/cli.hpp"

namespace echolab::cli {

class Formatter : public CLI::FormatterBase {
 public:
  /// `width`: columns of the page.
  Formatter(Lang lang, int width) : lang_(lang), width_(width) {}
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

 private:
  struct Row {
    std::string name, description;
  };
  Row row(const CLI::Option& option) const;
  std::string usage(const CLI::App& app, const std::string& name) const;
  std::string section(std::string_view title, const std::vector<Row>& rows, int column) const;

  Lang lang_;
  int width_;
};

}  // namespace echolab::cli
