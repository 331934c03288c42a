#include "capture/program/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "capture/explain/failure.hpp"
#include "capture/program/sniff.hpp"
#include "capture/program/texts.hpp"
#include "net/privileges.hpp"
#include "net/stop_signal.hpp"

namespace echolab::capture {
namespace {

using cli::Exit;

Exit fail(const SourceError& error, Language language) {
  cli::error(program_name, explain(error, program_name, language));
  if (error.kind == SourceError::Kind::no_permission) return Exit::missing;
  return error.kind == SourceError::Kind::bad_filter ? Exit::usage : Exit::failed;
}

Exit list(cli::Lang lang, Language language) {
  const auto found = list_interfaces();
  if (const auto* error = std::get_if<SourceError>(&found)) return fail(*error, language);
  for (const Interface& it : std::get<std::vector<Interface>>(found))
    fmt::print("{:16} {:6} {} {}\n", it.name, (it.up ? texts::up : texts::down).in(lang), fmt::join(it.addresses, " "),
               it.description);
  return Exit::done;
}

/// What was needed to open the interface is not needed to read from it.
void give_up_rights(const ProgramOptions& options) {
  if (!options.user.empty()) net::become_user(options.user);
  net::drop_privileges();
}

void announce(const ProgramOptions& options, const PacketSource& source, cli::Lang lang) {
  const std::string filter =
      options.filter.empty() ? "" : fmt::format(fmt::runtime(texts::filtered.in(lang)), options.bpf());
  cli::note(program_name,
            fmt::format(fmt::runtime(texts::listening.in(lang)), options.interface, source.link_type_name(), filter));
}

}  // namespace

Exit run(const ProgramOptions& options, const cli::Common& common) {
  const Language language = common.lang == cli::Lang::ko ? Language::ko : Language::en;
  if (options.list_interfaces) return list(common.lang, language);

  const bool live = options.read_file.empty();
  if (live) net::raise_capture_right();
  auto opened = live ? PacketSource::open_live(
                           {.interface = options.interface, .filter = options.bpf(), .snaplen = options.snaplen})
                     : PacketSource::open_file(options.read_file, options.bpf());
  if (const auto* error = std::get_if<SourceError>(&opened)) return fail(*error, language);
  auto& source = std::get<PacketSource>(opened);
  give_up_rights(options);

  std::optional<PacketWriter> writer;
  if (!options.write_file.empty()) {
    auto created = PacketWriter::open(source, options.write_file);
    if (const auto* error = std::get_if<SourceError>(&created)) return fail(*error, language);
    writer = std::move(std::get<PacketWriter>(created));
  }
  if (live) announce(options, source, common.lang);

  const net::StopSignal ctrl_c;
  const bool silent = options.write_file == "-";
  const auto display = make_display(options, {.columns = cli::terminal_columns(STDOUT_FILENO),
                                              .color = common.use_color(STDOUT_FILENO),
                                              .ascii = common.ascii,
                                              .raw_numbers = options.raw_numbers,
                                              .language = language});
  const SniffHooks hooks{.stop_requested = [&] { return ctrl_c.requested(); },
                         .print =
                             [&](const std::string& text) {
                               return silent || std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
                             },
                         .flush = [] { return cli::flush_output(); }};
  const SniffResult result = sniff(source, writer ? &*writer : nullptr, options.packets, *display, hooks);
  if (result.error) return fail(*result.error, language);
  return result.output_lost ? Exit::failed : Exit::done;
}

}  // namespace echolab::capture
