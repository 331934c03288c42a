// session_server: who has logged in, and where that is kept.
#include <fmt/format.h>
#include <unistd.h>

#include "net/system_call.hpp"
#include "tools/session/memory_place.hpp"
#include "tools/session/server.hpp"
#include "tools/session/server_texts.hpp"
#include "tools/session/sqlite_place.hpp"
#include "tools/session/token_place.hpp"

namespace {

using namespace echolab;           // NOLINT: a main is a table of contents
using namespace echolab::session;  // NOLINT

struct Options {
  cli::Common common;
  ScreenOptions screen;
  Terms terms;
  TokenOptions token;
  std::string store = "sqlite:sessions.db", key_file, uploads, host = "127.0.0.1";
  std::uint16_t port = 9000;
  std::size_t max_sessions = 10'000;
  bool share_port = false, durable = false;

  std::string words(const Text& text, const auto&... values) const {
    return fmt::format(fmt::runtime(text.in(common.lang)), values...);
  }
};

/// The file of "sqlite:FILE".
std::optional<std::string> store_file(const std::string& store) {
  constexpr std::string_view kind = "sqlite:";
  if (!store.starts_with(kind) || store.size() == kind.size()) return std::nullopt;
  return store.substr(kind.size());
}

CLI::Option* add_seconds(CLI::App& app, const std::string& name, std::chrono::seconds& value, int least,
                         const std::string& help) {
  return app
      .add_option_function<std::int64_t>(
          name, [&value](std::int64_t s) { value = std::chrono::seconds(s); }, help)
      ->check(CLI::Range(least, 31'536'000))
      ->type_name("S")
      ->default_str(std::to_string(value.count()));
}

void add_place_options(CLI::App& app, Options& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_option("--state", options.screen.where, in(texts::state))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Where>>{
          {"memory", Where::memory}, {"store", Where::store}, {"token", Where::token}}))
      ->default_str("memory");
  app.add_option("--store", options.store, in(texts::store))
      ->check(
          CLI::Validator([in](const std::string& text) { return store_file(text) ? "" : in(texts::wrong_store); }, ""))
      ->type_name("sqlite:FILE")
      ->capture_default_str();
  add_seconds(app, "--idle-timeout", options.terms.idle_timeout, 1, in(texts::idle));
  app.add_option("--max-sessions", options.max_sessions, in(texts::max_sessions))
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--key", options.key_file, in(texts::key))->type_name("FILE");
  app.add_option("--max-token", options.token.terms.longest, in(texts::max_token))
      ->check(CLI::Range(256, 4000))
      ->type_name("BYTES")
      ->capture_default_str();
  add_seconds(app, "--skew", options.token.terms.skew, 0, in(texts::skew));
  app.add_flag("--deny-list", options.token.deny_list, in(texts::deny_list));
  app.add_option("--uploads", options.uploads, in(texts::uploads))->type_name("FOLDER");
  app.add_flag("--durable", options.durable, in(texts::durable));
}

void add_server_options(CLI::App& app, Options& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  const auto good_name = [in](const std::string& name) { return is_name(name) ? "" : in(texts::wrong_name); };
  app.add_option("--bind", options.host, in(texts::bind))->type_name("ADDRESS")->capture_default_str();
  app.add_option("--port", options.port, in(texts::port))
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--share-port", options.share_port, in(texts::share_port));
  app.add_option("--name", options.terms.server, in(texts::name))
      ->check(CLI::Validator(good_name, ""))
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--log", options.screen.requests, in(texts::log))
      ->transform(
          CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"requests", true}, {"off", false}}))
      ->default_str("requests");
  app.add_option("--format", options.screen.json, in(texts::format))
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, bool>>{{"text", false}, {"json", true}}))
      ->default_str("text");
}

/// Throws std::runtime_error that says why the key is not taken, and what mends it.
Keys keys_of(const Options& options, Screen& screen) {
  if (options.key_file.empty()) {
    screen.warn(options.words(texts::key_of_this_run));
    return Keys::for_this_run();
  }
  auto keys = read_keys(options.key_file);
  if (const auto* error = std::get_if<KeyFileError>(&keys))
    throw std::runtime_error(sentence(*error, options.common.lang));
  return std::move(std::get<Keys>(keys));
}

std::unique_ptr<Place> place_of(const Options& options, Uploads& uploads, Screen& screen) {
  if (options.screen.where == Where::memory)
    return std::make_unique<MemoryPlace>(options.terms, options.max_sessions, &uploads);
  if (options.screen.where == Where::store) {
    const SqliteOptions sqlite{
        .file = store_file(options.store).value(), .most_sessions = options.max_sessions, .durable = options.durable};
    return std::make_unique<SqlitePlace>(options.terms, sqlite, &uploads);
  }
  TokenOptions token = options.token;
  token.most_denied = options.max_sessions;
  return std::make_unique<TokenPlace>(options.terms, keys_of(options, screen), token, &uploads);
}

/// What ends with the server.
std::string what_goes(const Options& options, const Place& place) {
  if (options.screen.where == Where::memory) return options.words(texts::memory_goes, place.sessions());
  if (options.screen.where == Where::store)
    return options.words(texts::store_stays, place.sessions(), store_file(options.store).value());
  if (options.key_file.empty()) return options.words(texts::key_goes);
  if (place.sessions() > 0) return options.words(texts::deny_list_goes, place.sessions());
  return options.words(texts::nothing_goes);
}

cli::Exit serve(const Options& options) {
  Screen screen(options.screen);
  Uploads uploads(options.uploads, options.durable);
  const auto place = place_of(options, uploads, screen);
  const net::StopSignal stop;
  Server server(options.host, options.port, options.share_port, *place, screen);
  const std::string address = net::to_string(server.address());
  screen.listening(address);
  if (!server.address().is_loopback()) screen.warn(options.words(texts::reachable, address));
  try {
    server.run();
  } catch (const net::Stopped&) {
    if (net::interrupted_from_keyboard() && ::isatty(STDOUT_FILENO)) cli::print("\n");
  }
  const bool stays = options.screen.where == Where::store;
  screen.summary(server.totals(), what_goes(options, *place), stays ? 0 : place->sessions());
  return cli::Exit::done;
}

cli::Exit tell_failure(const Options& options, const std::string& what, cli::Exit exit = cli::Exit::failed) {
  cli::error("session_server", what, options.common.lang);
  return exit;
}

cli::Exit serve_or_say_why_not(const Options& options) try {
  return serve(options);
} catch (const net::UnknownHost& unknown) {
  return tell_failure(options, options.words(texts::unknown_host, unknown.host, unknown.reason));
} catch (const StoreError& error) {
  return tell_failure(options, options.words(texts::no_store, error.what()));
} catch (const net::CallError& error) {
  if (error.code().value() == EADDRINUSE) return tell_failure(options, options.words(texts::port_taken, options.port));
  const bool right = error.call() == "bind" && (error.code().value() == EACCES || error.code().value() == EPERM);
  return tell_failure(options, error.what(), right ? cli::Exit::missing : cli::Exit::failed);
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run("session_server", lang, [&] {
    Options options;
    const auto app = cli::make_app("session_server", texts::description, lang, options.common);
    add_place_options(*app, options, lang);
    add_server_options(*app, options, lang);
    cli::add_footer(*app, texts::footer, lang);
    if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
    options.screen.lang = options.common.lang;
    options.screen.ascii = options.common.ascii;
    return serve_or_say_why_not(options);
  });
}
