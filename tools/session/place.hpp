// Where the state lives. All places do the same with a request: load the state that it stands for, let the service
// answer, commit what came of it. They differ in load and commit alone.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "tools/session/request.hpp"
#include "tools/session/service.hpp"
#include "tools/session/state.hpp"
#include "tools/session/uploads.hpp"

namespace echolab::session {

/// What goes back to who has asked, and what is held now.
struct Reply {
  Answer answer = {};
  std::string credential = {};      // "id=...", "token=..." where the answer carries one
  std::string line = {};            // both, as they go to the client
  std::optional<State> state = {};  // the session as it is now
  std::size_t held_here = 0;        // bytes that this place keeps for it
  std::size_t held_by_client = 0;   // bytes of the credential that the client carries
  unsigned trips = 0;               // to a store outside of the server
  bool bought = false;
};

class Place {
 public:
  explicit Place(Terms terms, Uploads* uploads = nullptr) : terms_(std::move(terms)), uploads_(uploads) {}
  virtual ~Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  /// An answer longer than `longest` bytes is not given, and nothing is changed: NO pad says how long the request must
  /// be.
  Reply serve(const Request& request, Time now, std::size_t longest = std::string::npos);

  /// The clock that its sessions expire by: the wall clock, which all servers share.
  virtual Time now() const;
  /// Looks after what has expired, sessions and uploads; to be called now and then.
  void look_after(Time now);
  virtual void tidy(Time) {}
  /// Sessions that are held here.
  virtual std::size_t sessions() const { return 0; }

 protected:
  /// The state of the session that the request names, no session, or why there is none.
  using Loaded = std::variant<std::optional<State>, Reason>;
  virtual Loaded load(const Request& request, Time now) = 0;

  /// From what was known to what is known from now on; no state: there is no session (any more).
  struct Change {
    const Request& request;
    const std::optional<State>& before;
    const std::optional<State>& after;
    bool begins() const { return after && !before; }
    bool ends() const { return before && !after; }
  };
  /// What the answer shall carry: "id=..." or "token=..." where the client needs a new one, else nothing; or why there
  /// can be none.
  using Credential = std::variant<std::string, Reason>;
  virtual Credential credential(const Change& change) = 0;
  /// Keeps it; the reason why that did not go well: then nothing is changed.
  virtual std::optional<Reason> commit(const Change& change, const std::string& credential, Time now) = 0;
  /// Instead of commit: all stays as it was.
  virtual void abandon() {}

  /// What is known when that is done. Whoever keeps it renews its time each time it is used.
  virtual const std::optional<State>& known(const Change& change, const std::string& credential) const;

  /// Bytes that are kept here for a session.
  virtual std::size_t size_of(const State& state) const = 0;

  const Terms& terms() const { return terms_; }

  unsigned trips_ = 0;  // of this request

 private:
  std::optional<Reason> settle(const Change& change, const Served& served, Reply& reply, Time now, std::size_t longest);

  Terms terms_;
  Uploads* uploads_;
};

}  // namespace echolab::session
