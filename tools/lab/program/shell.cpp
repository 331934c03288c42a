// lab shell HOST: a terminal on a host. The first makes the lab and shows what passes; the next join it.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "tools/lab/host/process.hpp"
#include "tools/lab/program/library.hpp"
#include "tools/lab/program/program_texts.hpp"
#include "tools/lab/program/rendezvous.hpp"
#include "tools/lab/story/experiment.hpp"

namespace echolab::lab {
namespace {

using cli::Exit;
using namespace std::chrono_literals;

constexpr auto longest_farewell = 10s;  // of sockets that the shell's programs have left open: FIN, ACK and again

std::vector<std::string> words_of(const LabOptions& options) {
  if (!options.command.empty()) return options.command;
  return {"bash", "--rcfile", (share_folder() / "shell.bashrc").string(), "-i"};
}

Host host_of(const LabOptions& options) { return options.host == "client" ? Host::client : Host::server; }

/// Our own programs are found without their path, and the prompt tells the host. Where the echo programs look for each
/// other is no longer 127.0.0.1: that is another machine on each host.
std::vector<std::string> environment_of(const LabOptions& options) {
  const char* path = std::getenv("PATH");
  return {fmt::format("PATH={}:{}", program_folder().string(), path ? path : "/usr/bin:/bin"),
          "ECHOLAB_HOST=" + options.host, "ECHOLAB_BIND=" + address_of(host_of(options)).v4,
          "ECHOLAB_SERVER=" + address_of(Host::server).v4};
}

Exit as_exit(int status) { return static_cast<Exit>(status); }

/// `terminal`: the shell gets the keys.
Exit begin(const Rendezvous& rendezvous, const Scenario& line, bool terminal, const LabOptions& options,
           const cli::Common& common) {
  const Host host = host_of(options);
  const auto story = make_story(options, common);
  Experiment experiment(Wire(Policy(line.rules, line.model), false), [&](const Event& event) {
    cli::print(story->tell(event));
    cli::flush_output();
  });
  rendezvous.announce(experiment.network());
  const auto say = [&](const Text& text) { return fmt::format(fmt::runtime(text.in(common.lang)), options.started); };
  const auto& [client, server] = std::pair(address_of(Host::client), address_of(Host::server));
  if (options.command.empty())
    cli::note(program_name, fmt::format(fmt::runtime(texts::welcome.in(common.lang)), client.v4, server.v4,
                                        say(host == Host::client ? texts::echo_from_client : texts::echo_from_server)));

  const pid_t shell = experiment.network().start(host, {.words = words_of(options),
                                                        .stdin_fd = STDIN_FILENO,
                                                        .stdout_fd = STDOUT_FILENO,
                                                        .stderr_fd = STDERR_FILENO,
                                                        .environment = environment_of(options),
                                                        .terminal = terminal});
  int status = 0;
  while (::waitpid(shell, &status, WNOHANG) == 0) experiment.go_on(50ms);
  // What it closed as it ended still passes; but an answer that is due may never come.
  const auto deadline = std::chrono::steady_clock::now() + longest_farewell + 4 * line.model.delay;
  while (!experiment.over() && std::chrono::steady_clock::now() < deadline) experiment.go_on(50ms);
  tell_unmet(experiment.wire().policy(), common.lang);
  return as_exit(exit_status(status));
}

}  // namespace

Exit shell(const LabOptions& options, const cli::Common& common) {
  const auto line = bare_line(options, common.lang);
  if (!line) return Exit::usage;
  Rendezvous rendezvous(common.lang);
  if (rendezvous.take_place()) {
    const bool terminal = has_terminal();
    return in_the_lab(options, common.lang, [&] { return begin(rendezvous, *line, terminal, options, common); });
  }
  const Host host = host_of(options);
  if (options.command.empty())
    cli::note(program_name,
              std::string((host == Host::client ? texts::joined_client : texts::joined_server).in(common.lang)));
  if (const auto status = rendezvous.join(host, words_of(options), environment_of(options))) return as_exit(*status);
  cli::error(program_name, texts::lab_ended.in(common.lang), common.lang);
  return Exit::failed;
}

}  // namespace echolab::lab
