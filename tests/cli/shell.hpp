// Runs the sample program through a shell.
#pragma once

#include <string>

namespace echolab::test {

struct Ran {
  int status = -1;
  std::string out, err;
};

/// `sample ARGUMENTS` in an environment without LANG and colour settings; `arguments` is shell text and may redirect.
/// `settings` stands before it: "LANG=ko_KR.UTF-8". Standard input is empty.
Ran sample(const std::string& arguments, const std::string& settings = {});

}  // namespace echolab::test
