#include "tools/session/reach.hpp"

#include <functional>

namespace echolab::session {

std::size_t Reach::longest_answer(const net::Address& peer, const Request& request, std::size_t size) {
  Entry& entry = entry_of(peer);
  const std::string_view credential = request.id.empty() ? request.token : request.id;
  if (!credential.empty() && entry.peer == peer && entry.credential == std::hash<std::string_view>()(credential))
    entry.receives = true;
  if (entry.peer == peer && entry.receives) return std::string_view::npos;
  return longest_to_a_stranger(size);
}

void Reach::sent(const net::Address& peer, std::string_view credential) {
  Entry& entry = entry_of(peer);
  const bool receives = entry.peer == peer && entry.receives;
  entry = {.peer = peer,
           .credential = std::hash<std::string_view>()(credential.substr(credential.find('=') + 1)),
           .receives = receives};
}

Reach::Entry& Reach::entry_of(const net::Address& peer) {
  const auto octets = peer.octets();
  const std::string_view host(reinterpret_cast<const char*>(octets.data()), octets.size());
  return entries_[(std::hash<std::string_view>()(host) ^ peer.port() * 0x9e3779b97f4a7c15U) % entries_.size()];
}

}  // namespace echolab::session
