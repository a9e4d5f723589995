// Checking a whole knowledge base against itself. Internal to kb/store; the meaning is told at Store::verify.
//
// Two walks over one snapshot: along the log (chain, lists, and every operation against its stored version), then
// along all keys (what is there that no log entry names). Memory grows with the number of records, not of versions.
#pragma once

#include <memory>
#include <optional>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/store/database.h"
#include "kb/store/head_file.h"
#include "kb/store/store.h"

namespace treff::store {

// All of one moment: take them while no write is under way.
struct VerifySubject {
  const Database& database;
  std::shared_ptr<const rocksdb::Snapshot> snapshot;
  Revision head = 0;             // the log has entries 1 to head, as opening has checked
  std::optional<HeadNote> note;  // what the HEAD file says; nullopt = there is none
  OpenMode mode = OpenMode::ReadOnly;
};

Result<VerifyReport> verify_database(const VerifySubject& subject, Progress& progress);

}  // namespace treff::store
