// Where the state lives. All places do the same three things with a request: load the state that it stands for, let the
// service answer, commit what came of it. They differ in load and commit alone.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "tools/session/request.hpp"
#include "tools/session/service.hpp"
#include "tools/session/state.hpp"

namespace echolab::session {

/// What goes back to who has asked, and what is held now.
struct Reply {
  Answer answer = {};
  std::string credential = {};      // "id=...", "token=..." where the answer carries one
  std::optional<State> state = {};  // the session as it is now
  std::size_t held_here = 0;        // bytes that this place keeps for it
  std::size_t held_by_client = 0;   // bytes of the credential that the client carries
  unsigned trips = 0;               // to a store outside of the server
  bool bought = false;
};

class Place {
 public:
  explicit Place(Terms terms) : terms_(std::move(terms)) {}
  virtual ~Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  Reply serve(const Request& request, Time now);

  /// The clock that its sessions expire by: the wall clock, which all servers share.
  virtual Time now() const;
  /// Looks after what has expired; to be called now and then.
  virtual void tidy(Time) {}
  /// Sessions that are held here.
  virtual std::size_t sessions() const { return 0; }

 protected:
  /// The state of the session that the request names, no session, or why there is none.
  using Loaded = std::variant<std::optional<State>, Reason>;
  virtual Loaded load(const Request& request, Time now) = 0;

  /// Makes `after` what is known from now on (no state: the session has ended), and gives the credential that the
  /// answer shall carry, or why it could not be kept.
  struct Change {
    const Request& request;
    const std::optional<State>& before;
    const std::optional<State>& after;
  };
  using Committed = std::variant<std::string, Reason>;
  virtual Committed commit(const Change& change, Time now) = 0;

  /// Bytes that are kept here for a session.
  virtual std::size_t size_of(const State& state) const = 0;

  const Terms& terms() const { return terms_; }

  unsigned trips_ = 0;  // of this request

 private:
  Terms terms_;
};

}  // namespace echolab::session
