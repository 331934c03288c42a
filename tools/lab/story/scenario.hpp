// A lesson for the lab, as a teacher writes it: a TOML file. What runs, what the wire does, what must be seen.
//
//   title    = { en = "The SYN,ACK is lost", ko = "..." }      a plain string stands for both languages
//   question = { en = "...", ko = "..." }                      optional, as all that follows but [[program]]
//   answer   = { en = "...", ko = "..." }
//   ipv6     = false
//   rules    = ["drop server SYN,ACK 1", "delay 50ms"]         as on the command line
//
//   [[program]]
//   host  = "server"
//   run   = ["tcp_server", "--bind", "{server}", "--once"]     {client} and {server}: the hosts' addresses
//   ready = "listening"                                        the next program starts once this one has written this
//   ends  = 0                                                  true (it ends by itself), a status that it must end
//   with,
//                                                              or false: it is stopped when the others have ended
//   end_with = "INT"                                           how it is stopped: TERM, INT or KILL; it is as ends =
//   false
//
//   [[check]]
//   text  = { en = "...", ko = "..." }
//   order = ["client SYN 1 delivered", "server SYN,ACK 1 dropped", "client connect = 0"]
//   never = ["client RST delivered", "disagree"]               tools/lab/story/event_pattern.hpp has all that may stand
//   here
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/text.hpp"
#include "tools/lab/story/event_pattern.hpp"
#include "tools/lab/wire/policy.hpp"

namespace echolab::lab {

/// The same in both languages, owned.
struct OwnedText {
  std::string en, ko;
  const std::string& in(Language language) const { return language == Language::ko ? ko : en; }
};

/// A program on a host. {client} and {server} in its words stand for the hosts' addresses.
struct Program {
  Host host = Host::client;
  std::vector<std::string> words;
  std::string ready;     // the next program starts once this one has written this; empty: at once. For an echo server
                         // it is not needed: the lab waits until it listens.
  bool ends = true;      // the run is over when all programs that end have ended; the others are stopped then
  std::string end_with;  // the signal that stops it: "INT", "TERM", "KILL"; empty: TERM
};
/// Its words with the addresses filled in.
std::vector<std::string> words_of(const Program& program, std::string_view client, std::string_view server);

/// Something that the scenario promises: these events, each after the one before (others may lie between), and
/// those never.
struct Check {
  OwnedText text;
  std::vector<EventPattern> order, never;
};

struct Scenario {
  std::string name;  // the file's, without .toml
  OwnedText title, question, answer;
  bool ipv6 = false;
  std::vector<Program> programs;
  std::vector<Rule> rules;
  Model model;
  std::vector<Check> checks;  // a program's exit status, too
};

/// What is wrong with a scenario file: where and what, for its author.
struct ScenarioError {
  std::filesystem::path file;
  int line = 0;  // 0: the whole file
  std::string what_en, what_ko;
};
/// "my.toml:12: ..."
std::string sentence(const ScenarioError& error, Language language);

std::variant<Scenario, ScenarioError> load_scenario(const std::filesystem::path& file);
/// The same from text; `file` gives the name.
std::variant<Scenario, ScenarioError> parse_scenario(std::string_view toml, const std::filesystem::path& file);

}  // namespace echolab::lab
