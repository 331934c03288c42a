#include "capture/track/packed_conversation.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "capture/track/packing.hpp"

namespace echolab::capture {
namespace {

/// What is asked of many conversations stands in front, where it is read at once; behind it the ends, then the fields.
struct Head {
  Time last{};
  bool over : 1, embryonic : 1, client_v6 : 1, server_v6 : 1;
};
constexpr std::size_t head_length = sizeof(Time) + 1;
constexpr std::size_t length_of(bool v6) { return (v6 ? 16 : 4) + sizeof(Endpoint::port); }

Head head_of(const std::byte* bytes) {
  Head head;
  std::memcpy(static_cast<void*>(&head), bytes, head_length);
  return head;
}

std::byte* put(const Endpoint& end, std::byte* at) {
  const bool v6 = end.address.version == IpAddress::Version::v6;
  std::memcpy(at, &end.port, sizeof end.port);
  std::memcpy(at + sizeof end.port, end.address.bytes.data(), length_of(v6) - sizeof end.port);
  return at + length_of(v6);
}

Endpoint endpoint_of(const std::byte* at, bool v6) {
  Endpoint end;
  if (v6) end.address.version = IpAddress::Version::v6;
  std::memcpy(&end.port, at, sizeof end.port);
  std::memcpy(end.address.bytes.data(), at + sizeof end.port, length_of(v6) - sizeof end.port);
  return end;
}

std::size_t fields_at(const std::byte* bytes) {
  const Head head = head_of(bytes);
  return head_length + length_of(head.client_v6) + length_of(head.server_v6);
}

}  // namespace

PackedConversation::PackedConversation(TcpConversation& conversation) {
  thread_local std::vector<std::byte> room;
  if (room.size() < Packing::room_for(conversation)) room.resize(Packing::room_for(conversation));
  const auto& [client, server, client_assumed, joined_late] = conversation.origin();
  const Head head{conversation.tally().last, conversation.over(), conversation.embryonic(),
                  client.address.version == IpAddress::Version::v6, server.address.version == IpAddress::Version::v6};
  std::memcpy(room.data(), &head, head_length);
  Packer packer(put(server, put(client, room.data() + head_length)));
  Packing::pack(packer, conversation);
  const auto length = static_cast<std::size_t>(packer.end() - room.data());
  bytes_ = std::make_unique_for_overwrite<std::byte[]>(length);
  std::copy_n(room.data(), length, bytes_.get());
}

std::unique_ptr<TcpConversation> PackedConversation::unpack() const {
  auto conversation = std::make_unique<TcpConversation>(origin(), Vantage::tap);
  Unpacker unpacker(bytes_.get() + fields_at(bytes_.get()));
  Packing::pack(unpacker, *conversation);
  return conversation;
}

TcpConversation::Origin PackedConversation::origin() const {
  const Head head = head_of(bytes_.get());
  const std::byte* client = bytes_.get() + head_length;
  return {endpoint_of(client, head.client_v6), endpoint_of(client + length_of(head.client_v6), head.server_v6)};
}

bool PackedConversation::over() const { return head_of(bytes_.get()).over; }
bool PackedConversation::embryonic() const { return head_of(bytes_.get()).embryonic; }
Time PackedConversation::last() const { return head_of(bytes_.get()).last; }

}  // namespace echolab::capture
