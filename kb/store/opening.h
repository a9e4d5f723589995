// Making and opening a database: format, lock, log damage, and the comparison with HEAD. Internal to kb/store.
//
// Order of an opening for writing: strict; if the log is damaged, a tolerant look without writing; only if that
// look finds everything HEAD promises, a tolerant opening for writing, which cuts the damaged tail off.
// A reader beside a living writer may meet a log in the middle of a write, or files just merged away: it looks again.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "kb/base/result.h"
#include "kb/store/change_set.h"
#include "kb/store/database.h"
#include "kb/store/store.h"

namespace treff::store {

struct Opened {
  std::unique_ptr<Database> database;
  Revision head = 0;
  std::string head_hash;  // of the log entry at head; "" at 0
  std::vector<Issue> issues;
};

// The folder of RocksDB inside a knowledge base's directory.
std::filesystem::path database_folder(const std::filesystem::path& directory);

Result<Opened> create_database(const std::filesystem::path& directory);
Result<Opened> open_database(const std::filesystem::path& directory, OpenMode mode);

}  // namespace treff::store
