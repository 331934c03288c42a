#include "tools/session/memory_place.hpp"

#include "tools/session/random_id.hpp"

namespace echolab::session {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds turn{1000};             // who has only logged in may be silent this long and keep the place
constexpr std::chrono::minutes remembered{1};  // an expired session, so that it is called expired, not unknown

milliseconds steady() { return std::chrono::floor<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()); }

std::size_t bytes_on_heap(const std::string& text) {
  return text.size() > std::string().capacity() ? text.size() + 1 : 0;
}

}  // namespace

MemoryPlace::MemoryPlace(Terms terms, std::size_t most_sessions, Uploads* uploads)
    : Place(std::move(terms), uploads),
      most_sessions_(most_sessions),
      start_(Place::now().time_since_epoch() - steady()) {}

Time MemoryPlace::now() const { return Time(start_ + steady()); }

Place::Loaded MemoryPlace::load(const Request& request, Time now) {
  if (request.verb == Verb::login || request.id.empty()) return std::nullopt;
  const auto found = by_id_.find(request.id);
  if (found == by_id_.end()) return Reason::unknown_session;
  if (now < found->second->state.expires) return found->second->state;
  return Reason::session_expired;
}

Place::Credential MemoryPlace::credential(const Change& change) {
  return change.begins() ? "id=" + random_id() : std::string();
}

std::optional<Reason> MemoryPlace::commit(const Change& change, const std::string& credential, Time now) {
  if (change.begins()) return open(credential.substr(credential.find('=') + 1), *change.after, now);
  if (!change.before) return std::nullopt;  // nobody has logged in
  const Sessions::iterator session = by_id_.at(change.request.id);
  if (change.ends()) {
    forget(session);
    return std::nullopt;
  }
  session->state = *change.after;
  session->last_used = now;
  used_.splice(used_.end(), list_of(*session), session);
  session->used = true;
  return std::nullopt;
}

std::optional<Reason> MemoryPlace::open(std::string id, const State& state, Time now) {
  if (by_id_.size() >= most_sessions_ && !make_room(now)) return Reason::full;
  const auto session = fresh_.insert(fresh_.end(), {.id = std::move(id), .state = state, .last_used = now});
  by_id_.emplace(session->id, session);
  return std::nullopt;
}

/// Room is made by who has gone, or has logged in and said no more. A flood of LOGINs drives out nobody who works.
bool MemoryPlace::make_room(Time now) {
  for (Sessions* list : {&fresh_, &used_}) {
    if (list->empty() || now < list->front().state.expires) continue;
    forget(list->begin());
    return true;
  }
  if (fresh_.empty() || now - fresh_.front().last_used < turn) return false;
  forget(fresh_.begin());
  return true;
}

void MemoryPlace::tidy(Time now) {
  for (Sessions* list : {&fresh_, &used_})
    while (!list->empty() && now >= list->front().state.expires + remembered) forget(list->begin());
}

void MemoryPlace::forget(Sessions::iterator session) {
  by_id_.erase(session->id);
  list_of(*session).erase(session);
}

std::size_t MemoryPlace::size_of(const State& state) const {
  constexpr std::size_t links = 2 * sizeof(void*), tree_node = 4 * sizeof(void*);  // libstdc++'s
  constexpr std::size_t id = 23;                                                   // on the heap
  std::size_t bytes = links + sizeof(Session) + id + sizeof(std::pair<std::string_view, Sessions::iterator>) + links;
  for (const std::string* text : {&state.user, &state.session, &state.answer.words}) bytes += bytes_on_heap(*text);
  for (const auto& [item, count] : state.cart)
    bytes += tree_node + sizeof(std::pair<const std::string, std::uint32_t>) + bytes_on_heap(item);
  return bytes;
}

}  // namespace echolab::session
