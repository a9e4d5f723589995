// The HEAD file: which revision was acknowledged last, kept outside the database and synced on its own.
//
// A database whose log lost its tail still opens and looks whole; only this note tells that something is missing.
// Content: the revision in decimal, one space, the hash of its log entry, line feed ("0" alone for an empty
// knowledge base). The hash may be absent: an operator who decides to live with a loss writes the number by hand.
// The file changes in two steps, so that a full disk is met before the database is written, not after:
//   prepare_head   HEAD.next written and synced          (before the batch)
//   publish_head   renamed over HEAD, the folder synced  (after the batch)
// Only the process that holds the database lock writes; reading is safe at any time.
// Errors: DiskFull, IoFailure; StoreDamaged if the content is not as above.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "kb/base/result.h"
#include "kb/store/change_set.h"

namespace treff::store {

inline constexpr const char* kHeadFileName = "HEAD";

struct HeadNote {
  Revision revision = 0;
  std::string hash;  // "" = not stated
  bool operator==(const HeadNote&) const = default;
};

// nullopt if there is no such file.
Result<std::optional<HeadNote>> read_head(const std::filesystem::path& directory);

// HEAD itself is unchanged until publish_head.
Status prepare_head(const std::filesystem::path& directory, const HeadNote& note);
Status publish_head(const std::filesystem::path& directory);

// DiskFull unless the disk has room for `bytes` of records in the log and again in a table file, and a reserve.
// Asked before RocksDB writes, because it recovers badly from a log that met the end of the disk.
Status check_space(const std::filesystem::path& directory, std::size_t bytes);

}  // namespace treff::store
