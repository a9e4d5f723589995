// The keys of the database, byte for byte. docs/storage_format.md holds the grammar and a worked example.
//
// A record's versions lie side by side, newest first, because the revision is inverted: the newest version at or
// before R is the first key at or after version_key(key, R). The separator is the zero byte, so that "a" sorts
// before "a-b" and a scan yields ids in plain byte order.
// Parsing accepts exactly what the writing functions produce and answers nullopt to anything else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kb/model/kind.h"
#include "kb/store/change_set.h"

namespace treff::store {

inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kFormatVersion = "1";

// The first byte of every other key tells what it is.
inline constexpr char kLogTag = 'l';
inline constexpr char kOperationsTag = 'o';
inline constexpr char kRecordTag = 'r';

struct VersionKey {
  model::RecordKey key;
  Revision revision = 0;
  bool operator==(const VersionKey&) const = default;
};

// Common beginning of all versions of all records of `kind`, and of all versions of one record.
std::string kind_prefix(model::RecordKind kind);
std::string record_prefix(const model::RecordKey& key);
// The first possible key behind all versions of the record.
std::string behind_record(const model::RecordKey& key);

std::string version_key(const model::RecordKey& key, Revision revision);
std::optional<VersionKey> parse_version_key(std::string_view bytes);

std::string log_key(Revision revision);
std::optional<Revision> parse_log_key(std::string_view bytes);

// `hash` is the list's own SHA-256: equal lists are stored once.
std::string operations_key(std::string_view hash);

// "cohort/impress-a1", for messages.
std::string to_text(const model::RecordKey& key);

}  // namespace treff::store
