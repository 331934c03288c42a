#include "tools/session/place.hpp"

#include "tools/session/random_id.hpp"

namespace echolab::session {
namespace {

std::size_t carried(const Request& request, std::string_view credential) {
  if (credential.empty()) return request.id.size() + request.token.size();
  return credential.size() - credential.find('=') - 1;
}

Reply refused(const Request& request, Answer answer, unsigned trips) {
  std::string line = to_line(answer, request.number);
  return {.answer = std::move(answer), .line = std::move(line), .trips = trips};
}

Answer longer_request(std::size_t answer) {
  return refusal(Reason::pad, "length=" + std::to_string((answer + amplification - 1) / amplification));
}

}  // namespace

Time Place::now() const { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

Reply Place::serve(const Request& request, Time now, std::size_t longest) {
  trips_ = 0;
  if (request.verb == Verb::ping) return refused(request, session::serve(request, {}, now, terms_).answer, trips_);
  Loaded loaded = load(request, now);
  if (const auto* reason = std::get_if<Reason>(&loaded)) return refused(request, refusal(*reason), trips_);

  const auto& before = std::get<std::optional<State>>(loaded);
  Served served = session::serve(request, before, now, terms_);
  if (served.state && !before) served.state->session = random_id();
  Reply reply{.answer = served.answer};
  const Change change{.request = request, .before = before, .after = served.state};
  if (const auto reason = settle(change, served, reply, now, longest)) {
    const bool too_long = *reason == Reason::pad;
    return refused(request, too_long ? longer_request(reply.line.size()) : refusal(*reason), trips_);
  }
  reply.state = known(change, reply.credential);
  reply.held_here = reply.state ? size_of(*reply.state) : 0;
  reply.held_by_client = reply.state ? carried(request, reply.credential) : 0;
  reply.trips = trips_;
  reply.bought = served.bought;
  return reply;
}

/// A file stays a minute longer than its session, as the session itself is remembered.
void Place::look_after(Time now) {
  constexpr std::chrono::minutes remembered{1};
  tidy(now);
  if (uploads_ != nullptr) uploads_->tidy(Place::now(), terms_.idle_timeout + remembered);
}

const std::optional<State>& Place::known(const Change& change, const std::string&) const { return change.after; }

/// The order matters: bytes of an upload are written before the state says that they are here, and the state is kept
/// before the answer says so.
std::optional<Reason> Place::settle(const Change& change, const Served& served, Reply& reply, Time now,
                                    std::size_t longest) {
  std::optional<Reason> reason;
  Credential given = credential(change);
  if (const auto* none = std::get_if<Reason>(&given)) {
    reason = *none;
  } else {
    reply.credential = std::move(std::get<std::string>(given));
    reply.line = to_line(reply.answer, change.request.number, reply.credential);
    if (reply.line.size() > longest) reason = Reason::pad;
  }
  if (!reason && !served.upload.empty() && uploads_ != nullptr)
    reason = uploads_->write(change.before->session, change.before->have, served.upload);
  if (reason) {
    abandon();
    return reason;
  }
  reason = commit(change, reply.credential, now);
  if (!reason && change.ends() && uploads_ != nullptr) uploads_->remove(change.before->session);
  if (!reason && change.after && change.after->have != 0 && uploads_ != nullptr) uploads_->keep(change.after->session);
  return reason;
}

}  // namespace echolab::session
