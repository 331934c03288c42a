// The state in the server's memory, under an id that the client carries. It ends with the server.
#pragma once

#include <list>
#include <unordered_map>

#include "tools/session/place.hpp"

namespace echolab::session {

class MemoryPlace : public Place {
 public:
  MemoryPlace(Terms terms, std::size_t most_sessions, Uploads* uploads = nullptr);

  /// Goes evenly, whatever is done to the wall clock meanwhile.
  Time now() const override;
  void tidy(Time now) override;
  std::size_t sessions() const override { return by_id_.size(); }

 protected:
  Loaded load(const Request& request, Time now) override;
  Credential credential(const Change& change) override;
  std::optional<Reason> commit(const Change& change, const std::string& credential, Time now) override;
  std::size_t size_of(const State& state) const override;

 private:
  struct Session {
    std::string id;
    State state;
    Time last_used;
    bool used = false;  // it came back after its LOGIN
  };
  using Sessions = std::list<Session>;  // the one that has been silent longest first

  std::optional<Reason> open(std::string id, const State& state, Time now);
  bool make_room(Time now);
  void forget(Sessions::iterator session);
  Sessions& list_of(const Session& session) { return session.used ? used_ : fresh_; }

  std::size_t most_sessions_;
  std::chrono::milliseconds start_;  // of the steady clock, by the wall clock
  Sessions fresh_, used_;
  std::unordered_map<std::string_view, Sessions::iterator> by_id_;  // the views are the sessions' own ids
};

}  // namespace echolab::session
