// Stored versions of records: reading the one that held at a revision. Internal to kb/store.
//
// Value under a version key: '+' and the record's canonical JSON, or '-' alone where the record was retired.
// Errors: StoreDamaged for a key or a value that is neither.
#pragma once

#include <rocksdb/iterator.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kb/base/result.h"
#include "kb/store/change_set.h"
#include "kb/store/keys.h"

namespace treff::store {

std::string encode_version(const std::optional<std::string>& canonical_json);

// A view into the iterator's current value, valid until the iterator moves.
struct Version {
  Revision revision = 0;
  std::optional<std::string_view> json;  // nullopt = retired
};

// SHA-256 of the canonical JSON, "" if retired or absent.
std::string hash_of(const std::optional<Version>& version);

// The version of `key` that held at `as_of`; nullopt if there was none. Moves the iterator there: one seek.
Result<std::optional<Version>> version_at(rocksdb::Iterator& iterator, const model::RecordKey& key, Revision as_of);

// All versions of `key`, newest first.
Status each_version(rocksdb::Iterator& iterator, const model::RecordKey& key,
                    const std::function<void(const Version&)>& visit);

// The records of `kind` that were in force at `as_of`, by id in byte order. `visit` answers false to stop;
// the result says whether the walk came to its end.
using RecordVisitor = std::function<bool(const model::RecordKey& key, std::string_view json, Revision changed_at)>;
Result<bool> each_record(rocksdb::Iterator& iterator, model::RecordKind kind, Revision as_of,
                         const RecordVisitor& visit);

}  // namespace treff::store
