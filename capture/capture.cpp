// capture: which state is each end in, after every packet, and why.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "capture/program/run.hpp"
#include "capture/program/texts.hpp"
#include "tools/cli/cli.hpp"

namespace {

using namespace echolab;  // NOLINT: a main is a table of contents
using namespace echolab::capture;

void add_options(CLI::App& app, ProgramOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_option("filter", options.filter, in(texts::filter))->type_name("FILTER");
  auto* interface = app.add_option("-i,--interface", options.interface, in(texts::interface))->type_name("INTERFACE");
  interface->capture_default_str();
  app.add_option("-r,--read", options.read_file, in(texts::read))->type_name("FILE")->excludes(interface);
  app.add_option("-w,--write", options.write_file, in(texts::write))->type_name("FILE");
  app.add_option("-c,--count", options.packets, in(texts::count))->type_name("N")->check(CLI::Range(1, 2'000'000'000));
  app.add_option("-s,--snaplen", options.snaplen, in(texts::snaplen))
      ->type_name("BYTES")
      ->check(CLI::Range(1, 262144))
      ->capture_default_str();
  app.add_option("-F", options.filter_file, in(texts::filter_file))->type_name("FILE");
  app.add_option("-Q", options.direction, in(texts::direction))
      ->type_name("in|out|inout")
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Direction>>{
          {"in", Direction::in}, {"out", Direction::out}, {"inout", Direction::both}}));
  app.add_option("-y", options.link_type, in(texts::link_type))->type_name("TYPE");
  cli::add_verbosity(app, options.verbosity, lang);
  app.add_flag("-D,--list-interfaces", options.list_interfaces, in(texts::list));
  app.add_flag("--list-notes", options.list_notes, in(texts::list_notes));
  app.add_option("-Z,--user", options.user, in(texts::user))->type_name("USER");
  app.add_option("--format", options.format, in(texts::format))
      ->type_name("text|json|summary")
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Format>>{
          {"text", Format::text}, {"json", Format::json}, {"summary", Format::summary}}));
}

/// How it is shown: the letters are tcpdump's.
void add_looks(CLI::App& app, ProgramOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_flag("-S,--absolute", options.raw_numbers, in(texts::raw_numbers));
  const auto set_times = [&options](std::int64_t count) {
    constexpr std::array styles{TimeStyle::none, TimeStyle::unix_time, TimeStyle::since_previous, TimeStyle::date,
                                TimeStyle::since_first};
    options.times = styles[std::min<std::size_t>(static_cast<std::size_t>(count), styles.size()) - 1];
  };
  app.add_flag_function("-t", set_times, in(texts::times));
  const auto set_payload = [&options](PayloadStyle to) {
    return [&options, to](std::int64_t) { options.payload = to; };
  };
  auto* text = app.add_flag_function("-A", set_payload(PayloadStyle::text), in(texts::payload_text));
  app.add_flag_function("-X", set_payload(PayloadStyle::hex), in(texts::payload_hex))->excludes(text);
}

/// "10": millions of bytes; "10k", "10m", "10g": by 1024. Nothing where it is no size.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  constexpr std::uint64_t most = 1'000'000'000;
  if (error != std::errc{} || number == 0 || number > most || unit.size() > 1) return std::nullopt;
  if (unit.empty()) return number * 1'000'000;
  const auto power = std::string_view("kmg").find(static_cast<char>(unit[0] | 0x20));
  return power == unit.npos ? std::nullopt : std::optional(number << 10 * (power + 1));
}

/// -C, -G and -W, as tcpdump has them.
void add_rotation(CLI::App& app, Rotation& rotation, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  const auto no_size = [lang](const std::string& text) {
    return parse_size(text) ? "" : fmt::format(fmt::runtime(texts::no_size.in(lang)), text);
  };
  app.add_option_function<std::string>(
         "-C", [&](const std::string& text) { rotation.bytes = *parse_size(text); }, in(texts::file_size))
      ->option_text("SIZE")
      ->check(CLI::Validator(no_size, ""));
  app.add_option_function<std::int64_t>(
         "-G", [&](std::int64_t seconds) { rotation.period = std::chrono::seconds(seconds); }, in(texts::file_period))
      ->option_text("SECONDS")
      ->check(CLI::Range(1, 1'000'000'000));
  app.add_option("-W", rotation.files, in(texts::file_count))->type_name("COUNT")->check(CLI::Range(1, 1'000'000));
}

/// The order of conversations.
void add_order(CLI::App& app, ProgramOptions& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_option("--sort", options.sort, in(texts::sort))
      ->type_name("bytes|packets|duration|again")
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Measure>>{{"bytes", Measure::bytes},
                                                                                       {"packets", Measure::packets},
                                                                                       {"duration", Measure::duration},
                                                                                       {"again", Measure::again}}));
  app.add_option("--top", options.most_sorted, in(texts::top))->type_name("N")->check(CLI::Range(1, 1'000'000));
}

/// What tcpdump's users type by habit, and is so anyway: no names are asked for, output comes a line at a time, the
/// interface is not set to promiscuous mode, and the kernel's buffer is large.
void add_habits(CLI::App& app) {
  for (const char* flag : {"-n", "-l", "-U", "-p"}) app.add_flag(flag)->group("");
  app.add_option("-B")->group("")->check(CLI::Range(1, 1 << 20));
}

/// What to show of it: --stream, --state, --note.
void add_selection(CLI::App& app, Wanted& wanted, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  const auto no_stream = [lang](const std::string& text) {
    return parse_stream(text) ? "" : fmt::format(fmt::runtime(texts::no_stream.in(lang)), text);
  };
  app.add_option_function<std::string>(
         "--stream", [&](const std::string& text) { wanted.stream = parse_stream(text); }, in(texts::stream))
      ->option_text("N")
      ->check(CLI::Validator(no_stream, ""));
  app.add_option_function<std::string>(
         "--state", [&](const std::string& name) { wanted.state = parse_state(name); }, in(texts::state))
      ->option_text("STATE")
      ->transform(CLI::IsMember(state_names(), CLI::ignore_case));
  app.add_option_function<std::string>(
         "--note", [&](const std::string& name) { wanted.note = parse_note(name); }, in(texts::note))
      ->option_text("NOTE")
      ->transform(CLI::IsMember(note_names(), CLI::ignore_case));
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run(program_name, lang, [&] {
    cli::Common common;
    ProgramOptions options;
    const auto app = cli::make_app(program_name, texts::description, lang, common);
    add_options(*app, options, lang);
    add_looks(*app, options, lang);
    add_habits(*app);
    add_rotation(*app, options.rotation, lang);
    add_order(*app, options, lang);
    add_selection(*app, options.wanted, lang);
    cli::add_footer(*app, texts::footer, lang);
    if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
    read_filter_file(options);
    options.started = cli::as_started(program_name, argc, argv);
    return run(options, common);
  });
}
