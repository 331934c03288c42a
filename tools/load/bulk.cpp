#include "tools/load/bulk.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>
#include <vector>

#include "net/messages.hpp"
#include "net/system_call.hpp"
#include "tools/load/ready_socket.hpp"

namespace echolab::load {
namespace {

using Clock = std::chrono::steady_clock;
using Bytes = std::span<const std::byte>;
using std::chrono::milliseconds;

/// What is sent next, and what of that which comes back is an echo.
class Load {
 public:
  virtual ~Load() = default;
  virtual Bytes next() = 0;
  virtual bool may_send() const { return true; }
  virtual void sent(std::size_t size) { result.bytes_sent += size; }
  /// Whether `bytes` are an echo; then they are counted. Throws CallError where there is no going on.
  virtual bool back(Bytes bytes) = 0;

  BulkResult result;
};

std::vector<std::byte> twice(std::vector<std::byte> bytes) {
  const std::vector<std::byte> once = bytes;
  bytes.insert(bytes.end(), once.begin(), once.end());
  return bytes;
}

/// Where a byte stands tells what it must be.
class StreamLoad final : public Load {
 public:
  Bytes next() override { return Bytes(pattern_).subspan(result.bytes_sent % period, period); }
  bool may_send() const override { return result.bytes_sent - result.bytes_back < most_under_way; }
  bool back(Bytes bytes) override {
    if (bytes.empty()) throw net::CallError("recv", "", ECONNRESET);
    const auto expected = Bytes(pattern_).subspan(result.bytes_back % period, bytes.size());
    const bool echo = bytes.size() <= result.bytes_sent - result.bytes_back &&
                      std::memcmp(bytes.data(), expected.data(), bytes.size()) == 0;
    if (!echo) throw net::CallError("recv", "", EPROTO);
    result.bytes_back += bytes.size();
    return true;
  }

  static constexpr std::size_t period = 64 * 1024;  // and the most that one read takes

 private:
  // As both ends' buffers take: an echo server reads on when we read.
  static constexpr std::uint64_t most_under_way = 4 << 20;
  const std::vector<std::byte> pattern_ =
      twice(net::numbered_message(1, period));  // so that each place has all behind it
};

/// A datagram has its number in front.
class DatagramLoad final : public Load {
 public:
  Bytes next() override {
    const std::string digits = fmt::format("{:08}", numbers_.size() % 100'000'000);
    std::memcpy(datagram_.data(), digits.data(), digits.size());
    return datagram_;
  }
  void sent(std::size_t size) override {
    Load::sent(size);
    numbers_.push_back(false);
  }
  bool back(Bytes bytes) override {
    const auto number = net::number_in(bytes);
    const bool echo = bytes.size() == datagram_.size() && number && *number < numbers_.size() && !numbers_[*number] &&
                      std::ranges::equal(bytes.subspan(skipped), Bytes(datagram_).subspan(skipped));
    if (!echo) return false;
    numbers_[*number] = true;
    result.bytes_back += bytes.size();
    return true;
  }

 private:
  // Ethernet's 1500 bytes less the headers of IPv4 and UDP.
  static constexpr std::size_t largest_in_one_packet = 1472;
  static constexpr std::size_t skipped = net::Messages::number_width;
  std::vector<std::byte> datagram_ = net::numbered_message(0, largest_in_one_packet);
  std::vector<bool> numbers_;  // of all that were sent, from 0: whether it has come back
};

/// What recv or send gave; nullopt: nothing now.
std::optional<std::size_t> passing(const char* call, ssize_t result) {
  if (result < 0 && !is_passing(errno)) throw net::CallError(call, "", errno);
  return result < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(result));
}

}  // namespace

BulkResult run_bulk(int type, const net::Address& server, milliseconds duration, milliseconds patience) {
  const net::FileDescriptor socket = ready_socket(type, server);
  std::unique_ptr<Load> load;
  if (type == SOCK_STREAM)
    load = std::make_unique<StreamLoad>();
  else
    load = std::make_unique<DatagramLoad>();
  BulkResult& result = load->result;
  std::vector<std::byte> room(StreamLoad::period);
  const auto start = Clock::now(), end = start + duration, last = end + 20 * patience;
  auto heard = start;
  for (auto now = start; now < end || (now < last && result.bytes_back < result.bytes_sent && now - heard < patience);
       now = Clock::now()) {
    net::throw_if_stopped();
    const bool may_send = now < end && load->may_send();
    std::optional<std::size_t> out;
    if (may_send) {
      const Bytes bytes = load->next();
      out = passing("send", ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
      if (out) load->sent(*out);
    }
    const auto in = passing("recv", ::recv(socket.get(), room.data(), room.size(), 0));
    if (in && load->back(Bytes(room).first(*in))) {
      heard = Clock::now();
      result.time = heard - start;
    }
    if (out || in) continue;
    pollfd waiting{
        .fd = socket.get(), .events = static_cast<short>(may_send ? POLLIN | POLLOUT : POLLIN), .revents = 0};
    ::poll(&waiting, 1, 10);
  }
  return result;
}

}  // namespace echolab::load
