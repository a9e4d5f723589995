#include "kb/store/store.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "kb/base/text.h"
#include "kb/store/apply.h"
#include "kb/store/change_log.h"
#include "kb/store/database.h"
#include "kb/store/head_file.h"
#include "kb/store/keys.h"
#include "kb/store/opening.h"
#include "kb/store/verify.h"
#include "kb/store/versions.h"

namespace treff::store {

struct Store::Inner {
  const std::filesystem::path directory;
  const OpenMode mode;
  const std::vector<Issue> issues;
  std::atomic<Revision> head;
  std::mutex write_mutex;
  std::string head_hash;  // guarded by write_mutex

  Inner(std::filesystem::path where, OpenMode how, Opened opened)
      : directory(std::move(where)),
        mode(how),
        issues(std::move(opened.issues)),
        head(opened.head),
        head_hash(std::move(opened.head_hash)),
        database_(std::move(opened.database)) {}

  // Keep the pointer as long as anything read from the database is in use.
  Result<std::shared_ptr<Database>> database() const {
    const std::lock_guard lock(database_mutex_);
    if (!database_) return fail(ErrorCode::IoFailure, "the database could not be opened again after a failed write");
    return database_;
  }

  // After a failed write the database takes no more: close it, once nobody reads, and open it again. If it cannot be
  // opened for writing, reads at least go on. The caller holds write_mutex.
  Status repair_writing() {
    const std::lock_guard lock(database_mutex_);
    if (database_ && database_->can_write()) return {};
    if (database_.use_count() > 1) {
      return fail(ErrorCode::Busy, "after a failed write the database waits for running reads to end", {},
                  "repeat the change in a moment");
    }
    database_.reset();
    auto opened = open_database(directory, OpenMode::ReadWrite);
    const Status repaired = opened ? Status() : Status(fail(opened.error()));
    if (!opened) opened = open_database(directory, OpenMode::ReadOnly);
    if (!opened) return repaired;
    database_ = std::move(opened->database);
    head_hash = std::move(opened->head_hash);
    head.store(opened->head);
    return repaired;
  }

  Status check_revision(Revision revision, std::string_view where) const {
    const Revision newest = head.load();
    if (revision <= newest) return {};
    Error error{ErrorCode::UnknownRevision,
                "there is no such revision, the newest is " + std::to_string(newest),
                std::string(where),
                std::to_string(revision),
                std::nullopt,
                {}};
    return fail(std::move(error));
  }

  Status check_log_range(Revision from, Revision to) const {
    if (from == 0) return fail(ErrorCode::UnknownRevision, "revision 0 is empty and has no log entry", "revision");
    return check_revision(to, "revision");
  }

 private:
  mutable std::mutex database_mutex_;
  std::shared_ptr<Database> database_;  // nullptr after a repair that failed altogether
};

namespace {

Status check_id(const model::RecordKey& key) {
  if (base::is_slug(key.id)) return {};
  Error error{ErrorCode::InvalidValue,
              "the id is not a slug",
              "id",
              key.id,
              std::nullopt,
              "lower-case letters, digits and single '-' or '.' inside, at most 80 characters"};
  return fail(std::move(error));
}

}  // namespace

Store::Store(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::create(const std::filesystem::path& directory) {
  auto opened = create_database(directory);
  if (!opened) return fail(opened.error());
  auto inner = std::make_unique<Inner>(directory, OpenMode::ReadWrite, std::move(*opened));
  return std::unique_ptr<Store>(new Store(std::move(inner)));
}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& directory, OpenMode mode) {
  auto opened = open_database(directory, mode);
  if (!opened) return fail(opened.error());
  auto inner = std::make_unique<Inner>(directory, mode, std::move(*opened));
  return std::unique_ptr<Store>(new Store(std::move(inner)));
}

const std::vector<Issue>& Store::opening_issues() const { return inner_->issues; }

Revision Store::head() const { return inner_->head.load(); }

Result<Revision> Store::apply(const ChangeSet& set, Revision expected_head) {
  if (inner_->mode == OpenMode::ReadOnly) {
    return fail(ErrorCode::ReadOnly, "the knowledge base was opened for reading only");
  }
  if (auto checked = check_change_set(set); !checked) return fail(checked.error());

  const std::lock_guard lock(inner_->write_mutex);
  if (auto repaired = inner_->repair_writing(); !repaired) return fail(repaired.error());
  const auto handle = inner_->database();
  if (!handle) return fail(handle.error());
  Database& database = **handle;
  const Revision head = inner_->head.load();
  if (expected_head != head) return fail(describe_conflict(database, set, expected_head, head));
  auto plan = plan_revision(database, set, head, inner_->head_hash);
  if (!plan) return fail(plan.error());
  const LogEntry& entry = plan->entry;

  if (auto space = check_space(inner_->directory, plan->batch.GetDataSize()); !space) return fail(space.error());
  if (auto prepared = prepare_head(inner_->directory, {entry.revision, entry.hash}); !prepared) {
    return fail(prepared.error());
  }
  if (auto written = database.write_synced(plan->batch); !written) return fail(written.error());
  inner_->head_hash = entry.hash;
  inner_->head.store(entry.revision);
  if (auto published = publish_head(inner_->directory); !published) {
    Error error = published.error();
    error.message = "revision " + std::to_string(entry.revision) + " is written, but " + error.message;
    return fail(std::move(error));
  }
  return entry.revision;
}

Result<std::optional<std::string>> Store::get(const model::RecordKey& key, Revision as_of) const {
  if (auto checked = check_id(key); !checked) return fail(checked.error());
  if (auto checked = inner_->check_revision(as_of, "as_of"); !checked) return fail(checked.error());
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  const auto iterator = (*database)->iterate();
  const auto version = version_at(*iterator, key, as_of);
  if (!version) return fail(version.error());
  if (!*version || !(*version)->json) return std::optional<std::string>();
  return std::optional(std::string(*(*version)->json));
}

Status Store::scan(std::optional<model::RecordKind> kind, Revision as_of, const Visitor& visit) const {
  if (auto checked = inner_->check_revision(as_of, "as_of"); !checked) return checked;
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  const auto iterator = (*database)->iterate({nullptr, false});
  for (const model::RecordKindRow& row : model::kRecordKinds) {
    if (kind && *kind != row.kind) continue;
    const auto went_on = each_record(*iterator, row.kind, as_of, visit);
    if (!went_on) return fail(went_on.error());
    if (!*went_on) break;
  }
  return {};
}

Result<std::vector<HistoryItem>> Store::history(const model::RecordKey& key) const {
  if (auto checked = check_id(key); !checked) return fail(checked.error());
  std::vector<HistoryItem> items;
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  const auto iterator = (*database)->iterate();
  auto walked = each_version(*iterator, key, [&items](const Version& version) {
    items.push_back({version.revision, hash_of(version), !version.json});
  });
  if (!walked) return fail(walked.error());
  if (items.empty()) return fail(ErrorCode::NotFound, "there has never been such a record", to_text(key));
  return items;
}

Result<LogEntry> Store::log_entry(Revision revision) const {
  if (auto checked = inner_->check_log_range(revision, revision); !checked) return fail(checked.error());
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  return read_log_entry(**database, revision);
}

Result<std::vector<LogEntry>> Store::log(Revision from, Revision to) const {
  if (auto checked = inner_->check_log_range(from, to); !checked) return fail(checked.error());
  if (from > to + 1) return fail(ErrorCode::InvalidValue, "the first revision lies behind the last", "revision");
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  std::vector<LogEntry> entries;
  for (Revision revision = from; revision <= to; ++revision) {
    auto entry = read_log_entry(**database, revision);
    if (!entry) return fail(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

Result<std::vector<Operation>> Store::operations(Revision revision) const {
  const auto entry = log_entry(revision);
  if (!entry) return fail(entry.error());
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  return read_operations(**database, *entry);
}

Result<VerifyReport> Store::verify(Progress& progress) const {
  std::unique_lock lock(inner_->write_mutex);
  const auto database = inner_->database();
  if (!database) return fail(database.error());
  const auto note = read_head(inner_->directory);
  if (!note) return fail(note.error());
  const VerifySubject subject{**database, (*database)->snapshot(), inner_->head.load(), *note, inner_->mode};
  lock.unlock();
  return verify_database(subject, progress);
}

}  // namespace treff::store
