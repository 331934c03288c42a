#include "tools/cli/echo_program.hpp"

#include <fmt/format.h>

#include "net/address.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/cli/echo_failure.hpp"
#include "tools/cli/echo_options.hpp"

namespace echolab::cli {
namespace {

inline constexpr Text unknown_host{"no address belongs to the name {0} ({1})",
                                   "{0}에 해당하는 주소를 찾을 수 없습니다 ({1})"};

Exit report(const EchoProgram& program, const std::string& what, bool lacks_a_right = false) {
  error(program.name, what);
  return lacks_a_right ? Exit::missing : Exit::failed;
}

/// Runs the body; its failures become one line in the chosen language, after everything that the timeline still has to
/// tell.
Exit tell_failures(const EchoProgram& program, const EchoOptions& options, const EchoBody& body,
                   timeline::Timeline& timeline) {
  try {
    return body(options, timeline);
  } catch (const net::Stopped&) {  // Ctrl-C while it waited: no failure
    timeline.finish();
    return Exit::done;
  } catch (const timeline::OutputLost&) {  // told at the very end, by `run`
    return Exit::failed;
  } catch (const timeline::CannotCapture& failure) {
    return report(program, failure.what(), failure.missing_right);
  } catch (const net::UnknownHost& failure) {
    return report(program,
                  fmt::format(fmt::runtime(unknown_host.in(options.common.lang)), failure.host, failure.reason));
  } catch (const net::CallError& failure) {
    timeline.finish();
    return report(program, failure_text(failure, program, options), lacks_right(failure));
  } catch (const Failed& failure) {
    timeline.finish();
    return report(program, failure.what());
  }
}

Exit talk(const EchoProgram& program, const EchoOptions& options, const EchoBody& body) {
  const net::StopSignal stop;
  timeline::Timeline timeline(options.timeline);
  const Exit exit = tell_failures(program, options, body, timeline);
  if (const int error = timeline.output_error()) output_lost(error);
  return exit;
}

}  // namespace

int run_echo(const EchoProgram& program, int argc, const char* const* argv, const EchoBody& body) {
  const Lang lang = language(argc, argv);
  EchoOptions options;
  options.timeline.role = program.role;
  options.timeline.protocol = program.protocol;
  options.messages.lines = program.protocol == timeline::Protocol::udp;
  const auto app = make_app(program.name, program.description, lang, options.common);
  add_echo_options(*app, program, lang, options);
  add_footer(*app, program.footer, lang);
  if (const auto exit = parse(*app, argc, argv, lang)) return static_cast<int>(*exit);

  options.timeline.language = options.language();
  options.timeline.ascii = options.common.ascii;
  options.timeline.color = options.common.use_color(options.timeline.log_fd);
  options.timeline.columns = terminal_columns(options.timeline.log_fd);
  return run(program.name, lang, [&] { return talk(program, options, body); });
}

}  // namespace echolab::cli
