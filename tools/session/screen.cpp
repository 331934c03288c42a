#include "tools/session/screen.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "capture/render/width.hpp"
#include "tools/session/server_texts.hpp"

namespace echolab::session {
namespace {

/// Names hold no quote and no backslash, so they stand in JSON as they are.
std::string json_request(const Exchange& it) {
  std::string line =
      fmt::format(R"({{"v":1,"kind":"request","proto":"{}","peer":"{}")", it.protocol, net::to_string(it.peer));
  if (const auto& request = it.incoming.request) {
    if (request->number != 0) line += fmt::format(R"(,"n":{})", request->number);
    line += fmt::format(R"(,"verb":"{}")", name(request->verb));
  }
  line += fmt::format(R"(,"bytes_in":{},"bytes_out":{},"answer":"{}")", it.incoming.size, it.reply.line.size(),
                      it.reply.answer.ok() ? "OK" : "NO");
  if (it.reply.answer.refused) line += fmt::format(R"(,"reason":"{}")", name(*it.reply.answer.refused));
  return line + fmt::format(R"(,"words":"{}","store_trips":{}}})", it.reply.answer.words, it.reply.trips) + "\n";
}

std::string json_held(std::string_view role, std::string_view what, std::size_t bytes, sys_seconds until) {
  return fmt::format(R"({{"v":1,"kind":"held","role":"{}","what":"{}","bytes":{},"until":"{}.000000000"}})", role, what,
                     bytes, until.time_since_epoch().count()) +
         "\n";
}

std::string request_text(const Request& request) {
  std::string text(name(request.verb));
  if (!request.word.empty()) text += fmt::format(" {}", request.word);
  if (request.verb == Verb::put) text += fmt::format(" {} {}", request.offset, request.length);
  if (request.number != 0) text += fmt::format(" · n={}", request.number);
  if (!request.id.empty()) text += " · id=" + shortened(request.id);
  if (!request.token.empty()) text += " · token=" + shortened(request.token);
  return text;
}

std::string answer_text(const Reply& reply) {
  std::string text = to_text(reply.answer);
  const auto equals = reply.credential.find('=');
  if (equals == std::string::npos) return text;
  return text + " · " + reply.credential.substr(0, equals + 1) +
         shortened(std::string_view(reply.credential).substr(equals + 1));
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Lines no wider than the terminal.
std::string wrapped(const std::string& text, std::string_view indent) {
  const int columns = std::max(cli::terminal_columns(STDOUT_FILENO), 40) - static_cast<int>(indent.size());
  std::string lines;
  for (const std::string& line : capture::wrap(text, columns)) lines += fmt::format("{}{}\n", indent, line);
  return lines;
}

std::string content(const State& state) {
  std::string text = " (" + state.user;
  for (const auto& [item, count] : state.cart) text += fmt::format(", {}:{}", item, count);
  if (state.have != 0) text += fmt::format(", have={}", state.have);
  return text + ")";
}

}  // namespace

std::string_view name(Where where) {
  switch (where) {
    case Where::memory: return "memory";
    case Where::store: return "store";
    case Where::token: return "token";
  }
  return {};
}

std::string shortened(std::string_view secret) {
  // What somebody has typed in place of an id may hold anything.
  const bool plain = is_name(secret.substr(0, 4));
  return plain ? std::string(secret.substr(0, 4)) + "…" : "…";
}

std::string Screen::words(const Text& text, const auto&... values) const {
  return fmt::format(fmt::runtime(text.in(options_.lang)), values...);
}

void Screen::print(std::string text) {
  if (options_.ascii) {
    replace(text, "·", "-");
    replace(text, "…", "...");
  }
  cli::print(text);
  cli::flush_output();
}

void Screen::listening(const std::string& address) {
  if (options_.json)
    return print(fmt::format(R"({{"v":1,"kind":"listening","proto":"tcp+udp","address":"{}","state":"{}"}})", address,
                             name(options_.where)) +
                 "\n");
  const Text& where = options_.where == Where::memory  ? texts::in_memory
                      : options_.where == Where::store ? texts::in_store
                                                       : texts::in_token;
  print(fmt::format("session_server: listening on {}\n  TCP, UDP · {}\n", address, where.in(options_.lang)));
}

void Screen::exchange(const Exchange& it) {
  if (!options_.requests) return;
  if (!options_.json) return print(block(it));
  std::string lines = json_request(it);
  if (it.reply.state) {
    const sys_seconds until = it.reply.state->expires;
    lines += json_held("server", name(options_.where), it.reply.held_here, until);
    lines += json_held("client", options_.where == Where::token ? "token" : "id", it.reply.held_by_client, until);
  }
  print(lines);
}

/// The request, and indented below it the answer and what each end holds.
std::string Screen::block(const Exchange& it) const {
  const Reply& reply = it.reply;
  const bool token = options_.where == Where::token;
  std::string lines = fmt::format(
      "{} {}  {}\n", it.protocol == "tcp" ? "TCP" : "UDP", net::to_string(it.peer),
      it.incoming.request ? request_text(*it.incoming.request) : words(texts::no_request, it.incoming.size));
  std::string answer = answer_text(reply);
  if (reply.answer.refused) answer += fmt::format(": {}", meaning(*reply.answer.refused).in(options_.lang));
  lines += wrapped(answer, "    ");
  if (!reply.state) return lines;
  const std::string held =
      words(texts::server_holds, reply.held_here, reply.held_here == 0 ? "" : content(*reply.state)) +
      words(texts::client_holds, reply.held_by_client, (token ? texts::a_token : texts::an_id).in(options_.lang)) +
      words(texts::until, fmt::localtime(reply.state->expires.time_since_epoch().count()));
  lines += wrapped(held, "    ");
  if (reply.trips > 0) lines += wrapped(words(texts::trips, reply.trips), "    ");
  return lines;
}

void Screen::summary(const Totals& totals, const std::string& lost, std::size_t sessions) {
  const std::uint64_t all = totals.tcp + totals.udp;
  if (options_.json)
    return print(fmt::format(R"({{"v":1,"kind":"summary","role":"server","state":"{}","requests":{},"tcp":{},"udp":{},)"
                             R"("refused":{},"bought":{},"sessions_lost":{}}})",
                             name(options_.where), all, totals.tcp, totals.udp, totals.refused, totals.bought,
                             sessions) +
                 "\n");
  print(words(texts::summary, all, totals.tcp, totals.udp, totals.refused, totals.bought) + "\n" + wrapped(lost, ""));
}

void Screen::warn(const std::string& what) { cli::note("session_server", what); }

}  // namespace echolab::session
