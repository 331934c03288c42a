// Programs as processes: where ours lie, the last steps of a child before it is one, and how its end is told.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace echolab::lab {

/// The folder of the program that runs: where it was built or installed, the others lie beside it.
std::filesystem::path program_folder();

/// Whether stdin is a terminal whose keys are ours to give: not where we run in the background. To be asked outside of
/// the lab: in its PID namespace a terminal's process group has no number.
bool has_terminal();

/// The process becomes a group of its own, and Ctrl-C on stdin's terminal is for that group alone. A shell manages its
/// jobs by process groups, and sees none from outside its PID namespace.
void take_terminal();

/// Becomes the program `words`, with `environment` ("NAME=value") beside our own, and with what an ordinary program
/// expects to find: no signal handled, ignored or blocked. Throws net::CallError.
[[noreturn]] void execute(const std::vector<std::string>& words, const std::vector<std::string>& environment);

/// Of waitpid's `status`: the exit status, or 128 + the signal's number, as shells tell it.
int exit_status(int status);

}  // namespace echolab::lab
