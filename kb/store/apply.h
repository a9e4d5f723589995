// From a change set to one batch: checked, compared with what is stored, numbered and hashed. Internal to kb/store.
//
// Pure of time and place: the same change set on the same head gives the same batch everywhere.
#pragma once

#include <rocksdb/write_batch.h>

#include "kb/base/result.h"
#include "kb/store/change_set.h"
#include "kb/store/database.h"

namespace treff::store {

struct Plan {
  LogEntry entry;
  rocksdb::WriteBatch batch;
};

// Everything that can be said of a change set without looking into the store.
Status check_change_set(const ChangeSet& set);

// The revision after `head`, whose log entry has the hash `head_hash`. Unchanged if no operation remains.
Result<Plan> plan_revision(const Database& database, const ChangeSet& set, Revision head, const std::string& head_hash);

// Why a change set made for `expected_head` cannot be applied to `head`: RevisionConflict with the revisions in
// between and the records changed on both sides, or UnknownRevision; or the failure met while looking.
Error describe_conflict(const Database& database, const ChangeSet& set, Revision expected_head, Revision head);

}  // namespace treff::store
