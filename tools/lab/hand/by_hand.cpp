// by_hand: the raw socket of this toolkit. tcp/tcp_client.cpp asks its kernel for a connection; here there is none.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <random>

#include "net/system_call.hpp"
#include "tools/cli/cli.hpp"
#include "tools/lab/hand/talk.hpp"
#include "tools/lab/hand/texts.hpp"

namespace {

using namespace echolab;             // NOLINT: a main is a table of contents
using namespace echolab::lab::hand;  // NOLINT
using cli::Exit;

constexpr std::string_view program_name = "by_hand";
constexpr Mac own_mac{0x02, 0, 0, 0, 0, 3};  // locally administered: nobody's card has it

struct Options {
  std::string host, from = "10.0.0.3", interface = "eth0";
  std::uint16_t port = 0, from_port = 40000;
  std::vector<std::string> orders;
};

Exit complain(const Text& text, const std::string& about, Language lang, Exit exit = Exit::failed) {
  cli::error(program_name, fmt::format(fmt::runtime(text.in(lang)), about), lang);
  return exit;
}

std::optional<capture::Endpoint> endpoint(const std::string& address, std::uint16_t port) {
  std::array<std::byte, 4> octets{};
  if (::inet_pton(AF_INET, address.c_str(), octets.data()) != 1) return std::nullopt;
  return capture::Endpoint{capture::IpAddress::v4(octets), port};
}

void say(const std::string& line) {
  cli::print(line + "\n");
  cli::flush_output();
}

/// Orders that stand on the command line: read before the first is obeyed.
Exit obey_all(Talk& talk, const std::vector<Order>& orders, const net::StopSignal& stop, Language lang) {
  for (const Order& order : orders)
    if (!talk.obey(order, stop))
      return stop.requested() ? Exit::done : complain(texts::not_come, to_string(order), lang);
  return Exit::done;
}

void obey_line(Talk& talk, const std::string& line, const net::StopSignal& stop, Language lang) {
  if (line.find_first_not_of(" \t\r") == std::string::npos) return;
  const auto order = parse_order(line);
  if (!order)
    complain(texts::no_order, line, lang);
  else if (!talk.obey(*order, stop))
    complain(texts::not_come, line, lang);
}

/// Orders that come as they please: until the input ends, or is none of ours.
Exit obey_input(Talk& talk, const net::StopSignal& stop, Language lang) {
  constexpr std::size_t longest_order = 4096;  // bytes: more than a segment carries
  std::string unread;
  for (bool ended = false; !stop.requested();) {
    talk.take_in();
    if (const auto line_end = unread.find('\n'); line_end != std::string::npos) {
      const std::string line = unread.substr(0, line_end);
      unread.erase(0, line_end + 1);
      obey_line(talk, line, stop, lang);
      continue;
    }
    if (unread.size() > longest_order) return complain(texts::no_order, unread.substr(0, 40) + "...", lang);
    if (ended) break;
    pollfd polled[] = {{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                       {.fd = talk.fd(), .events = POLLIN, .revents = 0}};
    if (::poll(polled, 2, -1) < 0 || polled[0].revents == 0) continue;
    std::array<char, 4096> room;
    const auto count = net::uninterrupted([&] { return ::read(STDIN_FILENO, room.data(), room.size()); });
    if (count > 0) unread.append(room.data(), static_cast<std::size_t>(count));
    ended = count <= 0;
    if (ended && !unread.empty()) unread += '\n';
  }
  return Exit::done;
}

Exit speak(const Options& options, Language lang) try {
  const auto peer = endpoint(options.host, options.port), own = endpoint(options.from, options.from_port);
  if (!peer || !own) return complain(texts::no_ipv4, peer ? options.from : options.host, lang, Exit::usage);
  std::vector<Order> orders;
  for (const std::string& text : options.orders) {
    const auto order = parse_order(text);
    if (!order) return complain(texts::no_order, text, lang, Exit::usage);
    orders.push_back(*order);
  }
  const net::StopSignal stop;
  Talk talk(RawSocket(options.interface), {.mac = own_mac, .ip = *own}, *peer, std::random_device()(), say);
  if (!talk.find_peer(stop)) return stop.requested() ? Exit::done : complain(texts::not_found, options.host, lang);
  return orders.empty() ? obey_input(talk, stop, lang) : obey_all(talk, orders, stop, lang);
} catch (const net::CallError& error) {
  const int code = error.code().value();
  if (code != EPERM && code != EACCES) throw;
  return complain(texts::no_right, error.what(), lang, Exit::missing);
}

}  // namespace

int main(int argc, char** argv) {
  const Language lang = cli::language(argc, argv);
  return cli::run(program_name, lang, [&] {
    cli::Common common;
    Options options;
    const auto app = cli::make_app(std::string(program_name), texts::description, lang, common);
    const auto in = [lang](const Text& text) { return std::string(text.in(lang)); };
    app->add_option("host", options.host, in(texts::host))->type_name("ADDRESS")->required();
    app->add_option("port", options.port, in(texts::port))->type_name("PORT")->required();
    app->add_option("orders", options.orders, in(texts::orders))->type_name("ORDER");
    app->add_option("--from", options.from, in(texts::from))->type_name("ADDRESS")->capture_default_str();
    app->add_option("--from-port", options.from_port, in(texts::from_port))->type_name("PORT")->capture_default_str();
    app->add_option("-i,--interface", options.interface, in(texts::interface))
        ->type_name("NAME")
        ->capture_default_str();
    cli::add_footer(*app, texts::footer, lang);
    if (const auto ended = cli::parse(*app, argc, argv, lang)) return *ended;
    return speak(options, lang);
  });
}
