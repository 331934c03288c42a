#include <array>

#include "net/system_call.hpp"
#include "tcp/socket.hpp"
#include "tools/session/wire.hpp"

namespace echolab::session {
namespace {

constexpr std::size_t longest_answer = 65536;

class TcpWire final : public Wire {
 public:
  explicit TcpWire(const net::Address& server) : server_(server) {}

  std::optional<std::string> ask(std::string_view request, std::uint64_t, const net::Deadline& deadline) override {
    try {
      if (!socket_) open(deadline);
      send(request, deadline);
      auto line = receive_line(deadline);
      if (!line) socket_.reset();  // an answer that comes late would be taken for the next one's
      return line;
    } catch (const net::CallError&) {
      socket_.reset();
      throw;
    }
  }

  std::chrono::milliseconds first_wait() const override {
    return std::chrono::hours(1);  // the kernel sends again by itself: asking again would only double it
  }
  std::size_t piece() const override { return 65536; }

 private:
  void open(const net::Deadline& deadline) {
    unread_.clear();
    socket_.emplace(server_.family(), nullptr);
    socket_->send_at_once();
    socket_->connect(server_, deadline);
  }

  void send(std::string_view bytes, const net::Deadline& deadline) {
    while (!bytes.empty()) {
      bytes.remove_prefix(socket_->send(std::as_bytes(std::span(bytes))));
      if (bytes.empty() || !socket_->wait_to_read_or_send(deadline)) continue;
      return;  // an answer before the whole request was sent: it is refused
    }
  }

  /// TCP delivers a stream: a line may come in pieces.
  std::optional<std::string> receive_line(const net::Deadline& deadline) {
    for (;;) {
      const auto end = unread_.find('\n');
      if (end != unread_.npos) {
        std::string line = unread_.substr(0, end);
        unread_.erase(0, end + 1);
        return line;
      }
      const auto size = socket_->receive(room_, deadline);
      if (!size) return std::nullopt;
      if (*size == 0 || unread_.size() > longest_answer)
        throw net::CallError("recv", net::to_string(server_), ECONNRESET);
      unread_.append(reinterpret_cast<const char*>(room_.data()), *size);
    }
  }

  net::Address server_;
  std::optional<tcp::Socket> socket_;
  std::string unread_;
  std::array<std::byte, 4096> room_{};
};

}  // namespace

std::unique_ptr<Wire> tcp_wire(const net::Address& server) { return std::make_unique<TcpWire>(server); }

}  // namespace echolab::session
