// compare: TCP and UDP on the same work and the same faults.
#include "tools/cli/cli.hpp"
#include "tools/compare/transport/plan.hpp"
#include "tools/compare/transport/program.hpp"
#include "tools/compare/transport/program_texts.hpp"

namespace {

using namespace echolab;           // NOLINT: a main is a table of contents
using namespace echolab::compare;  // NOLINT

void add_options(CLI::App& app, Options& options, Language lang) {
  const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
  app.add_option("WHAT", options.what, in(texts::what))->check(CLI::IsMember({"transport"}))->capture_default_str();
  app.add_option("--messages", options.messages, in(texts::messages))
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--size", options.size, in(texts::size))
      ->type_name("B")
      ->check(CLI::Range(Plan::smallest, Plan::largest))
      ->capture_default_str();
  app.add_option("--loss", options.loss, in(texts::loss))->type_name("P%");
  app.add_option("--delay", options.delay, in(texts::delay))->type_name("MS");
  app.add_option("--seed", options.seed, in(texts::seed))->type_name("N")->capture_default_str();
  auto* on =
      app.add_option("--on", options.on, in(texts::on))->check(CLI::IsMember({"lab", "lo"}))->capture_default_str();
  auto* tcp = app.add_option("--tcp", options.tcp, in(texts::tcp))->type_name("ADDRESS")->excludes(on);
  auto* udp = app.add_option("--udp", options.udp, in(texts::udp))->type_name("ADDRESS")->excludes(on);
  tcp->needs(udp);
  udp->needs(tcp);
  auto* sweep = app.add_option("--sweep", options.sweep, in(texts::sweep))->type_name("LIST");
  app.add_option("--svg", options.svg, in(texts::svg))->type_name("FILE")->needs(sweep);
  app.add_option("-w,--write", options.write_file, in(texts::write))->type_name("FILE")->excludes(sweep);
  app.add_option("--format", options.format, in(texts::format))
      ->type_name("text|json|md")
      ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, Format>>{
          {"text", Format::text}, {"json", Format::json}, {"md", Format::markdown}}));
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run(program_name, lang, [&] {
    cli::Common common;
    Options options;
    const auto app = cli::make_app(std::string(program_name), texts::description, lang, common);
    add_options(*app, options, lang);
    cli::add_footer(*app, texts::footer, lang);
    if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
    return compare::compare(options, common);
  });
}
