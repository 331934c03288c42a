#include "tools/compare/crowd.hpp"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <vector>

#include "net/file_descriptor.hpp"
#include "net/messages.hpp"
#include "net/option.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"

namespace echolab::compare {
namespace {

using Clock = std::chrono::steady_clock;
using net::system_call;
using std::chrono::milliseconds;

/// A socket that never blocks, connected or on its way to be. A datagram socket takes answers from this server alone.
net::FileDescriptor connected(Protocol protocol, const net::Address& server) {
  const int type = (protocol == Protocol::tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
  net::FileDescriptor socket(system_call("socket", ::socket(server.family(), type, 0)));
  if (protocol == Protocol::tcp) net::set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  const int result = ::connect(socket.get(), server.data(), server.size());
  if (result < 0 && errno != EINPROGRESS) throw net::CallError("connect", net::to_string(server), errno);
  return socket;
}

/// What a socket without blocking says where it has nothing to say, or where an answer will not come.
bool is_passing(int error) {
  return error == EAGAIN || error == EINTR || error == ENOTCONN || error == ECONNREFUSED || error == ENOBUFS;
}

struct Member {
  net::FileDescriptor socket;
  bool in = false;          // connected
  std::size_t missing = 0;  // bytes of the answer; 0: nothing is under way
  Clock::time_point asked{};
};

class Room {
 public:
  Room(const Crowd& crowd, Protocol protocol, const net::Address& server)
      : crowd_(crowd),
        protocol_(protocol),
        poller_(system_call("epoll_create1", ::epoll_create1(EPOLL_CLOEXEC))),
        message_(net::numbered_message(1, crowd.size)) {
    for (std::size_t i = 0; i < crowd.clients; ++i) {
      members_.push_back({connected(protocol, server)});
      members_.back().in = protocol == Protocol::udp;
      watch(i, EPOLL_CTL_ADD, members_.back().in ? EPOLLIN : EPOLLOUT);
    }
  }

  CrowdResult run() {
    wait(milliseconds(5000), [&] { return present() == members_.size(); });
    CrowdResult result{.clients = present()};
    const auto start = Clock::now();
    asking_ = true;
    for (Member& member : members_)
      if (member.in) ask(member);
    wait(crowd_.duration, [] { return false; });
    result.answers = answers_;
    result.time = Clock::now() - start;
    asking_ = false;
    wait(crowd_.patience, [&] { return std::ranges::all_of(members_, [](auto& one) { return one.missing == 0; }); });
    wait(crowd_.pause, [] { return false; });
    if (crowd_.still_here) crowd_.still_here();
    return result;
  }

 private:
  template <typename Done>
  void wait(milliseconds longest, Done done) {
    const auto end = Clock::now() + longest;
    for (auto now = Clock::now(); now < end && !done(); now = Clock::now()) {
      net::throw_if_stopped();
      std::array<epoll_event, 64> ready;
      const int most = static_cast<int>(
          std::chrono::ceil<milliseconds>(std::min<Clock::duration>(end - now, milliseconds(20))).count());
      const int count = ::epoll_wait(poller_.get(), ready.data(), ready.size(), most);
      for (int i = 0; i < count; ++i) attend(ready[static_cast<std::size_t>(i)].data.u64);
      if (protocol_ == Protocol::udp && asking_) ask_again();
    }
  }

  void attend(std::size_t place) {
    Member& member = members_[place];
    if (!member.in) {
      member.in = true;
      watch(place, EPOLL_CTL_MOD, EPOLLIN);
      if (asking_) ask(member);
    } else if (take_answer(member) && asking_) {
      ++answers_;
      ask(member);
    }
  }

  void ask(Member& member) {
    if (::send(member.socket.get(), message_.data(), message_.size(), MSG_NOSIGNAL) < 0 && !is_passing(errno))
      throw net::CallError("send", "", errno);
    member.missing = message_.size();
    member.asked = Clock::now();
  }

  void ask_again() {
    const auto now = Clock::now();
    for (Member& member : members_)
      if (now - member.asked > crowd_.patience) ask(member);
  }

  bool take_answer(Member& member) {
    std::array<std::byte, 2048> room;
    const auto size = ::recv(member.socket.get(), room.data(), room.size(), 0);
    if (size == 0 && protocol_ == Protocol::tcp) throw net::CallError("recv", "", ECONNRESET);
    if (size < 0 && !is_passing(errno)) throw net::CallError("recv", "", errno);
    if (size <= 0 || member.missing == 0) return false;
    member.missing -= std::min(member.missing, static_cast<std::size_t>(size));
    return member.missing == 0;
  }

  void watch(std::size_t place, int operation, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = place;
    system_call("epoll_ctl", ::epoll_ctl(poller_.get(), operation, members_[place].socket.get(), &event));
  }

  std::size_t present() const { return static_cast<std::size_t>(std::ranges::count_if(members_, &Member::in)); }

  const Crowd& crowd_;
  Protocol protocol_;
  net::FileDescriptor poller_;
  std::vector<std::byte> message_;
  std::vector<Member> members_;
  std::uint64_t answers_ = 0;
  bool asking_ = false;
};

}  // namespace

CrowdResult run(const Crowd& crowd, Protocol protocol, const net::Address& server) {
  return Room(crowd, protocol, server).run();
}

BulkResult run_bulk(Protocol protocol, const net::Address& server, milliseconds duration, milliseconds patience) {
  constexpr std::uint64_t most_under_way = 4 << 20;  // as both ends' buffers take: an echo server reads on when we read
  const net::FileDescriptor socket = connected(protocol, server);
  const std::size_t piece = protocol == Protocol::tcp ? 64 * 1024 : Plan::largest;
  std::vector<std::byte> room(64 * 1024);
  BulkResult result;
  const auto start = Clock::now(), end = start + duration;
  auto heard = start;
  for (auto now = start; now < end || (result.bytes_back < result.bytes_sent && now - heard < patience);
       now = Clock::now()) {
    net::throw_if_stopped();
    const bool stream = protocol == Protocol::tcp;
    const bool may_send = now < end && (!stream || result.bytes_sent - result.bytes_back < most_under_way);
    const auto out = may_send ? ::send(socket.get(), room.data(), piece, MSG_NOSIGNAL) : 0;
    if (out < 0 && !is_passing(errno)) throw net::CallError("send", "", errno);
    const auto in = ::recv(socket.get(), room.data(), room.size(), 0);
    if (in == 0 && stream) throw net::CallError("recv", "", ECONNRESET);
    if (in < 0 && !is_passing(errno)) throw net::CallError("recv", "", errno);
    if (out > 0) result.bytes_sent += static_cast<std::uint64_t>(out);
    if (in > 0) {
      result.bytes_back += static_cast<std::uint64_t>(in);
      heard = Clock::now();
      result.time = heard - start;
    }
    if (out > 0 || in > 0) continue;
    pollfd waiting{
        .fd = socket.get(), .events = static_cast<short>(may_send ? POLLIN | POLLOUT : POLLIN), .revents = 0};
    ::poll(&waiting, 1, 10);
  }
  return result;
}

}  // namespace echolab::compare
