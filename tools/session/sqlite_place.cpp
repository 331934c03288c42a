#include "tools/session/sqlite_place.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "net/file_descriptor.hpp"
#include "tools/session/random_id.hpp"

namespace echolab::session {
namespace {

constexpr int patience = 200;                  // ms for another server's transaction; longer is NO store-busy
constexpr std::chrono::seconds turn{1};        // who has only logged in may be silent this long and keep the place
constexpr std::chrono::minutes remembered{1};  // an expired session, so that it is called expired, not unknown

/// `used`: it came back after its LOGIN. `state` is the same JSON that a token carries.
constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS session(id TEXT PRIMARY KEY, expires INTEGER NOT NULL, used INTEGER NOT NULL, "
    "state TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS session_by_use ON session(used, expires)";

void bind(sqlite3_stmt* statement, int place, std::string_view text) {
  sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}
void bind(sqlite3_stmt* statement, int place, std::chrono::sys_seconds time) {
  sqlite3_bind_int64(statement, place, time.time_since_epoch().count());
}

/// SQLite gives the files beside it (-wal, -shm) the same mode.
void make_private(const std::string& file) {
  const net::FileDescriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) < 0) throw StoreError(file + ": " + std::strerror(errno));
  if ((status.st_mode & 077) != 0 && ::fchmod(fd.get(), 0600) < 0) throw StoreError(file + ": " + std::strerror(errno));
}

}  // namespace

void SqlitePlace::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void SqlitePlace::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqlitePlace::SqlitePlace(Terms terms, const SqliteOptions& options, Uploads* uploads)
    : Place(std::move(terms), uploads), most_sessions_(options.most_sessions) {
  make_private(options.file);
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(options.file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  database_.reset(opened);
  if (result != SQLITE_OK) throw StoreError(options.file + ": " + sqlite3_errstr(result));
  sqlite3_busy_timeout(opened, patience);
  // WAL: readers and a writer do not wait for each other. NORMAL survives the death of the server; FULL, of the
  // machine.
  const std::string set =
      std::string("PRAGMA journal_mode=WAL; PRAGMA synchronous=") + (options.durable ? "FULL;" : "NORMAL;") + schema;
  if (sqlite3_exec(opened, set.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw StoreError(options.file + ": " + sqlite3_errmsg(opened));
  prepare();
}

SqlitePlace::~SqlitePlace() = default;

void SqlitePlace::prepare() {
  begin_ = statement("BEGIN IMMEDIATE");  // takes the lock before it reads: what was read is still so when it writes
  commit_ = statement("COMMIT");
  rollback_ = statement("ROLLBACK");
  select_ = statement("SELECT state FROM session WHERE id=?1");
  insert_ = statement("INSERT INTO session VALUES(?1, ?2, 0, ?3)");
  update_ = statement("UPDATE session SET expires=?2, used=1, state=?3 WHERE id=?1");
  remove_ = statement("DELETE FROM session WHERE id=?1");
  count_ = statement("SELECT count(*) FROM session");
  remove_expired_ = statement("DELETE FROM session WHERE expires<=?1");
  remove_unused_ = statement(
      "DELETE FROM session WHERE id=(SELECT id FROM session WHERE used=0 AND expires<=?1 ORDER BY expires LIMIT 1)");
}

SqlitePlace::Statement SqlitePlace::statement(const char* sql) const {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql, -1, &prepared, nullptr) != SQLITE_OK)
    throw StoreError(sqlite3_errmsg(database_.get()));
  return Statement(prepared);
}

int SqlitePlace::run(const Statement& statement) const {
  sqlite3_step(statement.get());
  return sqlite3_reset(statement.get());  // the error of the step
}

std::optional<Reason> SqlitePlace::reason_of(int result) const {
  switch (result & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return std::nullopt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Reason::store_busy;
    case SQLITE_FULL: return Reason::full;
    default: break;
  }
  // A quota is no SQLITE_FULL: all that SQLite says is that it could not write.
  const int error = sqlite3_extended_errcode(database_.get());
  return error == SQLITE_IOERR_WRITE || error == SQLITE_IOERR_SHMSIZE ? Reason::full : Reason::store_unavailable;
}

Place::Loaded SqlitePlace::load(const Request& request, Time now) {
  const bool login = request.verb == Verb::login;
  if (!login && request.id.empty()) return std::nullopt;
  if (const auto reason = reason_of(run(begin_))) return *reason;
  if (login) return std::nullopt;
  ++trips_;
  bind(select_.get(), 1, request.id);
  const int result = sqlite3_step(select_.get());
  const auto* column = reinterpret_cast<const char*>(sqlite3_column_text(select_.get(), 0));
  auto claims = result == SQLITE_ROW ? read_claims(column) : std::nullopt;
  sqlite3_reset(select_.get());
  if (claims && now < claims->state.expires) return std::optional(std::move(claims->state));
  abandon();
  if (claims) return Reason::session_expired;
  if (result == SQLITE_DONE) return Reason::unknown_session;
  return reason_of(result).value_or(Reason::store_unavailable);  // a row that nobody of us has written
}

Place::Credential SqlitePlace::credential(const Change& change) {
  return change.begins() ? "id=" + random_id() : std::string();
}

/// The answer goes only after COMMIT has returned; where it fails, nothing was written.
std::optional<Reason> SqlitePlace::commit(const Change& change, const std::string& credential, Time now) {
  if (!change.before && !change.after) return std::nullopt;  // nobody has logged in, and no transaction was begun
  std::optional<Reason> reason;
  ++trips_;
  if (change.begins()) {
    reason = open(std::string_view(credential).substr(credential.find('=') + 1), *change.after, now);
  } else if (change.ends()) {
    bind(remove_.get(), 1, change.request.id);
    reason = reason_of(run(remove_));
  } else {
    bind(update_.get(), 1, change.request.id);
    bind(update_.get(), 2, change.after->expires);
    bind(update_.get(), 3, to_json(*change.after));
    reason = reason_of(run(update_));
  }
  if (!reason) reason = reason_of(run(commit_));
  if (reason) abandon();
  return reason;
}

void SqlitePlace::abandon() {
  if (sqlite3_get_autocommit(database_.get()) == 0) run(rollback_);
}

std::optional<Reason> SqlitePlace::open(std::string_view id, const State& state, Time now) {
  if (sessions() >= most_sessions_)
    if (const auto reason = make_room(now)) return reason;
  bind(insert_.get(), 1, id);
  bind(insert_.get(), 2, state.expires);
  bind(insert_.get(), 3, to_json(state));
  return reason_of(run(insert_));
}

/// Room is made by who has gone, or has logged in and said no more. A flood of LOGINs drives out nobody who works.
std::optional<Reason> SqlitePlace::make_room(Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  bind(remove_expired_.get(), 1, seconds);
  if (const auto reason = reason_of(run(remove_expired_))) return reason;
  if (sessions() < most_sessions_) return std::nullopt;
  bind(remove_unused_.get(), 1, seconds - turn + terms().idle_timeout);
  if (const auto reason = reason_of(run(remove_unused_))) return reason;
  return sessions() < most_sessions_ ? std::nullopt : std::optional(Reason::full);
}

void SqlitePlace::tidy(Time now) {
  bind(remove_expired_.get(), 1, std::chrono::floor<std::chrono::seconds>(now) - remembered);
  run(remove_expired_);  // busy: another time
}

std::size_t SqlitePlace::sessions() const {
  const bool row = sqlite3_step(count_.get()) == SQLITE_ROW;
  const auto count = row ? sqlite3_column_int64(count_.get(), 0) : 0;
  sqlite3_reset(count_.get());
  return static_cast<std::size_t>(count);
}

std::size_t SqlitePlace::size_of(const State& state) const {
  constexpr std::size_t id = 22, expires = 8, used = 1;
  return id + expires + used + to_json(state).size();
}

}  // namespace echolab::session
