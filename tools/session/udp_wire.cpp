#include <array>

#include "tools/session/answer.hpp"
#include "tools/session/wire.hpp"
#include "udp/socket.hpp"

namespace echolab::session {
namespace {

/// Whether the line answers request `number`: a late answer to one before it does not. What is no request has no
/// number, so neither has its refusal; nor has one that is as short as can be.
bool answers(std::string_view line, std::uint64_t number) {
  const auto parsed = parse_answer_line(line);
  if (!parsed) return false;
  const auto& refused = parsed->answer.refused;
  const bool anonymous = refused == Reason::bad_request || refused == Reason::pad;
  return parsed->number == number || (parsed->number == 0 && anonymous);
}

class UdpWire final : public Wire {
 public:
  explicit UdpWire(const net::Address& server) : server_(server), socket_(server.family(), nullptr) {
    socket_.report_errors();
  }

  std::optional<std::string> ask(std::string_view request, std::uint64_t number,
                                 const net::Deadline& deadline) override {
    socket_.send_to(server_, std::as_bytes(std::span(request)));
    while (const auto datagram = socket_.receive_from(room_, deadline)) {
      if (!(datagram->from == server_)) continue;  // anyone may send to this port
      std::string_view line(reinterpret_cast<const char*>(room_.data()), datagram->size);
      line = line.substr(0, line.find('\n'));
      if (answers(line, number)) return std::string(line);
    }
    return std::nullopt;
  }

  std::chrono::milliseconds first_wait() const override { return std::chrono::milliseconds(200); }
  std::size_t piece() const override { return 1000; }  // one frame, with the line and a token in front

 private:
  net::Address server_;
  udp::Socket socket_;
  std::array<std::byte, 65536> room_{};
};

}  // namespace

std::unique_ptr<Wire> udp_wire(const net::Address& server) { return std::make_unique<UdpWire>(server); }

}  // namespace echolab::session
