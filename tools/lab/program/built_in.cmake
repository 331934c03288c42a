# built_in(FILE scenarios...): writes the C++ source that holds these TOML files. A change of one configures anew.
function(built_in file)
  set(rows "")
  foreach(scenario ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${scenario})
    get_filename_component(name ${scenario} NAME_WE)
    file(READ ${scenario} toml)
    string(APPEND rows "    {\"${name}\", R\"toml(${toml})toml\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${file} @ONLY CONTENT [=[
// Made from tools/lab/scenarios; do not edit.
#include "tools/lab/program/built_in.hpp"

namespace echolab::lab {
namespace {

constexpr BuiltInScenario scenarios[]{
@rows@};

}  // namespace

std::span<const BuiltInScenario> built_in_scenarios() { return scenarios; }

}  // namespace echolab::lab
]=])
endfunction()
