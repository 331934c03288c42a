#include "tools/echo/program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "net/address.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/echo/failure.hpp"
#include "tools/echo/options.hpp"

namespace echolab::echo {
namespace {

inline constexpr Text unknown_host{"no address belongs to the name {0} ({1})",
                                   "이름에 해당하는 주소를 찾을 수 없습니다: {0} ({1})"};
inline constexpr Text maybe_message{". If it belongs to the message, quote both: -m \"two words\"",
                                    ". 메시지의 일부라면 따옴표로 묶으세요: -m \"두 단어\""};

cli::Exit report(const Program& program, const Options& options, const std::string& what, bool lacks_a_right = false) {
  cli::error(program.name, what, options.common.lang);
  return lacks_a_right ? cli::Exit::missing : cli::Exit::failed;
}

/// Runs the body; its failures become one line in the chosen language, after everything that the timeline still has to
/// tell.
cli::Exit tell_failures(const Program& program, const Options& options, const Body& body,
                        timeline::Timeline& timeline) {
  try {
    return body(options, timeline);
  } catch (const net::Stopped&) {  // Ctrl-C while it waited: no failure
    timeline.finish();
    return cli::Exit::done;
  } catch (const timeline::OutputLost&) {  // told at the very end, by `run`
    return cli::Exit::failed;
  } catch (const timeline::CannotCapture& failure) {
    return report(program, options, failure.what(), failure.missing_right);
  } catch (const net::UnknownHost& failure) {
    const Language lang = options.common.lang;
    const std::string what = fmt::format(fmt::runtime(unknown_host.in(lang)), failure.host, failure.reason);
    return report(program, options, options.messages.texts.empty() ? what : what + std::string(maybe_message.in(lang)));
  } catch (const net::RefusedOnTheWay& failure) {
    timeline.finish();
    return report(program, options, failure_text(failure, options));
  } catch (const net::CallError& failure) {
    timeline.finish();
    return report(program, options, failure_text(failure, program, options), lacks_right(failure));
  } catch (const Failed& failure) {
    timeline.finish();
    return report(program, options, failure.what());
  }
}

cli::Exit talk(const Program& program, const Options& options, const Body& body) {
  const net::StopSignal stop;
  timeline::Timeline timeline(options.timeline);
  const cli::Exit exit = tell_failures(program, options, body, timeline);
  if (const int error = timeline.output_error()) cli::output_lost(error);
  return exit;
}

}  // namespace

int run(const Program& program, int argc, const char* const* argv, const Body& body) {
  const Language lang = cli::language(argc, argv);
  Options options;
  options.timeline.role = program.role;
  options.timeline.protocol = program.protocol;
  // Where the lab's hosts are two, they say so.
  const char* elsewhere = std::getenv(program.role == timeline::Role::client ? "ECHOLAB_SERVER" : "ECHOLAB_BIND");
  if (elsewhere != nullptr) options.host = elsewhere;
  options.messages.lines = program.protocol == timeline::Protocol::udp;
  const auto app = cli::make_app(program.name, program.description, lang, options.common);
  add_options(*app, program, lang, options);
  cli::add_footer(*app, program.footer, lang);
  if (const auto exit = cli::parse(*app, argc, argv, lang)) return static_cast<int>(*exit);

  options.timeline.language = options.language();
  options.timeline.ascii = options.common.ascii;
  options.timeline.color = options.common.use_color(options.timeline.log_fd);
  options.timeline.columns = cli::terminal_columns(options.timeline.log_fd);
  options.timeline.log_line = cli::terminal_columns(options.timeline.log_fd, 0);
  options.timeline.out_line = cli::terminal_columns(STDOUT_FILENO, 0);
  options.started = options.timeline.started = cli::as_started(program.name, argc, argv);
  return cli::run(program.name, lang, [&] { return talk(program, options, body); });
}

}  // namespace echolab::echo
