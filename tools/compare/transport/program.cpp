#include "tools/compare/transport/program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/compare/transport/chart.hpp"
#include "tools/compare/transport/marked_file.hpp"
#include "tools/compare/transport/output_file.hpp"
#include "tools/compare/transport/program_texts.hpp"
#include "tools/compare/transport/render.hpp"
#include "tools/compare/transport/trials.hpp"
#include "tools/lab/host/doctor.hpp"
#include "tools/lab/host/network.hpp"

namespace echolab::compare {
namespace {

using cli::Exit;

template <typename... Values>
Exit refuse(Exit status, Language lang, const Text& text, const Values&... values) {
  cli::error(program_name, fmt::format(fmt::runtime(text.in(lang)), values...), lang);
  return status;
}

std::string own_path() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown).string();
}

/// One of the servers of the command line. False: it is none, and that has been said.
bool resolve_server(std::string_view option, const std::string& text, net::Address& server, Language lang) {
  const auto parsed = parse_host_port(text);
  if (!parsed) {
    refuse(Exit::usage, lang, texts::bad_server, option, text);
    return false;
  }
  server = net::resolve(parsed->host, parsed->port);
  return true;
}

/// The plan of the command line, or the exit status where it makes no sense and that has been said.
std::variant<Plan, Exit> plan_of(const Options& options, Language lang) {
  Plan plan{.messages = options.messages, .size = options.size};
  if (!options.tcp.empty())
    plan.place = Place::foreign;
  else if (options.on == "lo")
    plan.place = Place::loopback;
  if (plan.place != Place::lab) {
    const std::string_view wired = !options.loss.empty()    ? "--loss"
                                   : !options.delay.empty() ? "--delay"
                                   : !options.sweep.empty() ? "--sweep"
                                                            : "";
    if (!wired.empty()) return refuse(Exit::usage, lang, texts::no_wire, wired);
  } else {
    plan.line = {.delay = std::chrono::milliseconds(10), .seed = options.seed};
  }
  if (!options.loss.empty()) {
    const auto loss = parse_loss(options.loss);
    if (!loss) return refuse(Exit::usage, lang, texts::bad_loss, options.loss);
    plan.line.loss = *loss;
  }
  if (!options.delay.empty()) {
    const auto delay = parse_delay(options.delay);
    if (!delay) return refuse(Exit::usage, lang, texts::bad_delay, options.delay);
    plan.line.delay = *delay;
  }
  if (!options.sweep.empty() && !parse_sweep(options.sweep))
    return refuse(Exit::usage, lang, texts::bad_sweep, options.sweep);
  if (plan.place == Place::foreign) {
    const bool known = resolve_server("--tcp", options.tcp, plan.servers.tcp, lang) &&
                       resolve_server("--udp", options.udp, plan.servers.udp, lang);
    if (!known) return Exit::usage;
  }
  return plan;
}

/// A foreign server may not be there, or be no echo server. True: both are.
bool echoes(Testbed& testbed, const Plan& plan, Language lang) {
  for (const Client client : {Client::tcp, Client::udp}) {
    Plan one = plan;
    one.messages = 1;
    const Talk talk = exchange(testbed, one, client).talk;
    if (talk.answered == 1 && !talk.failure) continue;
    refuse(Exit::failed, lang, texts::no_echo, fmt::format("--{}", to_string(client)),
           to_string(plan.servers[protocol_of(client)]), talk.failure ? to_string(talk.failure->kind) : "");
    return false;
  }
  return true;
}

/// How far the trials have come: on a terminal, in a line that goes when it is done.
class Progress {
 public:
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
  }
  void show(std::size_t done, std::size_t all) const {
    if (!shown_) return;
    fmt::print(stderr, "\r{}: {}/{} ", program_name, done, all);
    std::fflush(stderr);
  }

 private:
  bool shown_ = ::isatty(STDERR_FILENO) == 1;
};

Look look_of(const cli::Common& common) {
  return {.language = common.lang,
          .columns = cli::terminal_columns(STDOUT_FILENO),
          .color = common.use_color(STDOUT_FILENO),
          .ascii = common.ascii};
}

/// What `write` does to the file; where the system refuses, in the user's words.
template <typename Write>
void writing(const std::string& path, Language lang, Write write) try {
  write();
} catch (const net::CallError& error) {
  const bool link = error.code().value() == ELOOP;
  const std::string why = link ? std::string(texts::link_of_root.in(lang)) : error.code().message();
  throw std::runtime_error(fmt::format(fmt::runtime(texts::cannot_write.in(lang)), path, why));
}

/// Nothing is written over a file before there is something to write.
void write_svg(const std::string& path, std::string_view svg) {
  const net::FileDescriptor file = open_output(path);
  while (!svg.empty())
    svg.remove_prefix(static_cast<std::size_t>(net::system_call(
        "write", net::uninterrupted([&] { return ::write(file.get(), svg.data(), svg.size()); }), path)));
}

Exit give_sweep(Testbed& testbed, const Plan& plan, const Sweep& sweep, const Options& options,
                const cli::Common& common) {
  const Swept result = [&] {
    const Progress progress;
    std::size_t done = 0;
    return swept(plan, sweep, [&](const Plan& one, Client client) {
      progress.show(done++, sweep.size() * std::size(clients));
      return exchange(testbed, one, client);
    });
  }();
  const Look look = look_of(common);
  if (!options.svg.empty())
    writing(options.svg, common.lang,
            [&] { write_svg(options.svg, draw_svg(chart_of(result, look.language), look.language)); });
  switch (options.format) {
    case Format::text: cli::print(as_text(result, look)); break;
    case Format::json: cli::print(as_json(result)); break;
    case Format::markdown: cli::print(as_markdown(result, look.language)); break;
  }
  return Exit::done;
}

Exit give_receipt(Testbed& testbed, const Plan& plan, const Options& options, const cli::Common& common) {
  std::optional<MarkedFile> file;
  if (!options.write_file.empty()) {
    if (!testbed.blind().empty())
      return refuse(Exit::missing, common.lang, texts::cannot_capture, testbed.blind(), own_path(), options.write_file);
    writing(options.write_file, common.lang, [&] { file.emplace(options.write_file, capture::LinkType::ethernet); });
  }
  const Findings findings = [&] {
    const Progress progress;
    return measure(testbed, plan, file ? &*file : nullptr,
                   [&](std::size_t done, std::size_t all) { progress.show(done, all); });
  }();
  if (file) writing(options.write_file, common.lang, [&] { file->close(); });
  const auto rows = receipt(findings);
  const Look look = look_of(common);
  switch (options.format) {
    case Format::text: cli::print(as_text(findings, rows, look)); break;
    case Format::json: cli::print(as_json(findings, rows, look.language)); break;
    case Format::markdown: cli::print(as_markdown(findings, rows, look.language)); break;
  }
  return Exit::done;
}

/// Ctrl-C ends it without a receipt: half of the trials compare nothing.
Exit compare_on(std::unique_ptr<Testbed> (*make_testbed)(const Plan&), const Plan& plan, const Options& options,
                const cli::Common& common) try {
  const net::StopSignal stop;
  const auto testbed = make_testbed(plan);
  if (plan.place == Place::foreign && !echoes(*testbed, plan, common.lang)) return Exit::failed;
  if (!options.sweep.empty()) return give_sweep(*testbed, plan, *parse_sweep(options.sweep), options, common);
  return give_receipt(*testbed, plan, options, common);
} catch (const net::Stopped&) {
  return Exit::done;
}

/// Why there can be no lab, and what mends it.
Exit no_lab(const std::string& why, Language lang) {
  std::string mends;
  for (const lab::Finding& finding : lab::examine())
    for (const std::string_view mend : finding.mends) mends += fmt::format("\n{}", mend);
  return refuse(Exit::missing, lang, texts::unavailable, why, mends);
}

Exit compare_in_the_lab(const Plan& plan, const Options& options, const cli::Common& common) try {
  const auto body = [&]() -> Exit {
    try {
      return compare_on(lab_testbed, plan, options, common);
    } catch (const lab::Unavailable& why) {
      return no_lab(why.what(), common.lang);
    }
  };
  return static_cast<Exit>(lab::isolated([&] { return cli::run(program_name, common.lang, body); }));
} catch (const lab::Unavailable& why) {
  return no_lab(why.what(), common.lang);
}

}  // namespace

Exit compare(const Options& options, const cli::Common& common) {
  const auto made = plan_of(options, common.lang);
  if (const auto* exit = std::get_if<Exit>(&made)) return *exit;
  const Plan& plan = std::get<Plan>(made);
  if (plan.place == Place::lab) return compare_in_the_lab(plan, options, common);
  return compare_on(plain_testbed, plan, options, common);
}

}  // namespace echolab::compare
