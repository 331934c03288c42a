#include "tools/load/many_clients.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <vector>

#include "net/file_descriptor.hpp"
#include "net/messages.hpp"
#include "net/stop_signal.hpp"
#include "net/system_call.hpp"
#include "tools/load/ready_socket.hpp"

namespace echolab::load {
namespace {

using Clock = std::chrono::steady_clock;
using net::system_call;
using std::chrono::milliseconds;

struct Member {
  net::FileDescriptor socket;
  bool in = false;                      // connected
  std::vector<std::byte> message = {};  // the last one
  std::size_t missing = 0;              // bytes of its answer; 0: nothing is under way
  Clock::time_point asked{};
  Clock::duration timeout{};
};

class Room {
 public:
  Room(const ManyClients& setup, int type, const net::Address& server)
      : setup_(setup), type_(type), poller_(system_call("epoll_create1", ::epoll_create1(EPOLL_CLOEXEC))) {
    for (std::size_t i = 0; i < setup.clients; ++i) {
      members_.push_back({ready_socket(type, server)});
      members_.back().in = type == SOCK_DGRAM;
      watch(i, EPOLL_CTL_ADD, members_.back().in ? EPOLLIN : EPOLLOUT);
    }
  }

  ManyClientsResult run() {
    wait(milliseconds(5000), [&] { return present() == members_.size(); });
    ManyClientsResult result{.clients = present()};
    asking_ = true;
    for (Member& member : members_)
      if (member.in) ask(member);
    wait(setup_.warm_up, [] { return false; });
    const auto start = Clock::now();
    answers_ = 0;
    wait(setup_.duration, [] { return false; });
    result.answers = answers_;
    result.time = Clock::now() - start;
    asking_ = false;
    wait(setup_.patience, [&] { return std::ranges::all_of(members_, [](auto& one) { return one.missing == 0; }); });
    wait(setup_.pause, [] { return false; });
    if (setup_.still_here) setup_.still_here();
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
      if (type_ == SOCK_DGRAM && asking_) ask_again();
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
    member.message = net::numbered_message(++asked_, setup_.size);
    member.timeout = setup_.patience;
    send(member);
  }

  void send(Member& member) {
    if (::send(member.socket.get(), member.message.data(), member.message.size(), MSG_NOSIGNAL) < 0 &&
        !is_passing(errno))
      throw net::CallError("send", "", errno);
    member.missing = member.message.size();
    member.asked = Clock::now();
  }

  void ask_again() {
    const auto now = Clock::now();
    for (Member& member : members_)
      if (now - member.asked > member.timeout) late(member);
  }

  void late(Member& member) {
    if (!setup_.again) return ask(member);
    member.timeout *= 2;
    send(member);
  }

  /// Whether the answer is complete. Another datagram than the answer is as good as none; in a stream it ends all.
  bool take_answer(Member& member) {
    std::array<std::byte, 2048> room;
    const auto size = ::recv(member.socket.get(), room.data(), room.size(), 0);
    if (size == 0 && type_ == SOCK_STREAM) throw net::CallError("recv", "", ECONNRESET);
    if (size < 0 && !is_passing(errno)) throw net::CallError("recv", "", errno);
    if (size <= 0) return false;
    const auto came = std::span<const std::byte>(room).first(static_cast<std::size_t>(size));
    const auto expected = std::span<const std::byte>(member.message).last(member.missing);
    const bool echo = type_ == SOCK_STREAM ? std::ranges::mismatch(came, expected).in1 == came.end()
                                           : std::ranges::equal(came, expected);
    if (!echo && type_ == SOCK_STREAM) throw net::CallError("recv", "", EPROTO);
    if (!echo) return false;
    member.missing -= came.size();
    return member.missing == 0;
  }

  void watch(std::size_t place, int operation, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = place;
    system_call("epoll_ctl", ::epoll_ctl(poller_.get(), operation, members_[place].socket.get(), &event));
  }

  std::size_t present() const { return static_cast<std::size_t>(std::ranges::count_if(members_, &Member::in)); }

  const ManyClients& setup_;
  int type_;
  net::FileDescriptor poller_;
  std::vector<Member> members_;
  std::uint64_t asked_ = 0, answers_ = 0;
  bool asking_ = false;
};

}  // namespace

ManyClientsResult run(const ManyClients& setup, int type, const net::Address& server) {
  return Room(setup, type, server).run();
}

}  // namespace echolab::load
