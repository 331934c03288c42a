// A program with one option of each kind, for the tests of what all programs share.
#include <cstdio>
#include <stdexcept>

#include "tools/cli/cli.hpp"

using namespace echolab;

int main(int argc, char** argv) {
  const echolab::Language lang = cli::language(argc, argv);
  return cli::run("sample", lang, [&] {
    cli::Common common;
    const auto app =
        cli::make_app("sample",
                      {"Shows what every program's command line shares, in one sentence that is long "
                       "enough to be wrapped.",
                       "모든 프로그램의 명령줄이 함께 쓰는 것을 보여 줍니다. 이 문장은 줄이 바뀔 만큼 깁니다."},
                      lang, common);
    int port = 9000;
    double wait = 5;
    long long lines = 0, bytes = 0;
    bool fail = false, succeed = false;
    std::string format = "text", needed;
    std::vector<std::string> messages, words;
    const auto text = [lang](const char* en, const char* ko) { return std::string(echolab::Text{en, ko}.in(lang)); };
    app->add_option("-p,--port", port, text("Port to use", "쓸 포트"))
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    app->add_option("--format", format, text("How to print", "출력 형식"))->check(CLI::IsMember({"text", "json"}));
    app->add_option("--wait", wait, text("Seconds", "초"))->check(CLI::NonNegativeNumber);
    app->add_option("-m,--message", messages,
                    text("Sent as it is; may be repeated", "그대로 보냅니다. 여러 번 쓸 수 있습니다"))
        ->allow_extra_args(false);
    app->add_option("--lines", lines, text("Lines to print", "출력할 줄 수"));
    app->add_option("--bytes", bytes, text("With a type of its own", "자기 이름의 타입"))->type_name("BYTES");
    auto* failing = app->add_flag("--fail", fail, text("Throw an exception", "예외를 던집니다"));
    app->add_flag("--succeed", succeed, text("The opposite", "그 반대"))->excludes(failing);
    app->add_option("WORD", words, text("Printed as it is", "그대로 출력합니다"));
    cli::add_footer(*app, {"Exit status: 0 done", "종료 상태: 0 완료"}, lang);
    if (const auto done = cli::parse(*app, argc, argv, lang)) return *done;

    if (fail) throw std::runtime_error("it went wrong");
    for (long long i = 0; i < lines; ++i) std::puts("0123456789012345678901234567890123456789");
    for (const std::string& word : words) std::printf("word %s\n", word.c_str());
    for (const std::string& message : messages) std::printf("message %s\n", message.c_str());
    std::printf("color %d\n", common.use_color(1));
    return cli::Exit::done;
  });
}
