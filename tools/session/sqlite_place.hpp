// The state in a store: a file of SQLite beside the server. It outlives the server, and several servers may share it.
#pragma once

#include <memory>
#include <stdexcept>

#include "tools/session/place.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace echolab::session {

struct SqliteOptions {
  std::string file;
  std::size_t most_sessions = 10'000;
  bool durable = false;  // COMMIT waits for the disk
};

/// The store cannot be opened; what() says why.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class SqlitePlace : public Place {
 public:
  /// The file, and those that SQLite puts beside it, are made so that nobody else may read them. Throws StoreError.
  SqlitePlace(Terms terms, const SqliteOptions& options, Uploads* uploads = nullptr);
  ~SqlitePlace() override;

  void tidy(Time now) override;
  std::size_t sessions() const override;

 protected:
  Loaded load(const Request& request, Time now) override;
  Credential credential(const Change& change) override;
  std::optional<Reason> commit(const Change& change, const std::string& credential, Time now) override;
  void abandon() override;
  std::size_t size_of(const State& state) const override;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Close>;

  void prepare();
  Statement statement(const char* sql) const;
  int run(const Statement& statement) const;
  std::optional<Reason> reason_of(int result) const;
  std::optional<Reason> open(std::string_view id, const State& state, Time now);
  std::optional<Reason> make_room(Time now);

  std::size_t most_sessions_;
  std::unique_ptr<sqlite3, Close> database_;
  Statement begin_, commit_, rollback_, select_, insert_, update_, remove_, count_, remove_expired_, remove_unused_;
};

}  // namespace echolab::session
