#include "tools/lab/host/netlink.hpp"

#include <sys/socket.h>

#include "net/system_call.hpp"

namespace echolab::lab {
namespace {

enum class Answer : std::uint8_t { complete, interrupted };

void send(const net::FileDescriptor& netlink, NetlinkRequest& request, const std::string& what) {
  static std::uint32_t sequence = 0;
  request.message()->nlmsg_seq = ++sequence;
  net::system_call("netlink", net::uninterrupted([&] {
                     return ::send(netlink.get(), request.message(), request.message()->nlmsg_len, 0);
                   }),
                   what);
}

/// What the kernel says at the end of an answer: 0, or an errno.
int verdict(const nlmsghdr& message) {
  if (mnl_nlmsg_get_payload_len(&message) < sizeof(int)) return 0;  // NLMSG_DONE of old kernels is empty
  return -*static_cast<const int*>(mnl_nlmsg_get_payload(&message));
}

Answer receive(const net::FileDescriptor& netlink, std::uint32_t sequence, const std::string& what,
               const std::function<void(const nlmsghdr&)>& row) {
  alignas(nlmsghdr) std::array<std::byte, 32768> room;  // what the kernel fills at most for a reader with as much
  Answer answer = Answer::complete;
  for (;;) {
    int left = static_cast<int>(net::system_call(
        "netlink", net::uninterrupted([&] { return ::recv(netlink.get(), room.data(), room.size(), 0); }), what));
    const auto* message = reinterpret_cast<const nlmsghdr*>(room.data());
    for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
      if (message->nlmsg_seq != sequence) continue;  // the rest of an answer that an exception cut short
      if ((message->nlmsg_flags & NLM_F_DUMP_INTR) != 0) answer = Answer::interrupted;
      if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE) {
        if (const int error = verdict(*message); error != 0) throw net::CallError("netlink", what, error);
        return answer;
      }
      row(*message);
    }
  }
}

}  // namespace

NetlinkRequest::NetlinkRequest(std::uint16_t type, std::uint16_t flags) {
  mnl_nlmsg_put_header(bytes_.data());
  message()->nlmsg_type = type;
  message()->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
}

net::FileDescriptor open_netlink(int protocol) {
  return net::FileDescriptor(
      net::system_call("socket", ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), "netlink"));
}

void ask(const net::FileDescriptor& netlink, NetlinkRequest& request, const std::string& what) {
  request.message()->nlmsg_flags |= NLM_F_ACK;
  send(netlink, request, what);
  receive(netlink, request.message()->nlmsg_seq, what, [](const nlmsghdr&) {});
}

void dump(const net::FileDescriptor& netlink, NetlinkRequest& request, const std::string& what,
          const std::function<void()>& begin, const std::function<void(const nlmsghdr&)>& row) {
  request.message()->nlmsg_flags |= NLM_F_DUMP;
  do {
    begin();
    send(netlink, request, what);
  } while (receive(netlink, request.message()->nlmsg_seq, what, row) == Answer::interrupted);
}

}  // namespace echolab::lab
