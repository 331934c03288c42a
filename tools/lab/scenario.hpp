// A lesson for the lab, as a teacher writes it: a TOML file. What runs, what the wire does, what must be seen.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "tools/cli/cli.hpp"
#include "tools/lab/event.hpp"
#include "tools/lab/policy.hpp"

namespace echolab::lab {

/// The same in both languages, owned.
struct Words {
  std::string en, ko;
  const std::string& in(cli::Lang lang) const { return lang == cli::Lang::ko ? ko : en; }
};

/// A program on a host. {client} and {server} in its words stand for the hosts' addresses.
struct Program {
  Host host = Host::client;
  std::vector<std::string> words;
  std::string ready;  // the next program starts once this one has written this; empty: at once. For an echo server
                      // it is not needed: the lab waits until it listens.
  bool ends = true;   // the run is over when all programs that end have ended; the others are stopped then
  std::string
      end_with;  // "": it ends by itself; else the signal that ends it when the others are done: "INT", "TERM", "KILL"
};

/// Something that the scenario promises: these happenings, in this order (others may lie between), or never.
/// A happening is written as words:
///   client SYN 1 sent | held | delivered | dropped | doubled | delayed | corrupted     a frame; the number may be left
///   out client ESTABLISHED                          inferred, from here on kernel server SYN_RECEIVED as that host's
///   kernel says client connect = 0                          a call that returned so;  `client connect` its start
///   client says hello                           a line of its output that contains the rest
///   client ends 0                               its exit status
///   note retransmission                         a note of the sniffer's on some frame
struct Check {
  Words text;
  std::vector<std::string> order;  // each after the one before
  std::vector<std::string> never;
};

struct Scenario {
  std::string name;
  Words title, question, answer;
  bool ipv6 = false;
  std::vector<Program> programs;
  std::vector<Rule> rules;
  Model model;
  std::vector<Check> checks;
};

/// What is wrong with a scenario file: where and what, for its author.
struct ScenarioError {
  std::filesystem::path file;
  int line = 0;  // 0: the whole file
  std::string what_en, what_ko;
};

std::variant<Scenario, ScenarioError> load_scenario(const std::filesystem::path& file);

/// Reads the events as they come and judges every check at the end.
class Judge {
 public:
  explicit Judge(const Scenario& scenario);
  void see(const Event& event);
  struct Verdict {
    const Check* check;
    bool held;
    std::string missing;  // the happening that did not come, or came though it must not
  };
  std::vector<Verdict> verdicts() const;

 private:
  // for the one who writes it
};

}  // namespace echolab::lab
