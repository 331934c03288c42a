// session_client: carries what the server gave it, and puts it in front of each request.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "net/system_call.hpp"
#include "tools/cli/cli.hpp"
#include "tools/session/client_screen.hpp"
#include "tools/session/client_texts.hpp"
#include "tools/session/request.hpp"
#include "tools/session/server_texts.hpp"

namespace {

using namespace echolab;           // NOLINT: a main is a table of contents
using namespace echolab::session;  // NOLINT

struct Options {
  cli::Common common;
  std::string host = "127.0.0.1", upload, token, attack, key_file;
  std::uint16_t port = 9000;
  bool udp = false, json = false;
  int timeout = 10;
  std::vector<std::string> requests;

  std::string words(const Text& text, const auto&... values) const {
    return fmt::format(fmt::runtime(text.in(common.lang)), values...);
  }
};

struct Commands {
  CLI::App *read, *attack;
};

cli::Exit tell_failure(const Options& options, const std::string& what, cli::Exit exit = cli::Exit::failed) {
  cli::error("session_client", what, options.common.lang);
  return exit;
}

void add_client_options(CLI::App& app, Options& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_option("HOST", options.host, in(texts::client_host))->capture_default_str();
  app.add_option("--port", options.port, in(texts::client_port))
      ->check(CLI::Range(1, 65535))
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--udp", options.udp, in(texts::over_udp));
  app.add_option("-m,--message", options.requests, in(texts::client_request))
      ->type_name("REQUEST")
      ->allow_extra_args(false);
  app.add_option("--upload", options.upload, in(texts::client_upload))->type_name("FILE");
  app.add_option("--timeout", options.timeout, in(texts::client_timeout))
      ->check(CLI::Range(1, 3600))
      ->type_name("S")
      ->capture_default_str();
  app.add_option("--format", options.json, in(texts::format))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"text", false}, {"json", true}}))
      ->default_str("text");
}

Commands add_commands(CLI::App& app, Options& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  const auto command = [&](const char* name, const Text& text) {
    return app.add_subcommand(name, in(text))->fallthrough();  // --port may stand behind it, too
  };
  const Commands commands{command("read", texts::read_command), command("attack", texts::attack_command)};
  commands.read->add_option("TOKEN", options.token, in(texts::read_token))->required();
  std::vector<std::string> names = attack_names();
  names.emplace_back("all");
  commands.attack->add_option("ATTACK", options.attack, in(texts::attack_which))
      ->check(CLI::IsMember(names))
      ->required();
  commands.attack->add_option("--key", options.key_file, in(texts::attack_key))->type_name("FILE");
  app.require_subcommand(0, 1);
  return commands;
}

bool ask(Conversation& conversation, const ClientScreen& screen, const Options& options, const std::string& typed) {
  const auto request = parse_request(typed);
  if (request && request->verb == Verb::put) {
    tell_failure(options, options.words(texts::put_by_upload));
    return false;
  }
  const Asked asked = conversation.ask(typed);
  screen.asked(asked, conversation.credential());
  return asked.answer.ok();
}

cli::Exit talk(const Options& options, Conversation& conversation, const ClientScreen& screen) {
  bool well = true;
  for (const std::string& typed : options.requests) well &= ask(conversation, screen, options, typed);
  if (!options.upload.empty()) {
    screen.uploaded(upload(conversation, options.upload), options.upload);
  } else if (options.requests.empty()) {
    if (::isatty(STDIN_FILENO)) cli::note("session_client", options.words(texts::type_a_request));
    for (std::string line; std::getline(std::cin, line);) well &= ask(conversation, screen, options, line);
    net::throw_if_stopped();
  }
  return well ? cli::Exit::done : cli::Exit::failed;
}

cli::Exit read(const Options& options, const ClientScreen& screen) {
  std::string_view token = options.token;
  if (token.starts_with("token=")) token.remove_prefix(6);
  const auto parts = split_token(token);
  if (!parts) return tell_failure(options, options.words(texts::no_token));
  screen.token(*parts);
  return cli::Exit::done;
}

/// Throws std::runtime_error that says why the key is not taken, and what mends it.
std::optional<Keys> keys_of(const Options& options) {
  if (options.key_file.empty()) return std::nullopt;
  auto keys = read_keys(options.key_file);
  if (const auto* error = std::get_if<KeyFileError>(&keys))
    throw std::runtime_error(sentence(*error, options.common.lang));
  return std::move(std::get<Keys>(keys));
}

cli::Exit attack(const Options& options, Conversation& conversation, const ClientScreen& screen) {
  const auto keys = keys_of(options);
  conversation.ask("LOGIN mallory");
  std::string token = conversation.credential();
  if (!token.starts_with("token=")) return tell_failure(options, options.words(texts::gives_ids));
  token.erase(0, 6);
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  bool well = true;
  for (const Attack& it : attacks_on(token, keys ? &*keys : nullptr, now)) {
    if (options.attack != "all" && options.attack != it.name) continue;
    if (!it.token) {
      screen.attack(it, nullptr);
      continue;
    }
    if (it.expected == Reason::token_revoked) conversation.ask("LOGOUT");
    conversation.carry("token=" + *it.token);
    const Asked asked = conversation.ask("WHO");
    screen.attack(it, &asked.answer);
    well &= asked.answer.refused == it.expected;
    conversation.carry("token=" + token);
  }
  return well ? cli::Exit::done : cli::Exit::failed;
}

cli::Exit run(const Options& options, const Commands& commands) {
  const ClientScreen screen(options.common.lang, options.common.ascii, options.json);
  if (commands.read->parsed()) return read(options, screen);
  const net::StopSignal stop;
  const net::Address server = net::resolve(options.host, options.port);
  const auto wire = options.udp ? udp_wire(server) : tcp_wire(server);
  Conversation conversation(*wire, std::chrono::seconds(options.timeout));
  if (commands.attack->parsed()) return attack(options, conversation, screen);
  return talk(options, conversation, screen);
}

cli::Exit run_or_say_why_not(const Options& options, const Commands& commands) try {
  return run(options, commands);
} catch (const net::Stopped&) {
  return cli::Exit::done;
} catch (const net::UnknownHost& unknown) {
  return tell_failure(options, options.words(texts::unknown_host, unknown.host, unknown.reason));
} catch (const NoAnswer& none) {
  return tell_failure(options, options.words(texts::no_answer, none.tries));
} catch (const NotAnAnswer& it) {
  const ClientScreen screen(options.common.lang, options.common.ascii, options.json);
  return tell_failure(options, options.words(texts::not_an_answer, screen.safe(it.line.substr(0, 60))));
} catch (const UploadRefused& it) {
  const Reason reason = it.answer.refused.value_or(Reason::lost);
  const auto why = meaning(reason).in(options.common.lang);
  return tell_failure(options, options.words(texts::upload_refused, name(reason), why));
} catch (const NoFile& error) {
  return tell_failure(options, options.words(texts::unreadable_file, error.what()));
} catch (const net::CallError& error) {
  if (error.code().value() != ECONNREFUSED) throw;
  const std::string where = options.host + ":" + std::to_string(options.port);
  const std::string other = options.port == 9000 ? "" : " --port " + std::to_string(options.port);
  return tell_failure(options, options.words(texts::nobody_listens, where, other));
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run("session_client", lang, [&] {
    Options options;
    const auto app = cli::make_app("session_client", texts::client_description, lang, options.common);
    add_client_options(*app, options, lang);
    const Commands commands = add_commands(*app, options, lang);
    cli::add_footer(*app, texts::client_footer, lang);
    if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
    return run_or_say_why_not(options, commands);
  });
}
