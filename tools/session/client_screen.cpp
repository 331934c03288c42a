#include "tools/session/client_screen.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"
#include "tools/session/client_texts.hpp"

namespace echolab::session {
namespace {

using nlohmann::ordered_json;

std::string line_of(const ordered_json& object) {
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

bool is_token(std::string_view credential) { return credential.starts_with("token="); }
std::size_t size_of(const std::string& credential) {
  return credential.empty() ? 0 : credential.size() - credential.find('=') - 1;
}

std::string wrapped(const std::string& text, std::string_view indent) {
  const int columns = std::max(cli::terminal_columns(STDOUT_FILENO), 40) - static_cast<int>(indent.size());
  std::string lines;
  for (const std::string& line : capture::wrap(text, columns)) lines += fmt::format("{}{}\n", indent, line);
  return lines;
}

/// ": kim, apple:1, until 15:32:10" of a token that is ours; its claims are read as anyone reads them.
std::string contents(std::string_view credential) {
  const auto parts = split_token(credential.substr(credential.find('=') + 1));
  const auto claims = parts ? read_claims(parts->payload) : std::nullopt;
  if (!claims) return {};
  std::string text = ": " + claims->state.user;
  for (const auto& [item, count] : claims->state.cart) text += fmt::format(", {}:{}", item, count);
  if (claims->state.have != 0) text += fmt::format(", have={}", claims->state.have);
  return text;
}

}  // namespace

std::string ClientScreen::words(const Text& text, const auto&... values) const {
  return fmt::format(fmt::runtime(text.in(lang_)), values...);
}

std::string ClientScreen::safe(std::string_view bytes) const { return capture::printable(bytes, ascii_); }

void ClientScreen::print(std::string text) const {
  cli::print(text);
  cli::flush_output();
}

std::string ClientScreen::held(const std::string& credential) const {
  if (credential.empty()) return words(texts::holds_nothing);
  const std::size_t bytes = size_of(credential);
  return is_token(credential) ? words(texts::holds_token, bytes, safe(contents(credential)))
                              : words(texts::holds_id, bytes);
}

void ClientScreen::asked(const Asked& it, const std::string& credential) const {
  const auto& refused = it.answer.refused;
  if (json_) {
    ordered_json object = {{"v", 1}, {"kind", "asked"}, {"request", it.request}};
    if (it.number != 0) object["n"] = it.number;
    object["bytes_out"] = it.bytes_out;
    object["bytes_in"] = it.bytes_in;
    object["tries"] = it.tries;
    object["padded_to"] = it.padded_to;
    object["answer"] = refused ? "NO" : "OK";
    if (refused) object["reason"] = name(*refused);
    object["words"] = it.answer.words;
    object["holds"] = credential.empty() ? "nothing" : is_token(credential) ? "token" : "id";
    object["bytes"] = size_of(credential);
    return print(line_of(object));
  }
  std::string lines = safe(it.request) + "\n";
  std::string answer = safe(to_text(it.answer));
  if (refused) answer += fmt::format(": {}", meaning(*refused).in(lang_));
  lines += wrapped(answer, "    ") + wrapped(held(credential), "    ");
  if (it.padded_to != 0) lines += wrapped(words(texts::padded, it.padded_to), "    ");
  if (it.tries > 1) lines += wrapped(words(texts::sent_times, it.tries), "    ");
  print(lines);
}

void ClientScreen::uploaded(const Uploaded& it, const std::string& file) const {
  if (json_)
    return print(line_of({{"v", 1},
                          {"kind", "uploaded"},
                          {"file", file},
                          {"bytes", it.size},
                          {"bytes_sent", it.sent},
                          {"pieces_again", it.resumed},
                          {"begun_anew", it.anew},
                          {"sha256", it.sha256}}));
  print(wrapped(words(texts::uploaded, safe(file), it.size, it.sent, it.resumed, it.anew), "") + "sha256 " + it.sha256 +
        "\n");
}

void ClientScreen::token(const TokenParts& parts) const {
  if (json_)
    return print(line_of({{"v", 1},
                          {"kind", "token"},
                          {"header", parts.header},
                          {"claims", parts.payload},
                          {"signature_bytes", parts.signature.size()}}));
  const auto row = [&](const Text& name, const std::string& value) {
    return capture::pad_right(name.in(lang_), 11) + value + "\n";
  };
  std::string lines = row(texts::header, safe(parts.header)) + row(texts::claims, safe(parts.payload)) +
                      row(texts::signature, words(texts::not_verified, parts.signature.size()));
  if (const auto claims = read_claims(parts.payload))
    lines +=
        fmt::format("iat {:%F %T}, exp {:%F %T}\n", fmt::localtime(claims->state.issued.time_since_epoch().count()),
                    fmt::localtime(claims->state.expires.time_since_epoch().count()));
  print(lines);
}

void ClientScreen::attack(const Attack& it, const Answer* answer) const {
  if (json_) {
    ordered_json object = {{"v", 1}, {"kind", "attack"}, {"name", it.name}, {"expected", name(it.expected)}};
    if (answer != nullptr) object["answer"] = answer->ok() ? "OK" : "NO";
    if (answer != nullptr && answer->refused) object["reason"] = name(*answer->refused);
    return print(line_of(object));
  }
  std::string verdict = words(texts::attack_needs_key);
  if (answer != nullptr && answer->ok()) {
    verdict = words(texts::attack_accepted);
    if (it.expected == Reason::token_revoked) verdict += " - " + words(texts::replay_mend);
  } else if (answer != nullptr) {
    verdict = answer->refused == it.expected ? words(texts::attack_refused)
                                             : words(texts::attack_otherwise, name(it.expected));
    verdict = fmt::format("NO {}: {}", name(*answer->refused), verdict);
  }
  print(fmt::format("{}{}\n{}", capture::pad_right(it.name, 15), it.what.in(lang_), wrapped(verdict, "    ")));
}

}  // namespace echolab::session
