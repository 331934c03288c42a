#include "tools/cli/echo_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "net/address.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/cli/echo_failure.hpp"
#include "tools/cli/echo_options.hpp"

namespace echolab::cli {
namespace {

inline constexpr Text unknown_host{"no address belongs to the name {0} ({1})",
                                   "이름에 해당하는 주소를 찾을 수 없습니다: {0} ({1})"};
inline constexpr Text maybe_message{". If it belongs to the message, quote both: -m \"two words\"",
                                    ". 메시지의 일부라면 따옴표로 묶으세요: -m \"두 단어\""};

Exit report(const EchoProgram& program, const EchoOptions& options, const std::string& what,
            bool lacks_a_right = false) {
  error(program.name, what, options.common.lang);
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

Exit talk(const EchoProgram& program, const EchoOptions& options, const EchoBody& body) {
  const net::StopSignal stop;
  timeline::Timeline timeline(options.timeline);
  const Exit exit = tell_failures(program, options, body, timeline);
  if (const int error = timeline.output_error()) output_lost(error);
  return exit;
}

}  // namespace

std::string beside(const std::string& started, const std::string& name) {
  const auto slash = started.rfind('/');
  return slash == std::string::npos ? name : started.substr(0, slash + 1) + name;
}

int run_echo(const EchoProgram& program, int argc, const char* const* argv, const EchoBody& body) {
  const Language lang = language(argc, argv);
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
  options.timeline.log_line = terminal_columns(options.timeline.log_fd, 0);
  options.timeline.out_line = terminal_columns(STDOUT_FILENO, 0);
  options.started = options.timeline.started = as_started(program.name, argc, argv);
  return run(program.name, lang, [&] { return talk(program, options, body); });
}

}  // namespace echolab::cli
