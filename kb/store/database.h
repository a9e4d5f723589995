// RocksDB, with its options, its failures turned into Errors, and nothing of records or revisions. Internal to
// kb/store.
//
// Choices that matter, each with its reason beside it in database.cc: synced writes, strict reading of the
// write-ahead log, no log recycling or compression, checked files.
// Ownership: iterators and snapshots must be gone before the Database (Debian's build asserts it).
// Thread-safety: as RocksDB, all const functions from many threads; write from one at a time (the Store's mutex).
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kb/base/result.h"

namespace treff::store {

enum class Access { Create, ReadWrite, ReadOnly };

// How the write-ahead log is read when opening. Strict refuses any damaged byte. Tolerant reads up to the first
// damage; opening for writing then forgets what lies behind, so look with ReadOnly first.
enum class LogReading { Strict, Tolerant };

// What an iterator or a read sees. `fill_cache` is false for walks over everything, which would push the working set
struct ReadPlan {
  const rocksdb::Snapshot* snapshot = nullptr;  // not owned; nullptr = newest
  bool fill_cache = true;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder, Access access, LogReading reading);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Result<std::optional<std::string>> get(std::string_view key, const ReadPlan& plan = {}) const;
  std::unique_ptr<rocksdb::Iterator> iterate(const ReadPlan& plan = {}) const;
  // Released by the pointer's deleter.
  std::shared_ptr<const rocksdb::Snapshot> snapshot() const;

  // All or nothing, on disk when it returns. After a failure of a background flush or merge it goes on by itself once
  // the cause is over. After a failure of the write-ahead log can_write() is false for good: this RocksDB would abort
  // the process on the next byte. Reading stays possible; opening again repairs.
  Status write_synced(rocksdb::WriteBatch& batch);
  bool can_write() const;

 private:
  class FailureListener;
  Database(std::unique_ptr<rocksdb::DB> db, std::shared_ptr<FailureListener> listener, bool for_writing);
  std::shared_ptr<FailureListener> listener_;
  std::unique_ptr<rocksdb::DB> db_;
  bool for_writing_;
};

// The one place that reads a rocksdb::Status. `doing` begins the message: "reading the change log".
Error to_error(const rocksdb::Status& status, std::string_view doing);

// An iterator that is not valid has either reached the end or failed: ask before believing the former.
Status check(const rocksdb::Iterator& iterator, std::string_view doing);

inline std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace treff::store
