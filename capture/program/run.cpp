#include "capture/program/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "capture/explain/failure.hpp"
#include "capture/program/sniff.hpp"
#include "capture/program/texts.hpp"
#include "capture/render/escape.hpp"
#include "capture/render/note_guide.hpp"
#include "net/privileges.hpp"
#include "net/stop_signal.hpp"

namespace echolab::capture {
namespace {

using cli::Exit;

Exit fail(const SourceError& error, const ProgramOptions& options, Language language) {
  cli::error(program_name, explain(error, options.started, language), language);
  if (error.kind == SourceError::Kind::no_permission) return Exit::missing;
  return error.kind == SourceError::Kind::bad_filter ? Exit::usage : Exit::failed;
}

Exit list(const ProgramOptions& options, Language language) {
  const auto found = list_interfaces();
  if (const auto* error = std::get_if<SourceError>(&found)) return fail(*error, options, language);
  for (const Interface& it : std::get<std::vector<Interface>>(found))
    fmt::print("{:16} {:6} {} {}\n", printable(it.name), (it.up ? texts::up : texts::down).in(language),
               fmt::join(it.addresses, " "), printable(it.description));
  return Exit::done;
}

Exit list_notes(const ProgramOptions& options, Language language) {
  constexpr int narrowest = 40, widest = 100;
  const int columns = std::clamp(cli::terminal_columns(STDOUT_FILENO), narrowest, widest);
  for (const NoteRule& rule : notes::rules)
    cli::print(options.format == Format::json ? to_json(rule.note, language) + '\n'
                                              : to_text(rule.note, language, columns) + '\n');
  return Exit::done;
}

/// Whom to become before anything is written: -Z; the one who called sudo; else, live, nobody. A file that root reads
/// is left to root, who then has no capability any more.
std::optional<net::User> user_to_become(const ProgramOptions& options) {
  if (!options.user.empty()) return net::user_named(options.user);
  if (::geteuid() != 0) return std::nullopt;
  if (auto caller = net::caller_of_sudo()) return caller;
  if (options.live()) return net::nobody();
  return std::nullopt;
}

/// What was needed to open the interface is needed neither to read from it nor to write a file. Whether -Z could be
/// obeyed.
bool give_up_rights(const std::optional<net::User>& user, const ProgramOptions& options, Language lang) try {
  if (user && !net::become(*user) && !options.user.empty())
    cli::note(program_name, fmt::format(fmt::runtime(texts::not_here.in(lang)), user->name));
  net::drop_privileges();
  return true;
} catch (const std::system_error& refused) {
  cli::error(program_name,
             fmt::format(fmt::runtime(texts::root_alone.in(lang)), user ? user->name : "-", refused.what()), lang);
  return false;
}

PacketSource::Opened open_source(const ProgramOptions& options) {
  if (!options.live()) return PacketSource::open_file(options.read_file, options.bpf());
  net::raise_capture_right();
  return PacketSource::open_live({.interface = options.interface,
                                  .filter = options.bpf(),
                                  .direction = options.direction,
                                  .link_type = options.link_type,
                                  .snaplen = options.snaplen});
}

/// Where root has become somebody else, a folder of root's is closed to them, and that wants a word.
Exit fail_to_write(SourceError error, const ProgramOptions& options, const std::optional<net::User>& user,
                   Language language) {
  if (user && error.detail == std::strerror(EACCES))
    error.detail += ". " + fmt::format(fmt::runtime(texts::written_by.in(language)), user->name);
  return fail(error, options, language);
}

void announce(const ProgramOptions& options, const PacketSource& source, Language lang) {
  const std::string filter =
      options.filter.empty() ? "" : fmt::format(fmt::runtime(texts::filtered.in(lang)), options.bpf());
  cli::note(program_name,
            fmt::format(fmt::runtime(texts::listening.in(lang)), options.interface, source.link_type_name(), filter));
}

const Text& sentence(Oddity oddity) {
  switch (oddity) {
    case Oddity::longer_than_original: return texts::longer_than_original;
    case Oddity::fraction_of_a_second: return texts::fraction_of_a_second;
    case Oddity::without_time: return texts::without_time;
    case Oddity::time_went_back: break;
  }
  return texts::time_went_back;
}

void remark(Oddity oddity, std::uint64_t frame, Language lang) {
  cli::note(program_name, fmt::format(fmt::runtime(sentence(oddity).in(lang)), frame));
}

/// The terminal has written ^C and stands behind it.
void leave_the_caret_alone() {
  if (net::interrupted_from_keyboard() && ::isatty(STDOUT_FILENO)) cli::print("\n");
}

/// A table that is piped elsewhere stays a line a conversation, for grep and sort.
int columns_for(Format format) {
  constexpr int unbroken = 1000;
  return format == Format::summary ? cli::terminal_columns(STDOUT_FILENO, unbroken)
                                   : cli::terminal_columns(STDOUT_FILENO);
}

bool is_among(const StreamName& stream, const SniffResult& result) {
  return stream.number < (stream.protocol == Protocol::tcp ? result.tcp_streams : result.udp_streams);
}

/// Of what was asked for, that which nothing was.
std::string why_nothing(const ProgramOptions& options, const SniffResult& result, Language lang) {
  const Wanted& wanted = options.wanted;
  const auto say = [lang](const Text& text, const auto&... values) {
    return fmt::format(fmt::runtime(text.in(lang)), values...);
  };
  if (wanted.stream && !is_among(*wanted.stream, result))
    return say(texts::no_such_stream, to_string(*wanted.stream), result.tcp_streams, result.udp_streams);
  if (wanted.stream.has_value() + wanted.state.has_value() + wanted.note.has_value() > 1)
    return say(texts::none_is_all);
  if (wanted.note) return say(texts::no_such_note, to_string(*wanted.note));
  const bool rows = options.format == Format::summary;
  return say(rows ? texts::no_such_end : texts::no_such_state, to_string(wanted.state.value_or(State::unknown)));
}

/// Everything that `source` gives, on the standard output and in `writer`.
Exit show(PacketSource& source, RotatedWriter* writer, const ProgramOptions& options, const cli::Common& common,
          Language language) {
  const net::StopSignal ctrl_c;  // before it is said that Ctrl-C sums up
  if (options.live()) announce(options, source, common.lang);

  const bool silent = options.write_file == "-";
  const auto display = make_display(options, {.columns = columns_for(options.format),
                                              .color = common.use_color(STDOUT_FILENO),
                                              .ascii = common.ascii,
                                              .raw_numbers = options.raw_numbers,
                                              .language = language,
                                              .verbosity = options.verbosity,
                                              .times = options.times,
                                              .payload = options.payload});
  const SniffHooks hooks{.stop_requested =
                             [&] {
                               if (!ctrl_c.requested()) return false;
                               if (options.format != Format::json) leave_the_caret_alone();
                               return true;
                             },
                         .print = [&](const std::string& text) { return silent || cli::print(text); },
                         .flush = [] { return cli::flush_output(); },
                         .remark = [&](Oddity oddity, std::uint64_t frame) { remark(oddity, frame, common.lang); }};
  const bool rows = options.format == Format::summary;
  const SniffOptions what{.most_packets = options.packets,
                          .wanted = options.wanted,
                          .by_end = rows,
                          .at_end = rows && options.live() && !options.sort};
  const SniffResult result = sniff(source, writer, what, *display, hooks);
  if (result.error) return fail(*result.error, options, language);
  if (writer != nullptr && writer->is_complete())
    cli::note(program_name, fmt::format(fmt::runtime(texts::files_are_full.in(language)), options.rotation.files));
  if (!result.matched && !result.output_lost) cli::note(program_name, why_nothing(options, result, language));
  return result.output_lost ? Exit::failed : Exit::done;
}

}  // namespace

Exit run(const ProgramOptions& options, const cli::Common& common) {
  const Language language = common.lang;
  if (options.list_interfaces) return list(options, language);
  if (options.list_notes) return list_notes(options, language);
  if (const Text* mend = contradiction(options)) {
    cli::error(program_name, mend->in(language), language);
    return Exit::usage;
  }

  const auto user = user_to_become(options);
  if (!user && !options.user.empty()) {
    cli::error(program_name, fmt::format(fmt::runtime(texts::no_such_user.in(language)), options.user), language);
    return Exit::failed;
  }
  if (!options.live() && options.format != Format::json && net::is_root_of_the_machine())
    cli::note(program_name, texts::root_needless.in(language));

  const Links links = net::is_root_outside() ? Links::refused : Links::followed;  // by who this was at the start
  auto opened = open_source(options);
  if (const auto* error = std::get_if<SourceError>(&opened)) return fail(*error, options, language);
  auto& source = std::get<PacketSource>(opened);
  if (!give_up_rights(user, options, language)) return Exit::missing;
  if (options.write_file.empty()) return show(source, nullptr, options, common, language);

  const auto begins = options.live() ? std::optional(Time::clock::now()) : std::nullopt;
  RotatedWriter writer(source, options.write_file, options.rotation, links, begins);
  if (const auto error = writer.open()) return fail_to_write(*error, options, user, language);
  return show(source, &writer, options, common, language);
}

}  // namespace echolab::capture
