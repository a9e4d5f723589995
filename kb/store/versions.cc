#include "kb/store/versions.h"

#include "kb/base/hash.h"
#include "kb/store/database.h"

namespace treff::store {
namespace {

constexpr char kPresent = '+';
constexpr char kRetired = '-';

Result<Version> decode(const VersionKey& key, std::string_view value) {
  if (value.size() > 1 && value.front() == kPresent) return Version{key.revision, value.substr(1)};
  if (value.size() == 1 && value.front() == kRetired) return Version{key.revision, std::nullopt};
  return fail(ErrorCode::StoreDamaged, "the stored version is neither a record nor a retirement",
              to_text(key.key) + " at revision " + std::to_string(key.revision));
}

// The iterator stands on a key that begins like a record's.
Result<VersionKey> current_key(const rocksdb::Iterator& iterator) {
  if (auto key = parse_version_key(view(iterator.key()))) return *key;
  return fail(ErrorCode::StoreDamaged, "the database holds a record key that cannot be read");
}

bool stands_on(const rocksdb::Iterator& iterator, std::string_view prefix) {
  return iterator.Valid() && view(iterator.key()).starts_with(prefix);
}

}  // namespace

std::string encode_version(const std::optional<std::string>& canonical_json) {
  if (!canonical_json) return std::string(1, kRetired);
  return std::string(1, kPresent) + *canonical_json;
}

std::string hash_of(const std::optional<Version>& version) {
  return version && version->json ? base::sha256_hex(*version->json) : std::string();
}

Result<std::optional<Version>> version_at(rocksdb::Iterator& iterator, const model::RecordKey& key, Revision as_of) {
  iterator.Seek(version_key(key, as_of));
  if (!stands_on(iterator, record_prefix(key))) {
    if (auto status = check(iterator, "reading a record"); !status) return fail(status.error());
    return std::optional<Version>();
  }
  const auto found = current_key(iterator);
  if (!found) return fail(found.error());
  auto version = decode(*found, view(iterator.value()));
  if (!version) return fail(version.error());
  return std::optional(*version);
}

Status each_version(rocksdb::Iterator& iterator, const model::RecordKey& key,
                    const std::function<void(const Version&)>& visit) {
  const std::string prefix = record_prefix(key);
  for (iterator.Seek(prefix); stands_on(iterator, prefix); iterator.Next()) {
    const auto found = current_key(iterator);
    if (!found) return fail(found.error());
    const auto version = decode(*found, view(iterator.value()));
    if (!version) return fail(version.error());
    visit(*version);
  }
  return check(iterator, "reading a record's history");
}

Result<bool> each_record(rocksdb::Iterator& iterator, model::RecordKind kind, Revision as_of,
                         const RecordVisitor& visit) {
  const std::string prefix = kind_prefix(kind);
  iterator.Seek(prefix);
  while (stands_on(iterator, prefix)) {
    const auto found = current_key(iterator);
    if (!found) return fail(found.error());
    if (found->revision > as_of) {
      iterator.Seek(version_key(found->key, as_of));
      continue;
    }
    const auto version = decode(*found, view(iterator.value()));
    if (!version) return fail(version.error());
    if (version->json && !visit(found->key, *version->json, version->revision)) return false;
    // Most records have one version: stepping is cheaper than seeking, and one step is enough to tell.
    iterator.Next();
    if (stands_on(iterator, record_prefix(found->key))) iterator.Seek(behind_record(found->key));
  }
  if (auto status = check(iterator, "reading records"); !status) return fail(status.error());
  return true;
}

}  // namespace treff::store
