// Reading the change log, each piece checked against the hash it is kept under. Internal to kb/store.
//
// Errors: StoreDamaged with "revision N" as its place; what RocksDB reports.
#pragma once

#include <vector>

#include "kb/base/result.h"
#include "kb/store/change_set.h"
#include "kb/store/database.h"

namespace treff::store {

// "revision 7", the place in errors and issues.
std::string place_of(Revision revision);

// The entry of one revision: readable, with its own hash and its own number.
Result<LogEntry> read_log_entry(const Database& database, Revision revision, const ReadPlan& plan = {});

// The operations of `entry`: the list has the hash and the length that the entry names.
Result<std::vector<Operation>> read_operations(const Database& database, const LogEntry& entry,
                                               const ReadPlan& plan = {});

}  // namespace treff::store
