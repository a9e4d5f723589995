// The knowledge base on disk: records under revisions, one write path, one verifiable change log.
//
// A record is canonical JSON (RFC 8785) under its kind and id; the store hashes and keeps the bytes and never looks
// inside. Nothing is overwritten: every version stays, so each read names the revision it wants (`as_of`).
// One process owns a directory for writing; any number may read beside it and see the state at their opening.
// On disk: see docs/storage_format.md.
//
// Thread-safety: all functions from many threads; writers queue behind a mutex, readers do not wait for them (but for
// the moment in which a database is opened again after a failed write).
// Errors everywhere: IoFailure, StoreDamaged (bytes that cannot be what was written), UnknownRevision (a revision
// above head), InvalidValue (an id that is no slug).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/model/kind.h"
#include "kb/store/change_set.h"

namespace treff::store {

enum class OpenMode : std::uint8_t { ReadWrite, ReadOnly };

// What verify() counted and found. `problems` names at most kMaxListedProblems; the rest is counted.
// Issue ids: log_damaged, chain_broken, operations_damaged, version_missing, version_altered, version_not_logged,
// before_hash_differs, unknown_key, head_file, unreadable.
struct VerifyReport {
  Revision head = 0;
  std::uint64_t records = 0;     // in force at head
  std::uint64_t versions = 0;    // stored, retirements included
  std::uint64_t operations = 0;  // named by the log
  std::vector<Issue> problems;
  std::uint64_t problems_not_listed = 0;

  bool is_sound() const { return problems.empty(); }
};
inline constexpr std::size_t kMaxListedProblems = 1000;

class Store {
 public:
  // `json` is valid during the call only. Answer false to stop.
  using Visitor = std::function<bool(const model::RecordKey& key, std::string_view json, Revision changed_at)>;

  // Makes `directory` (and its parents) and an empty knowledge base in it, open for writing. Other files may lie
  // there. InvalidValue if a knowledge base is there already, DiskFull; a failure may leave empty folders behind.
  static Result<std::unique_ptr<Store>> create(const std::filesystem::path& directory);

  // StoreMissing, StoreLocked (ReadWrite only), VersionMismatch, DiskFull (ReadWrite only), and StoreDamaged, which
  // names the missing revisions. The log is read strictly first; with a torn tail a second, tolerant reading
  // counts only if nothing that HEAD promises is lost. A refused opening has changed nothing.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& directory, OpenMode mode);

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // What a person should know about the opening, such as a torn log tail that cost nothing.
  const std::vector<Issue>& opening_issues() const;

  // The newest revision; 0 if empty. ReadOnly: the newest when it was opened.
  Revision head() const;

  // Appends one revision, synced to disk with its HEAD note when it returns, and answers its number. Changes that
  // alter nothing are dropped. On failure nothing is changed and reads go on.
  //   RevisionConflict  head is not `expected_head`; names the revisions between and the records both sides changed
  //   UnknownRevision   expected_head lies above head
  //   Unchanged         no change alters anything
  //   InvalidValue, InvalidDate, MissingKey, DuplicateId, TooLarge, UnreadableText   the change set itself
  //   DiskFull          writing goes on by itself once there is space
  //   IoFailure         the disk failed, and the revision may be there after all: if the message says that it is
  //                     written, else if head shows it after the next apply() or opening
  //   Busy              after such a failure the database must be opened again, and somebody is reading
  //   ReadOnly          opened so
  // Cost: memory about twice the bytes of the change set; one seek a change.
  Result<Revision> apply(const ChangeSet& set, Revision expected_head);

  // nullopt: no such record at that revision, or retired.
  Result<std::optional<std::string>> get(const model::RecordKey& key, Revision as_of) const;

  // Records in force at `as_of`, by kind in the order of kRecordKinds, then by id in byte order; without a kind, all.
  // Later publications do not disturb a running scan.
  Status scan(std::optional<model::RecordKind> kind, Revision as_of, const Visitor& visit) const;

  // Newest first; NotFound if the record never existed.
  Result<std::vector<HistoryItem>> history(const model::RecordKey& key) const;

  // 1 <= revision <= head.
  Result<LogEntry> log_entry(Revision revision) const;
  // From `from` to `to`, both included, oldest first; empty if to == from - 1.
  Result<std::vector<LogEntry>> log(Revision from, Revision to) const;
  // By kind name and id in byte order.
  Result<std::vector<Operation>> operations(Revision revision) const;

  // Recomputes every hash from the stored bytes and compares records, log, chain and HEAD in both directions, as
  // of one moment; later writes neither disturb it nor are covered. Reads everything twice. A failed check is a
  // problem in the report; an Error means that checking itself was impossible.
  Result<VerifyReport> verify(Progress& progress) const;

 private:
  struct Inner;
  explicit Store(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

}  // namespace treff::store
