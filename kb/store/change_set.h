// What travels into the store and what its change log tells afterwards: plain values, nothing local.
//
// A change set holds all it needs, the time included, so that the same sets applied in the same order give the
// same chain of hashes on every machine. Hashes are SHA-256 in lower-case hexadecimal; "" means that there is
// nothing to hash (no such record, or retired; no revision before the first).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kb/model/kind.h"

namespace treff::store {

// 1, 2, 3 ... without gaps; 0 is the empty knowledge base before the first change set.
using Revision = std::uint64_t;

struct Change {
  model::RecordKey key;
  std::optional<std::string> canonical_json;  // RFC 8785 bytes, never parsed here; nullopt retires the record
};

// At most one change a record. The order of `changes` carries no meaning.
struct ChangeSet {
  std::string who;           // required
  std::string published_at;  // required, "2026-11-22T10:00:00Z"
  std::string why;
  std::string reviewed_by;
  std::string origin;  // which importer or curator owns the change
  std::vector<Change> changes;
};

// Bounds of one change set; beyond them apply() answers TooLarge.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxChangeSetBytes = std::size_t{2} << 30;
inline constexpr std::size_t kMaxChanges = 1'000'000;
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} << 10;  // who, why, reviewed_by, origin, each

// What one revision did to one record.
struct Operation {
  model::RecordKey key;
  std::string before_hash;
  std::string after_hash;
  bool operator==(const Operation&) const = default;
};

// One link of the chain. `hash` covers every other member, `operations_hash` the list of operations, and
// `previous_hash` is the `hash` of the revision before.
struct LogEntry {
  Revision revision = 0;
  std::string who;
  std::string published_at;
  std::string why;
  std::string reviewed_by;
  std::string origin;
  std::size_t operation_count = 0;
  std::string operations_hash;
  std::string previous_hash;
  std::string hash;
  bool operator==(const LogEntry&) const = default;
};

// One stored state of one record.
struct HistoryItem {
  Revision revision = 0;
  std::string hash;  // "" if retired
  bool retired = false;
  bool operator==(const HistoryItem&) const = default;
};

}  // namespace treff::store
