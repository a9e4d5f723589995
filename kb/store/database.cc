#include "kb/store/database.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>

#include <atomic>
#include <utility>

namespace treff::store {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

// A batch larger than this is flushed to a table file in the background, so that the next start does not have to
// replay it from the write-ahead log.
constexpr std::size_t kFlushBatchBytes = 8 * kMebibyte;

// RocksDB moves and writes its own LOG file even when it opens read-only: not beside a living writer.
class NoLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::Options make_options(Access access, LogReading reading, std::shared_ptr<rocksdb::EventListener> listener) {
  rocksdb::Options options;
  options.create_if_missing = access == Access::Create;
  options.error_if_exists = access == Access::Create;

  // The default recovery opens "OK" and silently drops everything behind a damaged block.
  options.wal_recovery_mode = reading == LogReading::Strict ? rocksdb::WALRecoveryMode::kAbsoluteConsistency
                                                            : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.recycle_log_file_num = 0;  // recycled or compressed logs broke recovery in several releases
  options.wal_compression = rocksdb::kNoCompression;
  options.paranoid_checks = true;
  options.paranoid_file_checks = true;  // re-read every table file after writing it; off by default

  // A reader beside a living writer must hold every table file open, because the writer deletes merged ones.
  options.max_open_files = access == Access::ReadOnly ? -1 : 1000;
  options.write_buffer_size = 32 * kMebibyte;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(64 * kMebibyte);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));

  options.listeners.push_back(std::move(listener));
  if (access == Access::ReadOnly) options.info_log = std::make_shared<NoLogger>();
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.keep_log_file_num = 4;
  options.max_log_file_size = kMebibyte;
  return options;
}

rocksdb::ReadOptions read_options(const ReadPlan& plan) {
  rocksdb::ReadOptions options;
  options.snapshot = plan.snapshot;
  options.fill_cache = plan.fill_cache;
  options.verify_checksums = true;
  return options;
}

// RocksDB has no code for a lock held elsewhere; these two messages are all there is. They stand at the very
// beginning, so that no folder name can be mistaken for them.
bool is_locked(const rocksdb::Status& status) {
  const std::string_view state = status.getState() == nullptr ? "" : status.getState();
  return status.IsIOError() && (state.starts_with("While lock file") || state.starts_with("lock hold by"));
}

ErrorCode code_of(const rocksdb::Status& status) {
  if (is_locked(status)) return ErrorCode::StoreLocked;
  if (status.IsNoSpace()) return ErrorCode::DiskFull;
  if (status.IsCorruption() || status.IsPathNotFound() || status.IsNotFound()) return ErrorCode::StoreDamaged;
  if (status.IsBusy() || status.IsTryAgain() || status.IsTimedOut()) return ErrorCode::Busy;
  return status.IsIOError() ? ErrorCode::IoFailure : ErrorCode::Internal;
}

}  // namespace

// Hears of RocksDB's failures while they happen, in the thread that writes or in a background one.
class Database::FailureListener final : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* /*error*/) override {
    if (reason == rocksdb::BackgroundErrorReason::kWriteCallback) log_is_harmed = true;
  }
  // After a full disk RocksDB polls for space every five seconds and answers "busy" meanwhile. Here the next change
  // asks, so that it knows at once.
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/,
                            bool* automatic) override {
    *automatic = false;
  }

  std::atomic<bool> log_is_harmed = false;
};

Error to_error(const rocksdb::Status& status, std::string_view doing) {
  Error error;
  error.code = code_of(status);
  if (error.code == ErrorCode::StoreLocked) {
    error.message = "another process owns this knowledge base";
    error.hint = "stop that process, or send the change through its server (--server URL)";
    return error;
  }
  error.message = std::string(doing) + " failed: " + status.ToString();
  if (error.code == ErrorCode::DiskFull) error.hint = "free space on this disk and repeat the change";
  return error;
}

Status check(const rocksdb::Iterator& iterator, std::string_view doing) {
  if (const rocksdb::Status status = iterator.status(); !status.ok()) return fail(to_error(status, doing));
  return {};
}

Database::Database(std::unique_ptr<rocksdb::DB> db, std::shared_ptr<FailureListener> listener, bool for_writing)
    : listener_(std::move(listener)), db_(std::move(db)), for_writing_(for_writing) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder, Access access,
                                                 LogReading reading) {
  auto listener = std::make_shared<FailureListener>();
  const rocksdb::Options options = make_options(access, reading, listener);
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = access == Access::ReadOnly
                                     ? rocksdb::DB::OpenForReadOnly(options, folder.string(), &raw)
                                     : rocksdb::DB::Open(options, folder.string(), &raw);
  std::unique_ptr<rocksdb::DB> db(raw);
  if (!status.ok()) return fail(to_error(status, "opening the database"));
  return std::unique_ptr<Database>(new Database(std::move(db), std::move(listener), access != Access::ReadOnly));
}

bool Database::can_write() const { return for_writing_ && !listener_->log_is_harmed; }

Result<std::optional<std::string>> Database::get(std::string_view key, const ReadPlan& plan) const {
  std::string value;
  const rocksdb::Status status = db_->Get(read_options(plan), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return fail(to_error(status, "reading the database"));
  return std::optional(std::move(value));
}

std::unique_ptr<rocksdb::Iterator> Database::iterate(const ReadPlan& plan) const {
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(read_options(plan)));
}

std::shared_ptr<const rocksdb::Snapshot> Database::snapshot() const {
  rocksdb::DB* db = db_.get();
  return {db->GetSnapshot(), [db](const rocksdb::Snapshot* snapshot) { db->ReleaseSnapshot(snapshot); }};
}

Status Database::write_synced(rocksdb::WriteBatch& batch) {
  if (!can_write()) return fail(ErrorCode::Internal, "this database takes no more writes; it must be opened again");
  rocksdb::WriteOptions options;
  options.sync = true;
  rocksdb::Status status = db_->Write(options, &batch);
  if (!status.ok() && can_write()) {
    // An old failure of a background flush or merge, told now: leave that state, if what caused it is over.
    if (const rocksdb::Status resumed = db_->Resume(); !resumed.ok()) {
      return fail(to_error(resumed, "writing the revision"));
    }
    status = db_->Write(options, &batch);
  }
  if (!status.ok()) return fail(to_error(status, "writing the revision"));
  if (batch.GetDataSize() > kFlushBatchBytes) {
    rocksdb::FlushOptions flush;
    flush.wait = false;
    flush.allow_write_stall = true;
    // The batch is safe in the log already; a failed flush shows in the next write.
    db_->Flush(flush).PermitUncheckedError();
  }
  return {};
}

}  // namespace treff::store
